// How wrong PINs lock an extension or an outside number: five in a row, then ever longer, an hour at most.

/** What is remembered of wrong PINs in a row. All times are of one clock that never goes back. */
export interface PinFailures {
  readonly failures: number;
  /** Of the last change: of two states of one caller, the later one holds. */
  readonly lastMs: number;
  readonly lockedUntilMs: number | null;
}

export const noPinFailures: PinFailures = {
  failures: 0,
  lastMs: Number.MIN_SAFE_INTEGER,
  lockedUntilMs: null,
};

/** So many wrong PINs in a row lock. */
export const PIN_FAILURES_LOCK = 5;
const LOCK_FIRST_MS = 60_000;
const LOCK_MAX_MS = 60 * 60_000;

/** After one more wrong PIN. No time makes earlier ones forgotten: only the right one does, or an administrator. */
export function withPinFailure(before: PinFailures, atMs: number): PinFailures {
  const failures = before.failures + 1;
  const lastMs = Math.max(atMs, before.lastMs + 1);
  const beyond = failures - PIN_FAILURES_LOCK;
  if (beyond < 0) return { failures, lastMs, lockedUntilMs: null };
  return { failures, lastMs, lockedUntilMs: lastMs + Math.min(LOCK_FIRST_MS * 2 ** beyond, LOCK_MAX_MS) };
}

/** After the right PIN, or an administrator's word. */
export function withoutPinFailures(before: PinFailures, atMs: number): PinFailures {
  return { failures: 0, lastMs: Math.max(atMs, before.lastMs + 1), lockedUntilMs: null };
}

/** How long PINs are still refused; 0 when they are not. Never longer than the longest lock, whatever a clock did. */
export function pinLockLeftMs({ lockedUntilMs }: PinFailures, atMs: number): number {
  if (lockedUntilMs === null) return 0;
  return Math.min(Math.max(0, lockedUntilMs - atMs), LOCK_MAX_MS);
}

/** What people are told of a lock that begins. */
export function pinLockedText(who: string, failures: number, lockMs: number): string {
  const minutes = Math.round(lockMs / 60_000);
  return `${failures} wrong PINs in a row at ${who}: PINs are refused there for ${minutes} min.`;
}

/** Of two states of the same caller, the one that was written later. */
export function laterPinFailures(one: PinFailures, other: PinFailures): PinFailures {
  return other.lastMs > one.lastMs ? other : one;
}
