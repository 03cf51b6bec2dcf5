// Calls that rang: written once whoever heard them, read by what they say, gone when they are old or too many.
import { describe, expect, it } from 'vitest';
import type { RingRecord } from '../../src/pickup/ring-record.ts';
import { writeCalls } from '../../src/store/calls.ts';
import type { Store } from '../../src/store/open.ts';
import { CallRecorder } from '../../src/store/recorder.ts';
import { deleteExpiredSlice } from '../../src/store/retention.ts';
import { readRingingCalls, toRingingRow } from '../../src/store/ringing-calls.ts';
import { callRecord } from './call-record.ts';
import { RANG_AT_MS, ringRecord, rung } from './ring-record.ts';
import { tempStore } from './temp-store.ts';

const DAY_MS = 86_400_000;
const keepAll = { keepDays: 0, keepMax: 0 };

const rows = (records: readonly RingRecord[], groups: readonly string[] = [], pbx = 'lab') =>
  records.map((record) => toRingingRow(pbx, record, groups));
const write = (store: Store, ...records: readonly RingRecord[]) => writeCalls(store, rows(records));
const all = (store: Store) => readRingingCalls(store, { limit: 10_000 });
const ids = (store: Store) => all(store).map(({ callId }) => callId);

describe('calls that rang', () => {
  it('come back as they were written, byte for byte, with their groups', () => {
    const store = tempStore();
    const dirty = ringRecord('a', {
      callerName: '\r\n<3>forged\u0000\u001B[2J"\'%s\u2028',
      dialled: '600;drop',
      outcome: 'rescued',
      takenFrom: '1003',
      extensions: [rung('1003', 'taken'), rung('1004', 'elsewhere')],
    });
    writeCalls(store, rows([dirty], ['sales', 'support']));
    expect(all(store)).toEqual([
      { ...dirty, seq: 1, id: `rang:lab:a:${RANG_AT_MS}`, pbx: 'lab', pickupGroups: ['sales', 'support'] },
    ]);
  });

  it('are kept once when a batch is written twice', () => {
    const store = tempStore();
    write(store, ringRecord('a'), ringRecord('b'));
    write(store, ringRecord('a'), ringRecord('b'), ringRecord('c'));
    expect(ids(store).toSorted()).toEqual(['a', 'b', 'c']);
  });

  it('are kept once when several daemons heard them, each by its own clock', () => {
    const store = tempStore();
    const first = ringRecord('a');
    const again = ringRecord('a', { startedAtMs: RANG_AT_MS + 4_010, ringMs: 3_000 });
    write(store, first, again);
    write(store, ringRecord('a', { startedAtMs: RANG_AT_MS + 30 }));
    write(store, ringRecord('a', { startedAtMs: RANG_AT_MS + 3_990, ringMs: 3_010 }));
    expect(all(store).map(({ startedAtMs }) => startedAtMs)).toEqual([again.startedAtMs, first.startedAtMs]);
    writeCalls(store, rows([first], [], 'another PBX'));
    expect(all(store)).toHaveLength(3);
  });

  it.each([
    ['before', ['unknown', 'answered']],
    ['after', ['answered', 'unknown']],
  ] as const)('whose end one daemon missed are as the other heard them, told %s it', (_, outcomes) => {
    const store = tempStore();
    for (const [at, outcome] of outcomes.entries()) {
      write(store, ringRecord('a', { outcome, startedAtMs: RANG_AT_MS + at * 20 }));
    }
    expect(all(store).map(({ outcome }) => outcome)).toEqual(['answered']);
  });

  it('that a stopped daemon lost sight of are those that rang again a moment later, and no others', () => {
    const store = tempStore();
    const lost = { outcome: 'unknown', answeredBy: null, ringMs: 2_000 } as const;
    const again = (callId: string, afterMs: number) =>
      ringRecord(callId, { startedAtMs: RANG_AT_MS + 2_000 + afterMs, ringMs: 1_000 });
    write(store, ringRecord('a', lost), ringRecord('b', lost), ringRecord('c', lost));
    write(store, again('a', 60_000), again('b', 60_001));
    const kept = all(store).map(({ callId, outcome }) => `${callId} ${outcome}`);
    expect(kept.toSorted()).toEqual(['a answered', 'b answered', 'b unknown', 'c unknown']);
  });

  it('that rang for no time at all are kept beside each other, too', () => {
    const store = tempStore();
    const none = { ringMs: 0 };
    write(store, ringRecord('a', none), ringRecord('b', none));
    write(store, ringRecord('a', { startedAtMs: RANG_AT_MS + 1, ...none }), ringRecord('a', none));
    expect(ids(store)).toEqual(['a', 'b', 'a']);
  });

  it('are found by extension, group, outcome and time, newest first', () => {
    const store = tempStore();
    const outcome = 'abandoned';
    const stopped = [rung('1003', 'stopped')];
    const given = { outcome, answeredBy: null, extensions: stopped, startedAtMs: RANG_AT_MS + 1 } as const;
    write(store, ringRecord('a', { callerExtension: '1009' }));
    writeCalls(store, rows([ringRecord('b', given)], ['sales']));
    writeCalls(store, rows([ringRecord('c', { startedAtMs: RANG_AT_MS + 2 })], ['presales']));
    const found = (filter: Partial<Parameters<typeof readRingingCalls>[1]>) =>
      readRingingCalls(store, { limit: 10, ...filter }).map(({ callId }) => callId);
    expect(found({})).toEqual(['c', 'b', 'a']);
    expect(found({ limit: 1 })).toEqual(['c']);
    expect(found({ extension: '1002' })).toEqual(['c', 'a']);
    expect(found({ extension: '1003' })).toEqual(['b']);
    expect(found({ extension: '1009' })).toEqual(['a']);
    expect(found({ extension: '100' })).toEqual([]);
    expect(found({ group: 'sales' })).toEqual(['b']);
    expect(found({ outcome: 'abandoned' })).toEqual(['b']);
    expect(found({ sinceMs: RANG_AT_MS + 1, untilMs: RANG_AT_MS + 2 })).toEqual(['b']);
  });

  it('go when they are too old, and when they are too many, as the records of decisions do', () => {
    const store = tempStore();
    const nowMs = RANG_AT_MS + 91 * DAY_MS;
    const many = Array.from({ length: 1_201 }, (_, n) => ringRecord(`old-${n}`));
    write(store, ...many, ringRecord('young', { startedAtMs: nowMs - DAY_MS }));
    const cleanUp = (limits: Parameters<typeof deleteExpiredSlice>[1]) => {
      let total = 0;
      for (let gone = -1; gone !== 0; total += gone) gone = deleteExpiredSlice(store, limits, nowMs);
      return total;
    };
    expect(cleanUp(keepAll)).toBe(0);
    expect(cleanUp({ keepDays: 92, keepMax: 700 })).toBe(502);
    expect(cleanUp({ keepDays: 90, keepMax: 0 })).toBe(699);
    expect(ids(store)).toEqual(['young']);
  });

  it('reach the disk through the recorder, also those of the last moment, and a wrong one holds up none', async () => {
    const store = tempStore();
    const recorder = CallRecorder.start({
      path: store.path,
      limits: keepAll,
      onProblem: () => {},
      onRecovered: () => {},
    });
    const outcome = 'neither' as RingRecord['outcome'];
    recorder.record(callRecord('decision'));
    for (const row of rows([ringRecord('a'), ringRecord('bad', { outcome }), ringRecord('b')]))
      recorder.rang(row);
    expect(await recorder.drain(10_000)).toBe(0);
    expect(ids(store)).toEqual(['b', 'a']);
    expect(recorder.stats()).toMatchObject({ written: 3, lost: 1 });
    for (const row of rows([ringRecord('late')])) recorder.rang(row);
    expect(recorder.stats().lost).toBe(2);
  });
});
