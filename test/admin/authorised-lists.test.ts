// Authorised lists and their people: what is refused, what the audit holds, what administrators are told.
import { describe, expect, it } from 'vitest';
import { attachList, detachList } from '../../src/admin/authorised-attachments.ts';
import { addList, removeList, setList } from '../../src/admin/authorised-lists.ts';
import { addPerson, removePerson, setPerson } from '../../src/admin/authorised-people.ts';
import { entryState } from '../../src/admin/authorised-person.ts';
import { expiringPeople, findPeople, unusedPeople } from '../../src/admin/authorised-reports.ts';
import type { AdminContext } from '../../src/admin/change.ts';
import { setGroup } from '../../src/admin/groups.ts';
import { readPremiumWords } from '../../src/admin/premium-words.ts';
import { readAudit } from '../../src/store/audit.ts';
import { readAuthorisedRecords } from '../../src/store/authorised-entries.ts';
import { readAuthorisedLists } from '../../src/store/authorised-lists.ts';
import { toCallRow, writeCalls } from '../../src/store/calls.ts';
import { callRecord } from '../store/call-record.ts';
import { inMexico } from './in-mexico.ts';

const DAY_MS = 86_400_000;

function withList(): AdminContext {
  const context = inMexico();
  addList(context, 'partners', {});
  return context;
}

const ana = { first: ' Ana ', last: 'Lo\u0301pez', number: '00541143211234' };

describe('an authorised list', () => {
  it('is made, changed and removed, each with its audit record', () => {
    const context = inMexico();
    addList(context, 'partners', { premium: ['premium'], countries: ['FR'] });
    setList(context, 'partners', { admits: true, countries: [] });
    expect(readAuthorisedLists(context.store)).toEqual([
      {
        name: 'partners',
        enabled: true,
        admits: true,
        premium: ['premium'],
        countries: [],
        entries: [],
        extensions: [],
        groups: [],
      },
    ]);
    removeList(context, 'partners');
    expect(readAuthorisedLists(context.store)).toEqual([]);
    const told = readAudit(context.store, { subject: 'list partners', limit: 10 });
    expect(told.map(({ action }) => action)).toEqual([
      'authorised-list-removed',
      'authorised-list-changed',
      'authorised-list-added',
    ]);
    expect(told[1]).toMatchObject({ before: { admits: false, countries: ['FR'] }, after: { admits: true } });
  });

  it('that is not known is told with the name that was meant', () => {
    const context = withList();
    expect(() => setList(context, 'partner', {})).toThrow(/Did you mean partners\?/);
    expect(() => addList(context, 'no spaces', {})).toThrow(/no name for a list/);
    expect(addList(context, 'partners', {}).changes).toEqual([]);
  });

  it('is attached to extensions and to groups that are there, and detached again', () => {
    const context = withList();
    const outcome = attachList(context, 'partners', { extensions: ['1001-1003'], groups: [] });
    expect(outcome.changes).toHaveLength(6);
    expect(outcome.notices).toEqual(['Not known before, and added: 3.']);
    expect(attachList(context, 'partners', { extensions: ['1002'], groups: [] }).changes).toEqual([]);
    expect(() => attachList(context, 'partners', { extensions: [], groups: ['sales'] })).toThrow(/no group/);
    expect(() => attachList(context, 'partners', { extensions: [], groups: [] })).toThrow(/for whom/);
    setGroup(context, 'sales', {});
    attachList(context, 'partners', { extensions: [], groups: ['sales'] });
    const gone = detachList(context, 'partners', { extensions: ['1001', '1009'], groups: [] });
    expect(gone.changes).toMatchObject([
      { action: 'authorised-list-detached', before: { extension: '1001' } },
    ]);
    expect(gone.notices).toEqual(['Not attached before: 1009.']);
    expect(readAuthorisedLists(context.store)).toMatchObject([
      { extensions: ['1002', '1003'], groups: ['sales'] },
    ]);
  });

  it('that admits names those who have no PIN', () => {
    const context = withList();
    addPerson(context, 'partners', ana);
    expect(setList(context, 'partners', { admits: true }).notices).toEqual([
      expect.stringMatching(
        /no PIN: Ana López \(\+541143211234\)\..*pin add --name <name> --entry partners\/<number>/,
      ),
    ]);
  });
});

