// The figures against a naive oracle that goes through the same records one by one, and what they cost.
import * as fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { pickupStatistics, statisticsKeys, type StatisticsQuery } from '../../src/admin/pickup-statistics.ts';
import { ringOutcomes, type RungExtension } from '../../src/pickup/ring-record.ts';
import { toCallRow, writeCalls } from '../../src/store/calls.ts';
import type { Store } from '../../src/store/open.ts';
import { factsSql } from '../../src/store/ring-statistics.ts';
import { toRingingRow } from '../../src/store/ringing-calls.ts';
import { callRecord } from './call-record.ts';
import { expected, expectedRow, ZONE, type Attempt, type Known } from './ring-oracle.ts';
import { ringRecord, rung } from './ring-record.ts';
import { tempStore } from './temp-store.ts';

/** The days round the end of summer time in 2026: one of them has 25 hours. */
const FROM_MS = Date.UTC(2026, 9, 23);
const UNTIL_MS = Date.UTC(2026, 9, 28);
const RUNS = 60;

const extension = fc.constantFrom('999', '1001', '1002');
const groups = fc.subarray(['sales', 'presales']);
const moment = fc.integer({ min: FROM_MS, max: UNTIL_MS - 1 });
const legOutcome = fc.constantFrom<RungExtension['outcome'][]>(
  'answered',
  'taken',
  'elsewhere',
  'refused',
  'forwarded',
  'stopped',
);
const known: fc.Arbitrary<Known> = fc.record({
  startedAtMs: moment,
  ringMs: fc.integer({ min: 0, max: 40 }),
  outcome: fc.constantFrom(...ringOutcomes),
  legs: fc
    .uniqueArray(fc.tuple(extension, legOutcome, fc.integer({ min: 0, max: 40 })), {
      minLength: 1,
      selector: ([name]) => name,
    })
    .map((legs) => legs.map(([name, outcome, ringMs]) => rung(name, outcome, 0, ringMs))),
  groups,
});
const attempt: fc.Arbitrary<Attempt> = fc.record({
  atMs: moment,
  party: fc.option(extension, { nil: null }),
  verdict: fc.constantFrom('take', 'no-right', 'nothing-ringing', 'already-taken', 'own-call'),
  outcome: fc.constantFrom('won', 'lost', 'told', 'abandoned', 'unknown', null),
  groups,
});

function kept(calls: readonly Known[], attempts: readonly Attempt[]): Store {
  const store = tempStore();
  keep(store, calls, attempts);
  return store;
}

function keep(store: Store, calls: readonly Known[], attempts: readonly Attempt[]): void {
  writeCalls(store, [
    ...calls.map(({ legs, groups: names, ...rest }, at) =>
      toRingingRow('lab', ringRecord(`call-${at}`, { ...rest, extensions: legs }), names),
    ),
    ...attempts.map(({ groups: names, ...rest }, at) =>
      toCallRow(callRecord(`attempt-${at}`, { kind: 'pickup', detail: { groups: names }, ...rest })),
    ),
  ]);
}

const query = (rest: Partial<StatisticsQuery>): StatisticsQuery => ({
  by: null,
  sinceMs: FROM_MS,
  untilMs: UNTIL_MS,
  group: null,
  extension: null,
  timeZone: ZONE,
  nowMs: UNTIL_MS,
  ...rest,
});

