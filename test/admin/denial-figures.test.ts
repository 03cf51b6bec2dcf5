// The figures of call barring, counted from real rows and compared with a naive count of what the documents say.
import { array, assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { denialCsv, denialFigures, type DenialFiguresQuery } from '../../src/admin/denial-figures.ts';
import { toCallRow, writeCalls, type CallRecord } from '../../src/store/calls.ts';
import { DECISIONS_SQL } from '../../src/store/denial-statistics.ts';
import type { Store } from '../../src/store/open.ts';
import { callRecord } from '../store/call-record.ts';
import { tempStore } from '../store/temp-store.ts';

const ZONE = 'Europe/Paris';
/** The clock changes on 25 October at 1:00 UTC. */
const FROM_MS = Date.UTC(2026, 9, 23);
const UNTIL_MS = Date.UTC(2026, 9, 28);

const query = (changes: Partial<DenialFiguresQuery> = {}): DenialFiguresQuery => ({
  sinceMs: FROM_MS,
  untilMs: UNTIL_MS,
  extension: null,
  timeZone: ZONE,
  nowMs: UNTIL_MS,
  ...changes,
});

const write = (store: Store, records: readonly CallRecord[]) => writeCalls(store, records.map(toCallRow));

const records = array(
  record({
    atMs: integer({ min: FROM_MS - 3_600_000, max: UNTIL_MS + 3_600_000 }),
    verdict: constantFrom('continue', 'continue', 'deny', 'deny', 'unscreened'),
    reason: constantFrom('country-not-allowed', 'premium-denied', 'limit-calls'),
    regions: constantFrom([], ['FR'], ['AR'], ['CA', 'US']),
    party: constantFrom(null, '1001', '1002', '1003'),
    kind: constantFrom('decision' as const, 'decision' as const, 'pickup' as const),
    detail: constantFrom({}, { observed: [{ would: 'deny' }] }, { channel: '"observed"' }),
  }),
  { maxLength: 60 },
).map((rows) => rows.map((row, n) => callRecord(`r-${n}`, row)));

const localDay = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' });
const isObserved = ({ verdict, detail }: CallRecord) =>
  verdict === 'continue' && Array.isArray(detail['observed']);
const countsOf = (rows: readonly CallRecord[]) => ({
  calls: rows.length,
  allowed: rows.filter(({ verdict }) => verdict === 'continue').length,
  denied: rows.filter(({ verdict }) => verdict === 'deny').length,
  unscreened: rows.filter(({ verdict }) => verdict === 'unscreened').length,
  observed: rows.filter(isObserved).length,
});

describe('the figures of call barring', () => {
  it('are those of a naive count, over a change of the clock', () => {
    assert(
      property(records, constantFrom(null, '1001'), (all, extension) => {
        const store = tempStore();
        write(store, all);
        const chosen = all.filter(
          ({ kind, atMs, party }) =>
            kind === 'decision' &&
            atMs >= FROM_MS &&
            atMs < UNTIL_MS &&
            (extension === null || party === extension),
        );
        const figures = denialFigures(store, query({ extension }));
        expect(figures.total).toEqual(countsOf(chosen));
        const byDay = Map.groupBy(chosen, ({ atMs }) => localDay.format(atMs));
        expect(figures.byDay).toEqual(
          [...byDay]
            .map(([day, rows]) => Object.assign({ day }, countsOf(rows)))
            .toSorted((a, b) => (a.day < b.day ? -1 : 1)),
        );
        const denied = chosen.filter(({ verdict }) => verdict === 'deny');
        const countBy = (of: (row: CallRecord) => string) =>
          Object.fromEntries([...Map.groupBy(denied, of)].map(([key, rows]) => [key, rows.length]));
        const found = (rows: readonly (readonly [string, number])[]) => Object.fromEntries(rows);
        expect(found(figures.byReason.map((row) => [row.reason, row.denied]))).toEqual(
          countBy(({ reason }) => reason),
        );
        expect(found(figures.byRegions.map((row) => [row.regions.join(' '), row.denied]))).toEqual(
          countBy(({ regions }) => regions.join(' ')),
        );
        expect(found(figures.byExtension.map((row) => [String(row.extension), row.denied]))).toEqual(
          countBy(({ party }) => String(party)),
        );
        const judged = figures.total.allowed + figures.total.denied;
        expect(figures.denialRate).toBe(judged === 0 ? null : figures.total.denied / judged);
        store[Symbol.dispose]();
      }),
      { numRuns: 40 },
    );
  });

  it('name the most frequent first, twenty at most', () => {
    const store = tempStore();
    const rows = Array.from({ length: 25 }, (_, n) =>
      Array.from({ length: n + 1 }, (_one, m) =>
        callRecord(`${n}-${m}`, { atMs: FROM_MS + n, party: `${1000 + n}` }),
      ),
    );
    write(store, rows.flat());
    const { byExtension } = denialFigures(store, query());
    expect(byExtension).toHaveLength(20);
    expect(byExtension[0]).toEqual({ extension: '1024', denied: 25, calls: 25 });
  });

  it('of nothing have no rate, and no time that ends before it begins', () => {
    const store = tempStore();
    expect(denialFigures(store, query({ sinceMs: null }))).toMatchObject({ denialRate: null, byDay: [] });
    expect(() => denialFigures(store, query({ sinceMs: UNTIL_MS + 1 }))).toThrow('ends before it begins');
  });

  it('go into a spreadsheet by day', () => {
    const store = tempStore();
    write(store, [callRecord('a', { atMs: FROM_MS + 1 })]);
    expect(denialCsv(denialFigures(store, query())).split('\r\n').slice(0, 2)).toEqual([
      'day,calls,allowed,denied,unscreened,observed',
      '2026-10-23,1,0,1,0,0',
    ]);
  });

  it('are found by the index on time', () => {
    const plan = tempStore()
      .db.prepare<[object], { readonly detail: string }>(`EXPLAIN QUERY PLAN ${DECISIONS_SQL}`)
      .all({ fromMs: 0, untilMs: 1, extension: null });
    expect(plan[0]?.detail).toMatch(/USING INDEX calls_by_time \(at_ms>\? AND at_ms<\?\)/);
  });
});
