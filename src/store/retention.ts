// Takes old call records away, by age and by count, a slice at a time so that no writer waits long.
import type { Store } from './open.ts';
import { inWriteTransaction } from './transaction.ts';

export interface RetentionLimits {
  /** Records older than this go; 0 keeps them for ever. */
  readonly keepDays: number;
  /** More records than this go, the oldest first; 0 keeps them all. */
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