describe('the figures of ringing calls', () => {
  let store: Store;
  beforeEach(() => {
    store = tempStore();
  });

  it('are those that somebody finds who goes through the records one by one', () => {
    const given = fc.record({
      calls: fc.array(known, { maxLength: 30 }),
      attempts: fc.array(attempt, { maxLength: 15 }),
      by: fc.constantFrom(null, ...statisticsKeys),
      group: fc.constantFrom(null, 'sales'),
      extension: fc.constantFrom(null, '1001'),
    });
    fc.assert(
      fc.property(given, ({ calls, attempts, ...asked }) => {
        store.db.exec('DELETE FROM calls; DELETE FROM ringing_calls');
        keep(store, calls, attempts);
        const { rows, total } = pickupStatistics(store, query(asked));
        expect({ rows, total }).toEqual(expected(calls, attempts, query(asked)));
      }),
      { numRuns: RUNS },
    );
  });

  it('of a ring group that one answers are of one call, which no phone missed', () => {
    const legs = [rung('1001', 'elsewhere'), rung('1002', 'answered'), rung('999', 'elsewhere')];
    keep(store, [{ startedAtMs: FROM_MS, ringMs: 4_000, outcome: 'answered', legs, groups: ['sales'] }], []);
    expect(pickupStatistics(store, query({ by: 'group' })).rows).toMatchObject([
      { key: 'sales', calls: 1, answered: 1, elsewhere: 0 },
    ]);
    const { rows, total } = pickupStatistics(store, query({ by: 'extension' }));
    expect(rows.map((row) => [row.key, row.answered, row.elsewhere, row.unanswered + row.abandoned])).toEqual(
      [
        ['999', 0, 1, 0],
        ['1001', 0, 1, 0],
        ['1002', 1, 0, 0],
      ],
    );
    expect(total).toMatchObject({ calls: 1, answered: 1 });
  });

  it('put a call on the day that the wall clock shows, also when that day has 25 hours', () => {
    const at = (iso: string): Known => {
      const legs = [rung('1001', 'answered')];
      return { startedAtMs: Date.parse(iso), ringMs: 1, outcome: 'answered', legs, groups: [] };
    };
    const iso = [
      '2026-10-24T21:59:59Z',
      '2026-10-24T22:00:00Z',
      '2026-10-25T22:59:59Z',
      '2026-10-25T23:00:00Z',
    ];
    keep(store, iso.map(at), []);
    const { rows } = pickupStatistics(store, query({ by: 'day' }));
    expect(rows.map(({ key, calls }) => [key, calls])).toEqual([
      ['2026-10-24', 1],
      ['2026-10-25', 2],
      ['2026-10-26', 1],
    ]);
    const twice = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z'];
    const hours = pickupStatistics(kept(twice.map(at), []), query({ by: 'hour' })).rows;
    expect(hours.map(({ key, calls }) => [key, calls])).toEqual([['02', 2]]);
  });

  it('are of the calls from the first moment of a time to the last before its end, by nearest rank', () => {
    const after = (ms: number): Known => {
      const legs = [rung('1001', 'answered')];
      return { startedAtMs: FROM_MS + ms, ringMs: ms, outcome: 'answered', legs, groups: [] };
    };
    const times = Array.from({ length: 21 }, (_, ms) => after(ms));
    keep(store, times, []);
    const of = (sinceMs: number, untilMs: number) => {
      const asked = query({ sinceMs: FROM_MS + sinceMs, untilMs: FROM_MS + untilMs });
      const { calls, ringToAnswer } = pickupStatistics(store, asked).total;
      return [calls, ringToAnswer.medianMs, ringToAnswer.p90Ms];
    };
    expect(of(1, 20)).toEqual([19, 10, 18]);
    expect(of(1, 21)).toEqual([20, 10, 18]);
    expect(of(0, 1)).toEqual([1, 0, 0]);
  });

  it('say who took whose calls, the most frequent first', () => {
    const taken = (picker: string, from: string, at: number) =>
      toRingingRow(
        'lab',
        ringRecord(`${picker}-${from}-${at}`, {
          outcome: 'rescued',
          answeredBy: picker,
          takenFrom: from,
          startedAtMs: FROM_MS,
        }),
        ['sales'],
      );
    writeCalls(store, [taken('1003', '1002', 1), taken('1002', '1003', 1), taken('1003', '1002', 2)]);
    const { takers } = pickupStatistics(store, query({}));
    expect(takers).toEqual([
      { picker: '1003', from: '1002', count: 2 },
      { picker: '1002', from: '1003', count: 1 },
    ]);
    expect(pickupStatistics(store, query({ group: 'presales' })).takers).toEqual([]);
  });

  it('are zero, and without rates and times, where nothing rang', () => {
    const { rows, total, takers } = pickupStatistics(store, query({ by: 'day' }));
    expect([rows, takers]).toEqual([[], []]);
    expect(total).toEqual(expectedRow('total', [], []));
    expect(total).toMatchObject({ calls: 0, rescuedShare: null, abandonRate: null });
  });

  it('of all that is kept begin with the first record, and of no time that ends before it begins', () => {
    keep(store, [{ startedAtMs: FROM_MS + 5, ringMs: 1, outcome: 'unknown', legs: [], groups: [] }], []);
    expect(pickupStatistics(store, query({ sinceMs: null, untilMs: null }))).toMatchObject({
      since: new Date(FROM_MS + 5).toISOString(),
      until: new Date(UNTIL_MS).toISOString(),
      total: { calls: 1, unknown: 1, abandonRate: null },
    });
    expect(() => pickupStatistics(store, query({ sinceMs: UNTIL_MS + 1 }))).toThrow(/ends before it begins/);
    expect(pickupStatistics(store, query({ sinceMs: 0, untilMs: 8.6e15 - 1, by: 'day' })).rows).toHaveLength(
      1,
    );
  });

  it.each([null, ...statisticsKeys])(
    'by %s are found by the index on time, not by all that was ever kept',
    (by) => {
      const plan = store.db
        .prepare<[object], { readonly detail: string }>(
          `EXPLAIN QUERY PLAN ${factsSql(by, by === 'extension')}`,
        )
        .all({ spans: '[]', group: null, extension: null })
        .map(({ detail }) => detail)
        .join('\n');
      expect(plan).toMatch(/SEARCH call USING INDEX ringing_calls_by_time/);
      expect(plan).not.toMatch(/SCAN call/);
    },
  );
});
