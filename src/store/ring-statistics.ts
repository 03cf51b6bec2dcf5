// The figures of ringing calls and of pickup attempts, counted over the records of a time.
import type { RingOutcome, RungExtension } from '../pickup/ring-record.ts';
import type { Store } from './open.ts';
import { inReadTransaction } from './transaction.ts';

/** What the rows are for; null: one row for all. */
export type RingKey = 'day' | 'hour' | 'group' | 'extension' | null;

/** A part of the time asked for in which local time is ahead of UTC by the same. `untilMs` is exclusive. */
export interface ClockSpan {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offsetMs: number;
}

export interface RingQuery {
  readonly by: RingKey;
  /** The time asked for, without gaps or overlaps. */
  readonly spans: readonly ClockSpan[];
  /** Only calls and attempts that concern it. */
  readonly group: string | null;
  /** Only what rang there, as that phone saw it, and the attempts of that picker. */
  readonly extension: string | null;
}

/** The day or hour as a number (days since 1970, hours of the day), else a name; null for all. */
type Key = string | number | null;

/** Calls by what became of them. */
export interface RingCounts {
  readonly calls: number;
  readonly answered: number;
  readonly rescued: number;
  readonly abandoned: number;
  readonly unanswered: number;
  readonly refused: number;
  readonly forwarded: number;
  /** Only as a phone saw it: somebody else got the call. */
  readonly elsewhere: number;
  readonly unknown: number;
}

export interface RingFigures extends RingCounts {
  readonly key: Key;
  /** Milliseconds until somebody had it, by answer or pickup; null where that was never. */
  readonly answerMedianMs: number | null;
  readonly answerP90Ms: number | null;
  /** Milliseconds until the caller gave up. */
  readonly abandonMedianMs: number | null;
  readonly abandonP90Ms: number | null;
}

/** Of a time in which nothing rang. */
export const NO_FIGURES: RingFigures = {
  key: null,
  calls: 0,
  answered: 0,
  rescued: 0,
  abandoned: 0,
  unanswered: 0,
  refused: 0,
  forwarded: 0,
  elsewhere: 0,
  unknown: 0,
  answerMedianMs: null,
  answerP90Ms: null,
  abandonMedianMs: null,
  abandonP90Ms: null,
};

/** Attempts of one kind. */
export interface AttemptCount {
  readonly key: Key;
  readonly verdict: string;
  readonly outcome: string | null;
  readonly count: number;
}

/** Who took whose calls, and how often. */
export interface Taker {
  readonly picker: string | null;
  readonly from: string | null;
  readonly count: number;
}

export interface RingStatistics {
  readonly rows: readonly RingFigures[];
  readonly total: RingFigures;
  readonly attempts: readonly AttemptCount[];
  readonly attemptsInTotal: readonly AttemptCount[];
  /** Most first. */
  readonly takers: readonly Taker[];
}

/** Rows of who took whose, at most. */
export const TAKERS_MAX = 20;

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The spans come first, so that each is one look into the index by time. */
const SPANS = `
  span AS MATERIALIZED (
    SELECT value ->> 'fromMs' AS from_ms, value ->> 'untilMs' AS until_ms, value ->> 'offsetMs' AS offset_ms
    FROM json_each(@spans))`;

const IN_GROUP = `(@group IS NULL OR EXISTS (SELECT 1 FROM json_each(call.pickup_groups) WHERE value = @group))`;

/** What a call was for one of the phones that rang: without an end of its own there, what became of the call. */
const OUTCOME_OF_LEG = `
  CASE leg.value ->> 'outcome'
    WHEN 'answered' THEN 'answered'
    WHEN 'taken' THEN 'rescued'
    WHEN 'refused' THEN 'refused'
    WHEN 'forwarded' THEN 'forwarded'
    WHEN 'stopped' THEN
      CASE WHEN call.outcome IN ('abandoned', 'unanswered', 'unknown') THEN call.outcome
        WHEN call.outcome = 'refused' THEN 'unanswered' ELSE 'elsewhere' END
    ELSE 'elsewhere'
  END`;

function keyOf(
  by: RingKey,
  time: string,
  names: { readonly group: string; readonly extension: string },
): string {
  switch (by) {
    case 'day':
      return `(${time} + span.offset_ms) / ${DAY_MS}`;
    case 'hour':
      return `(${time} + span.offset_ms) % ${DAY_MS} / ${HOUR_MS}`;
    case 'group':
      return names.group;
    case 'extension':
      return names.extension;
    case null:
      return 'NULL';
  }
}

/**
 * One fact a call, or, where extensions are asked for, one for each phone on which it rang. Exported for the test that looks
 * at its query plan.
 */
export function factsSql(by: RingKey, ofLegs: boolean): string {
  const key = keyOf(by, 'call.started_ms', {
    group: `coalesce(member.value, '')`,
    extension: `leg.value ->> 'extension'`,
  });
  return `
    WITH ${SPANS}
    SELECT ${key} AS key, ${ofLegs ? OUTCOME_OF_LEG : 'call.outcome'} AS outcome,
      ${ofLegs ? `leg.value ->> 'ringMs'` : 'call.ring_ms'} AS ring_ms
    FROM span
    CROSS JOIN ringing_calls AS call ON call.started_ms >= span.from_ms AND call.started_ms < span.until_ms
    ${ofLegs ? 'CROSS JOIN json_each(call.legs) AS leg' : ''}
    ${by === 'group' ? 'LEFT JOIN json_each(call.pickup_groups) AS member' : ''}
    WHERE ${IN_GROUP}
      ${ofLegs ? `AND (@extension IS NULL OR leg.value ->> 'extension' = @extension)` : ''}
      ${by === 'group' ? 'AND (@group IS NULL OR member.value = @group)' : ''}`;
}

