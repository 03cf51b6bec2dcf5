// The figures of decisions: how many calls were let out and refused, why, to which countries, and by whom they were dialled.
import type { Store } from './open.ts';
import type { ClockSpan } from './ring-statistics.ts';
import { inReadTransaction } from './transaction.ts';

export interface DenialQuery {
  /** The time asked for, without gaps or overlaps. */
  readonly spans: readonly ClockSpan[];
  /** Only the calls that this one paid for. */
  readonly extension: string | null;
}

/** Judged calls. */
export interface DecisionCounts {
  readonly calls: number;
  readonly allowed: number;
  readonly denied: number;
  /** Neither: what reached a trunk without a verdict. */
  readonly unscreened: number;
  /** Allowed, but something that merely observes would have refused them. */
  readonly observed: number;
}

export interface DenialCounts {
  readonly total: DecisionCounts;
  /** Days since 1970 by local time, in order; those without calls are left out. */
  readonly byDay: readonly (DecisionCounts & { readonly day: number })[];
  /** Denied calls alone from here on, most first. */
  readonly byReason: readonly { readonly reason: string; readonly denied: number }[];
  /** Regions that the number can belong to, several where the data cannot tell; none where it belongs to no region. */
  readonly byRegions: readonly { readonly regions: readonly string[]; readonly denied: number }[];
  readonly byExtension: readonly {
    /** Null: nobody could be named. */
    readonly extension: string | null;
    readonly denied: number;
    /** All of its calls that were judged. */
    readonly calls: number;
  }[];
}

/** Rows of countries and of extensions, at most. */
export const DENIAL_ROWS_MAX = 20;

const DAY_MS = 86_400_000;

type Fact = readonly [
  atMs: number,
  verdict: string,
  reason: string,
  regions: string,
  party: string | null,
  observed: 0 | 1,
];

/** Exported for the test that looks at its query plan. What a record observed stands in its detail. */
export const DECISIONS_SQL = `
  SELECT at_ms, verdict, reason, regions, party,
    verdict = 'continue' AND instr(detail, '"observed"') > 0 AND json_type(detail, '$.observed') = 'array'
  FROM calls
  WHERE kind = 'decision' AND at_ms >= @fromMs AND at_ms < @untilMs AND (@extension IS NULL OR party = @extension)`;

type Counts = { -readonly [Name in keyof DecisionCounts]: number };

const nothing = (): Counts => ({ calls: 0, allowed: 0, denied: 0, unscreened: 0, observed: 0 });

interface Tally {
  readonly total: Counts;
  readonly days: Map<number, Counts>;
  readonly reasons: Map<string, number>;
  readonly regions: Map<string, number>;
  readonly parties: Map<string | null, Counts>;
}

/** Counted call by call, on one moment of the database: SQLite would sort them all for each figure. */
export function readDenialCounts(store: Store, { spans, extension }: DenialQuery): DenialCounts {
  const tally: Tally = {
    total: nothing(),
    days: new Map(),
    reasons: new Map(),
    regions: new Map(),
    parties: new Map(),
  };
  inReadTransaction(store, () => {
    const facts = store.db.prepare<[object], Fact>(DECISIONS_SQL).raw();
    for (const { fromMs, untilMs, offsetMs } of spans) {
      for (const fact of facts.iterate({ fromMs, untilMs, extension })) count(tally, fact, offsetMs);
    }
  });
  const refused = [...tally.parties].filter(([, { denied }]) => denied > 0);
  return {
    total: tally.total,
    byDay: [...tally.days]
      .map(([day, counts]) => Object.assign({ day }, counts))
      .toSorted((a, b) => a.day - b.day),
    byReason: mostFirst([...tally.reasons].map(([reason, denied]) => ({ reason, denied }))),
    byRegions: mostFirst(
      [...tally.regions].map(([words, denied]) => ({
        regions: words === '' ? [] : words.split(' '),
        denied,
      })),
    ).slice(0, DENIAL_ROWS_MAX),
    byExtension: mostFirst(
      refused.map(([party, { denied, calls }]) => ({ extension: party, denied, calls })),
    ).slice(0, DENIAL_ROWS_MAX),
  };
}

function count(
  tally: Tally,
  [atMs, verdict, reason, regions, party, observed]: Fact,
  offsetMs: number,
): void {
  const day = Math.floor((atMs + offsetMs) / DAY_MS);
  for (const counts of [tally.total, entry(tally.days, day), entry(tally.parties, party)]) {
    counts.calls += 1;
    if (verdict === 'continue') counts.allowed += 1;
    else if (verdict === 'deny') counts.denied += 1;
    else counts.unscreened += 1;
    counts.observed += observed;
  }
  if (verdict !== 'deny') return;
  tally.reasons.set(reason, (tally.reasons.get(reason) ?? 0) + 1);
  tally.regions.set(regions, (tally.regions.get(regions) ?? 0) + 1);
}

function entry<Key>(found: Map<Key, Counts>, key: Key): Counts {
  const known = found.get(key);
  if (known) return known;
  const counts = nothing();
  found.set(key, counts);
  return counts;
}

/** Equal ones stay in the order in which they were first met: that of time. */
const mostFirst = <Row extends { readonly denied: number }>(rows: readonly Row[]): readonly Row[] =>
  rows.toSorted((a, b) => b.denied - a.denied);

/** When the first call of those kept was judged; null where there is none. */
export function firstDecisionMs(store: Store): number | null {
  const sql = `SELECT at_ms FROM calls WHERE kind = 'decision' ORDER BY at_ms LIMIT 1`;
  return inReadTransaction(store, () => store.db.prepare<[], number>(sql).pluck().get() ?? null);
}