describe('a person on a list', () => {
  it('has a tidy name and a number as E.164', () => {
    const context = withList();
    addPerson(context, 'partners', { ...ana, fromMs: 5, untilMs: 9 });
    expect(readAuthorisedRecords(context.store, 'partners')).toMatchObject([
      {
        firstName: 'Ana',
        lastName: 'López',
        number: '+541143211234',
        enabled: true,
        fromMs: 5,
        untilMs: 9,
        addedMs: context.nowMs,
        uses: 0,
        lastUsedMs: null,
      },
    ]);
  });

  it.each(['+541143211234', '00541143211234', '00 54 11 4321-1234'])(
    'is on it once, whether as %s or otherwise',
    (number) => {
      const context = withList();
      addPerson(context, 'partners', ana);
      expect(() => addPerson(context, 'partners', { first: 'Ben', number })).toThrow(
        /has \+541143211234 already \(Ana López\)/,
      );
    },
  );

  it('may be on two lists, of which a notice tells', () => {
    const context = withList();
    addList(context, 'lawyers', {});
    addPerson(context, 'partners', ana);
    expect(addPerson(context, 'lawyers', ana).notices).toEqual(['+541143211234 is also on partners.']);
  });

  it.each([
    [{}, /first or a last name/],
    [{ first: 'x'.repeat(61) }, /60 characters/],
    [{ first: 'Ana\nLópez' }, /on one line/],
    [{ first: '\uD800' }, /on one line/],
  ])('named %j is refused', (name, reason) => {
    const context = withList();
    expect(() => addPerson(context, 'partners', { ...name, number: ana.number })).toThrow(reason);
    expect(readAuthorisedRecords(context.store, null)).toEqual([]);
  });

  it('is changed under the number that it has, and removed', () => {
    const context = withList();
    addPerson(context, 'partners', ana);
    addPerson(context, 'partners', { first: 'Ben', number: '+33140205050' });
    setPerson(context, 'partners', '0033140205050', { number: '+33140205051', enabled: false, untilMs: 9 });
    expect(() => setPerson(context, 'partners', '+33140205051', { number: ana.number })).toThrow(/already/);
    expect(() => setPerson(context, 'partners', '+33140205051', { fromMs: 10 })).toThrow(
      /end before it begins/,
    );
    expect(setPerson(context, 'partners', '+33140205051', { enabled: false }).changes).toEqual([]);
    removePerson(context, 'partners', ana.number);
    expect(readAuthorisedRecords(context.store, null)).toMatchObject([
      { firstName: 'Ben', number: '+33140205051', enabled: false, untilMs: 9 },
    ]);
    expect(() => removePerson(context, 'partners', ana.number)).toThrow(/Nobody on the list partners has/);
  });

  it('counts from its first moment until before its last', () => {
    const entry = {
      firstName: 'Ana',
      lastName: '',
      number: '+541143211234',
      enabled: true,
      fromMs: 5,
      untilMs: 9,
    };
    expect([4, 5, 8, 9].map((atMs) => entryState(entry, atMs))).toEqual([
      'not-yet',
      'active',
      'active',
      'expired',
    ]);
    expect(entryState({ ...entry, enabled: false }, 6)).toBe('disabled');
  });
});

describe('what is asked about the people', () => {
  it('finds them by number, however written, and by name without accents', () => {
    const context = withList();
    addPerson(context, 'partners', ana);
    addPerson(context, 'partners', { first: 'Ben', number: '+33140205050' });
    const found = (text: string) => findPeople(context.store, text).map(({ firstName }) => firstName);
    expect(['00541143211234', '+54 11', '4020', 'lopez', 'LÓPEZ', 'nobody'].map(found)).toEqual([
      ['Ana'],
      ['Ana'],
      ['Ben'],
      ['Ana'],
      ['Ana'],
      [],
    ]);
  });

  it('lists who was not called for long, and whose time runs out', () => {
    const context = withList();
    const { store, nowMs } = context;
    addPerson(context, 'partners', { ...ana, untilMs: nowMs + 10 * DAY_MS });
    addPerson(context, 'partners', { first: 'Ben', number: '+33140205050' });
    addPerson(context, 'partners', { first: 'Old', number: '+33140205051', untilMs: nowMs - 1 });
    addPerson(context, 'partners', { first: 'Off', number: '+33140205052', enabled: false });
    const [first] = readAuthorisedRecords(store, 'partners');
    const use = { verdict: 'continue', rule: `list:partners:${first?.id}`, atMs: nowMs + 50 * DAY_MS };
    writeCalls(store, [toCallRow({ ...callRecord('one'), kind: 'decision', ...use })]);
    const names = (records: readonly { firstName: string }[]) => records.map(({ firstName }) => firstName);
    expect(names(unusedPeople(store, nowMs))).toEqual([]);
    expect(names(unusedPeople(store, nowMs + 1))).toEqual(['Ben', 'Old']);
    expect(names(unusedPeople(store, nowMs + 51 * DAY_MS))).toEqual(['Ben', 'Old', 'Ana']);
    expect(names(expiringPeople(store, nowMs, nowMs + 30 * DAY_MS))).toEqual(['Ana']);
    expect(names(expiringPeople(store, nowMs, nowMs + 9 * DAY_MS))).toEqual([]);
  });
});

describe('the words for classes of premium numbers', () => {
  it('name some, all or none, in the order of the classes', () => {
    expect(readPremiumWords(['satellite,premium'], '--premium')).toEqual(['premium', 'satellite']);
    expect(readPremiumWords(['all'], '--premium')).toHaveLength(5);
    expect(readPremiumWords(['none'], '--premium')).toEqual([]);
    expect(() => readPremiumWords(['satelite'], '--premium')).toThrow(/Did you mean satellite\?/);
    expect(() => readPremiumWords([''], '--premium')).toThrow(/all, none, or some of/);
  });
});
