// People of a list as a file: each line reported, all or nothing, and what was written is read as the same again.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPeople } from '../../src/admin/authorised-csv.ts';
import { importPeople, type ImportOptions } from '../../src/admin/authorised-import.ts';
import { addList, setList } from '../../src/admin/authorised-lists.ts';
import { tidyName } from '../../src/admin/authorised-person.ts';
import type { AdminContext } from '../../src/admin/change.ts';
import { readAudit } from '../../src/store/audit.ts';
import { readAuthorisedRecords } from '../../src/store/authorised-entries.ts';
import { verifyPolicy } from '../../src/store/policy.ts';
import { inMexico } from './in-mexico.ts';

const all: ImportOptions = { replace: false, skipBad: false, dryRun: false };
const bytesOf = (text: string) => new TextEncoder().encode(text);

function withList(): AdminContext {
  const context = inMexico();
  addList(context, 'partners', {});
  return context;
}

const people = ({ store }: AdminContext) =>
  readAuthorisedRecords(store, 'partners').map(({ firstName, lastName, number, enabled }) =>
    [firstName, lastName, number, enabled ? 'on' : 'off'].join('|'),
  );

const told = (report: ReturnType<typeof importPeople>) =>
  report.lines.map(({ line, outcome, problem }) => `${line} ${outcome} ${problem}`.trimEnd());

const first = 'first_name,last_name,number\nAna,López,+541143211234\nBen,,+33140205050\n';

describe('a file of people', () => {
  it('is taken in, line by line', () => {
    const context = withList();
    const report = importPeople(context, 'partners', bytesOf(first), all);
    expect(report).toMatchObject({ applied: true, policyVersion: 3, removed: [] });
    expect(told(report)).toEqual(['2 added', '3 added']);
    expect(people(context)).toEqual(['Ana|López|+541143211234|on', 'Ben||+33140205050|on']);
    expect(told(importPeople(context, 'partners', bytesOf(first), all))).toEqual([
      '2 unchanged',
      '3 unchanged',
    ]);
    expect(readAudit(context.store, { action: 'authorised-number-added', limit: 9 })).toHaveLength(2);
    verifyPolicy(context.store);
  });

  it('may have its heads in any order and case, semicolons, a byte order mark, and words for on and off', () => {
    const context = withList();
    const text =
      '\uFEFFNumber;ENABLED;Last Name\r\n0033140205050;No;Roux\r\n+541143211234;TRUE;"López; Ana"\r\n';
    expect(told(importPeople(context, 'partners', bytesOf(text), all))).toEqual(['2 added', '3 added']);
    expect(people(context)).toEqual(['|Roux|+33140205050|off', '|López; Ana|+541143211234|on']);
  });

  it('with lines that cannot be taken changes nothing, and says why for each', () => {
    const context = withList();
    const text = [
      'first_name,number,enabled,valid_from,valid_until',
      'Ana,+541143211234,,,',
      'Ben,911,,,',
      ',+33140205050,,,',
      'Cleo,00541143211234,,,',
      'Dan,+33140205051,maybe,,',
      'Eve,+33140205052,,2026-13-01,',
      'Fay,+33140205053,,2026-12-02,2026-12-01',
    ].join('\n');
    const report = importPeople(context, 'partners', bytesOf(text), all);
    expect(report.applied).toBe(false);
    expect(told(report)).toEqual([
      '2 added',
      '3 refused "911" is an emergency number, which everybody may call at any time',
      '4 refused a person has a first or a last name',
      '5 refused the same number as on line 2',
      '6 refused enabled is on or off, not "maybe"',
      '7 refused valid_from is a day such as 2026-12-31 or a time such as 2026-12-31 18:00, not "2026-13-01"',
      '8 refused valid_until must come after valid_from',
    ]);
    expect(people(context)).toEqual([]);
    expect(importPeople(context, 'partners', bytesOf(text), { ...all, skipBad: true }).applied).toBe(true);
    expect(people(context)).toEqual(['Ana||+541143211234|on']);
  });

  it('leaves alone what it has no column for, and an empty cell takes a bound away', () => {
    const context = withList();
    const dated = 'first_name,number,enabled,valid_until\nAna,+541143211234,off,2027-01-31\n';
    importPeople(context, 'partners', bytesOf(dated), all);
    importPeople(context, 'partners', bytesOf('first_name,number\nAnita,+541143211234\n'), all);
    const [kept] = readAuthorisedRecords(context.store, 'partners');
    expect(kept).toMatchObject({ firstName: 'Anita', enabled: false });
    expect(kept?.untilMs).toBe(new Date(2027, 1, 1).getTime());
    importPeople(context, 'partners', bytesOf('number,valid_until,enabled\n+541143211234,,\n'), all);
    expect(readAuthorisedRecords(context.store, 'partners')).toMatchObject([
      { firstName: 'Anita', enabled: true, untilMs: null },
    ]);
  });

  it('takes people off whom it does not name only when told so, and never while a line is refused', () => {
    const context = withList();
    importPeople(context, 'partners', bytesOf(first), all);
    const less = 'first_name,number\nBen,+33140205050\n';
    expect(importPeople(context, 'partners', bytesOf(less), all).removed).toEqual([]);
    const broken = `${less}Ana,+54114321123x\n`;
    const replace = { ...all, replace: true };
    expect(importPeople(context, 'partners', bytesOf(broken), { ...replace, skipBad: true })).toMatchObject({
      applied: true,
      removed: [],
      notices: [expect.stringMatching(/nobody is taken off the list; the file does not name 1 on it/)],
    });
    expect(people(context)).toHaveLength(2);
    expect(importPeople(context, 'partners', bytesOf(less), replace).removed).toEqual(['+541143211234']);
    expect(people(context)).toEqual(['Ben||+33140205050|on']);
  });

  it('is only looked at in a dry run', () => {
    const context = withList();
    const report = importPeople(context, 'partners', bytesOf(first), { ...all, dryRun: true });
    expect(report).toMatchObject({ applied: false, policyVersion: 2 });
    expect(told(report)).toEqual(['2 added', '3 added']);
    expect(people(context)).toEqual([]);
  });

  it('tells of numbers on other lists, of odd ones, of those that expired, and of people without a PIN', () => {
    const context = withList();
    addList(context, 'lawyers', { admits: true });
    importPeople(context, 'partners', bytesOf(first), all);
    const text = 'last_name,number,valid_until\nLópez,+541143211234,2020-01-01\nOdd,+541938384,\n';
    expect(importPeople(context, 'lawyers', bytesOf(text), all).notices).toEqual([
      '+541938384 has a length or beginning that Argentina is not known to use. Check it.',
      'Also on other lists: +541143211234 (partners).',
      'Expired already: +541143211234.',
      'lawyers admits its people from outside; the new ones need a PIN.',
    ]);
    setList(context, 'lawyers', { admits: false });
  });

  it.each([
    ['', /The file is empty/],
    ['first_name,last_name\nAna,López\n', /without number/],
    ['number,password\n+541143211234,x\n', /unknown "password"/],
  ])('that is no such table (%j) is refused as a whole', (text, reason) => {
    expect(() => importPeople(withList(), 'partners', bytesOf(text), all)).toThrow(reason);
  });

  it('may hold 50,000 people, and no more', () => {
    const context = withList();
    const line = (n: number) => `Person,+5411${String(40_000_000 + n)}`;
    const lines = Array.from({ length: 50_000 }, (_, n) => line(n));
    const text = ['first_name,number', ...lines].join('\n');
    const report = importPeople(context, 'partners', bytesOf(text), all);
    expect(report.lines.filter(({ outcome }) => outcome === 'added')).toHaveLength(50_000);
    const [audited] = readAudit(context.store, { subject: 'list partners', limit: 2 });
    expect(audited).toMatchObject({
      action: 'authorised-list-imported',
      after: { added: 50_000, removed: 0 },
    });
    const more = bytesOf(`${text}\n${line(50_001)}`);
    expect(() => importPeople(context, 'partners', more, all)).toThrow(/more than 50,001 lines/);
  }, 60_000);
});

