// The use of authorised entries, counted with the call records.
import { describe, expect, it } from 'vitest';
import { entryWriter, readAuthorisedRecords } from '../../src/store/authorised-entries.ts';
import { deleteAuthorisedList, writeAuthorisedList } from '../../src/store/authorised-lists.ts';
import { toCallRow, writeCalls, type CallRecord } from '../../src/store/calls.ts';
import { callRecord } from './call-record.ts';
import { tempStore } from './temp-store.ts';

function withEntry() {
  const store = tempStore();
  writeAuthorisedList(store, { name: 'a.b-c', enabled: true, admits: false, premium: [], countries: [] });
  const writer = entryWriter(store);
  const entry = {
    firstName: 'Ana',
    lastName: '',
    number: '+541143211234',
    enabled: true,
    fromMs: null,
    untilMs: null,
  };
  const id = writer.add('a.b-c', entry, 100);
  const write = (name: string, fields: Partial<CallRecord>) =>
    writeCalls(store, [
      toCallRow({
        ...callRecord(name),
        kind: 'decision',
        verdict: 'continue',
        rule: `list:a.b-c:${id}`,
        ...fields,
      }),
    ]);
  const uses = () =>
    readAuthorisedRecords(store, 'a.b-c').map(({ uses: count, lastUsedMs }) => [count, lastUsedMs]);
  return { store, writer, id, write, uses };
}

describe('the use of an authorised entry', () => {
  it('is counted once for each call that it let out, however often the record is written', () => {
    const { write, uses } = withEntry();
    expect(uses()).toEqual([[0, null]]);
    write('one', { atMs: 500 });
    write('one', { atMs: 500, outcome: 'said' });
    expect(uses()).toEqual([[1, 500]]);
    write('two', { atMs: 400 });
    expect(uses()).toEqual([[2, 500]]);
  });

  it('is counted where its PIN admitted an outside caller, and not for the PIN of an extension', () => {
    const { store, id, write, uses } = withEntry();
    const pin = store.db.prepare("INSERT INTO pins (id, name, hash, entry_id) VALUES (?, 'Ana', '', ?)");
    pin.run('p-ana', id);
    pin.run('p-own', null);
    write('one', { rule: 'pin:p-ana', atMs: 700 });
    write('two', { rule: 'pin:p-own' });
    write('three', { rule: 'pin:p-gone' });
    expect(uses()).toEqual([[1, 700]]);
  });

  it('is not counted for other rules, refusals and pickups', () => {
    const { id, write, uses } = withEntry();
    write('one', { verdict: 'deny' });
    write('two', { rule: 'list:a.b-c:FR' });
    write('three', { rule: `exception:${id}` });
    write('four', { kind: 'pickup' });
    expect(uses()).toEqual([[0, null]]);
  });

  it('is forgotten with the entry or the list, and a record that comes later changes nothing', () => {
    const { store, writer, id, write, uses } = withEntry();
    write('one', {});
    writer.remove(id);
    write('two', {});
    expect(uses()).toEqual([]);
    const counted = () => store.db.prepare('SELECT count(*) FROM authorised_uses').pluck().get();
    expect(counted()).toBe(0);
    const other = withEntry();
    other.write('one', {});
    deleteAuthorisedList(other.store, 'a.b-c');
    expect(other.store.db.prepare('SELECT count(*) FROM authorised_uses').pluck().get()).toBe(0);
  });
});
