// Takes old records away, by age and by count: of decisions and pickups, and of calls that rang. A slice at a time, so
// that no writer waits long.
import type { Store } from './open.ts';
import { inWriteTransaction } from './transaction.ts';

export interface RetentionLimits {
  /** Records older than this go; 0 keeps them for ever. */
  readonly keepDays: number;
  /** More records of one table than this go, the oldest first; 0 keeps them all. */
  readonly keepMax: number;
}

/** A wall clock that ran away by more than this from the one that never jumps was set. */
const JUMP_MS = 3_600_000;
/** So long nothing is deleted after a jump: time to notice a clock that was set wrong. */
const DOUBT_MS = 24 * 3_600_000;

/** Whether the wall clock can be believed when it says that records are old: one set to next year would take all. */
export class ClockWatch {
  #wallMs: number;
  #monotonicMs: number;
  #doubtUntilMs = Number.NEGATIVE_INFINITY;

  constructor(wallMs: number, monotonicMs: number) {
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
  }

  /** To be asked each time before something is deleted. */
  isSteady(wallMs: number, monotonicMs: number): boolean {
    const jumpMs = wallMs - this.#wallMs - (monotonicMs - this.#monotonicMs);
    this.#wallMs = wallMs;
    this.#monotonicMs = monotonicMs;
    if (Math.abs(jumpMs) > JUMP_MS) this.#doubtUntilMs = monotonicMs + DOUBT_MS;
    return monotonicMs >= this.#doubtUntilMs;
  }
}

/** Rows of one table in one transaction: about a millisecond of write lock. */
const SLICE_ROWS = 500;
const DAY_MS = 86_400_000;

/** Each with the column that says how old a row is, an index on it, and `seq`. */
const TABLES = [
  { table: 'calls', time: 'at_ms' },
  { table: 'ringing_calls', time: 'started_ms' },
] as const;
type Kept = (typeof TABLES)[number];

const old = ({ table, time }: Kept) => `
  DELETE FROM ${table} WHERE seq IN (
    SELECT seq FROM ${table} WHERE ${time} < ? ORDER BY ${time} LIMIT ${SLICE_ROWS})`;
/**
 * Counted by the spread of `seq`, which costs nothing; gaps only make it keep fewer than allowed by those
 * gaps.
 */
const surplus = ({ table }: Kept) => `
  DELETE FROM ${table} WHERE seq IN (
    SELECT seq FROM ${table} WHERE seq <= (SELECT max(seq) FROM ${table}) - ? ORDER BY seq LIMIT ${SLICE_ROWS})`;

/** Deletes one slice of each table and returns how many rows went; call it again until it says 0. */
export function deleteExpiredSlice(store: Store, limits: RetentionLimits, nowMs: number): number {
  return inWriteTransaction(store, () =>
    TABLES.reduce((gone, table) => gone + deleteSliceOf(table, store, limits, nowMs), 0),
  );
}

function deleteSliceOf(table: Kept, { db }: Store, limits: RetentionLimits, nowMs: number): number {
  const { keepDays, keepMax } = limits;
  const aged = keepDays > 0 ? db.prepare(old(table)).run(nowMs - keepDays * DAY_MS).changes : 0;
  if (aged === SLICE_ROWS || keepMax === 0) return aged;
  return aged + db.prepare(surplus(table)).run(keepMax).changes;
}
