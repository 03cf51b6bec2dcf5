// Takes old call records away, by age and by count, a slice at a time so that no writer waits long.
import type { Store } from './open.ts';
import { inWriteTransaction } from './transaction.ts';

export interface RetentionLimits {
  /** Records older than this go; 0 keeps them for ever. */
  readonly keepDays: number;
  /** More records than this go, the oldest first; 0 keeps them all. */
  readonly keepMax: number;
}

/** Rows of one transaction: about a millisecond of write lock. */
const SLICE_ROWS = 500;
const DAY_MS = 86_400_000;

const OLD = `
  DELETE FROM calls WHERE seq IN (SELECT seq FROM calls WHERE at_ms < ? ORDER BY at_ms LIMIT ${SLICE_ROWS})`;
/**
 * Counted by the spread of `seq`, which costs nothing; gaps only make it keep fewer than allowed by those
 * gaps.
 */
const SURPLUS = `
  DELETE FROM calls WHERE seq IN (
    SELECT seq FROM calls WHERE seq <= (SELECT max(seq) FROM calls) - ? ORDER BY seq LIMIT ${SLICE_ROWS})`;

/** Deletes one slice and returns how many rows went; call it again until it says 0. */
export function deleteExpiredSlice(store: Store, limits: RetentionLimits, nowMs: number): number {
  return inWriteTransaction(store, () => {
    const old = limits.keepDays > 0 ? store.db.prepare(OLD).run(nowMs - limits.keepDays * DAY_MS).changes : 0;
    if (old === SLICE_ROWS || limits.keepMax === 0) return old;
    return old + store.db.prepare(SURPLUS).run(limits.keepMax).changes;
  });
}