describe('an exported list', () => {
  it('is read as the same people again, whatever their names and times', () => {
    const context = withList();
    const name = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .map(tidyName)
      .filter((text) => text.length <= 60 && !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(text));
    const moment = fc.option(
      fc.oneof(
        fc.integer({ min: 0, max: 4_102_444_800_000 }),
        fc.integer({ min: 0, max: 20_000 }).map((day) => new Date(2000, 0, day).getTime()),
      ),
    );
    const person = fc.record({
      firstName: name.filter((text) => text !== ''),
      lastName: name,
      number: fc.integer({ min: 0, max: 9_999_999 }).map((n) => `+5411${String(40_000_000 + n)}`),
      enabled: fc.boolean(),
      fromMs: moment,
      untilMs: moment,
    });
    const list = fc
      .uniqueArray(person, { selector: ({ number }) => number, maxLength: 20 })
      .map((entries) =>
        entries.map((entry) =>
          entry.fromMs !== null && entry.untilMs !== null && entry.untilMs <= entry.fromMs
            ? { ...entry, untilMs: null }
            : entry,
        ),
      );
    fc.assert(
      fc.property(list, (entries) => {
        const bytes = bytesOf(formatPeople(entries));
        const report = importPeople(context, 'partners', bytes, { ...all, replace: true });
        expect(report.applied).toBe(true);
        const kept = readAuthorisedRecords(context.store, 'partners');
        const plain = ({ firstName, lastName, number, enabled, fromMs, untilMs }: (typeof entries)[number]) =>
          JSON.stringify([number, firstName, lastName, enabled, fromMs, untilMs]);
        expect(kept.map(plain).toSorted()).toEqual(entries.map(plain).toSorted());
        const again = importPeople(context, 'partners', bytes, { ...all, replace: true });
        expect(again.lines.every(({ outcome }) => outcome === 'unchanged')).toBe(true);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