type Outcome = RungExtension['outcome'] | RingOutcome;
type Fact = readonly [key: Key, outcome: Outcome, ringMs: number];

/** What is counted for one key. */
interface Tally {
  readonly counts: Map<Outcome, number>;
  readonly toAnswer: number[];
  readonly toAbandon: number[];
}

/**
 * Counted fact by fact: SQLite would sort them all by their ring times, which takes three times as long over a million calls.
 */
function countFacts(facts: Iterable<Fact>): readonly RingFigures[] {
  const tallies = new Map<Key, Tally>();
  for (const [key, outcome, ringMs] of facts) {
    let tally = tallies.get(key);
    if (!tally) {
      tally = { counts: new Map(), toAnswer: [], toAbandon: [] };
      tallies.set(key, tally);
    }
    tally.counts.set(outcome, (tally.counts.get(outcome) ?? 0) + 1);
    if (outcome === 'answered' || outcome === 'rescued') tally.toAnswer.push(ringMs);
    else if (outcome === 'abandoned') tally.toAbandon.push(ringMs);
  }
  return [...tallies].map(([key, tally]) => figuresOf(key, tally));
}

function figuresOf(key: Key, { counts, toAnswer, toAbandon }: Tally): RingFigures {
  const of = (outcome: Outcome) => counts.get(outcome) ?? 0;
  const [answered, abandoned] = [Float64Array.from(toAnswer).sort(), Float64Array.from(toAbandon).sort()];
  return {
    key,
    calls: counts.values().reduce((sum, count) => sum + count, 0),
    answered: of('answered'),
    rescued: of('rescued'),
    abandoned: of('abandoned'),
    unanswered: of('unanswered'),
    refused: of('refused'),
    forwarded: of('forwarded'),
    elsewhere: of('elsewhere'),
    unknown: of('unknown'),
    answerMedianMs: nearestRank(answered, 50),
    answerP90Ms: nearestRank(answered, 90),
    abandonMedianMs: nearestRank(abandoned, 50),
    abandonP90Ms: nearestRank(abandoned, 90),
  };
}

/** Of n values in order the ceil(n·percent/100)th; null where there is none. */
function nearestRank(ordered: Float64Array, percent: number): number | null {
  return ordered[Math.ceil((ordered.length * percent) / 100) - 1] ?? null;
}

/** The groups of an attempt stand in its detail; records of older programs have none. */
function attemptsSql(by: RingKey): string {
  const groups = `json_each(attempt.detail, '$.groups')`;
  const key = keyOf(by, 'attempt.at_ms', {
    group: `coalesce(member.value, '')`,
    extension: `coalesce(attempt.party, '')`,
  });
  return `
    WITH ${SPANS}
    SELECT ${key} AS key, attempt.verdict AS verdict, attempt.outcome AS outcome, count(*) AS count
    FROM span
    CROSS JOIN calls AS attempt
      ON attempt.kind = 'pickup' AND attempt.at_ms >= span.from_ms AND attempt.at_ms < span.until_ms
    ${by === 'group' ? `LEFT JOIN ${groups} AS member` : ''}
    WHERE (@group IS NULL OR EXISTS (SELECT 1 FROM ${groups} WHERE value = @group))
      AND (@extension IS NULL OR attempt.party = @extension)
      ${by === 'group' ? 'AND (@group IS NULL OR member.value = @group)' : ''}
    GROUP BY 1, 2, 3`;
}

const TAKERS = `
  WITH ${SPANS}
  SELECT call.answered_by AS picker, call.taken_from AS "from", count(*) AS count
  FROM span
  CROSS JOIN ringing_calls AS call ON call.started_ms >= span.from_ms AND call.started_ms < span.until_ms
  WHERE call.outcome = 'rescued' AND ${IN_GROUP}
    AND (@extension IS NULL OR call.answered_by = @extension OR call.taken_from = @extension)
  GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${TAKERS_MAX}`;

/**
 * Counts on one moment of the database. With `extension`, or by extension, calls are seen by the phones on which they
 * rang; the total is of calls unless an extension was named.
 */
export function readRingStatistics(store: Store, query: RingQuery): RingStatistics {
  const { by, spans, group, extension } = query;
  const values = { spans: JSON.stringify(spans), group, extension };
  const isOfPhone = extension !== null;
  const figures = (key: RingKey, ofLegs: boolean) =>
    countFacts(store.db.prepare<[typeof values], Fact>(factsSql(key, ofLegs)).raw().iterate(values));
  const attempts = (key: RingKey) =>
    store.db.prepare<[typeof values], AttemptCount>(attemptsSql(key)).all(values);
  return inReadTransaction(store, () => ({
    rows: by === null ? [] : figures(by, isOfPhone || by === 'extension'),
    total: figures(null, isOfPhone)[0] ?? NO_FIGURES,
    attempts: by === null ? [] : attempts(by),
    attemptsInTotal: attempts(null),
    takers: store.db.prepare<[typeof values], Taker>(TAKERS).all(values),
  }));
}

/** When the first call rang and when the first pickup was attempted, of those kept; null where there is none. */
export function firstRecordMs(store: Store): number | null {
  const sql = `
    SELECT min(first) FROM (SELECT min(started_ms) AS first FROM ringing_calls
      UNION ALL SELECT min(at_ms) FROM calls WHERE kind = 'pickup')`;
  return inReadTransaction(store, () => store.db.prepare<[], number | null>(sql).pluck().get() ?? null);
}
