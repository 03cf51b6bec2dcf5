// How many passwords are looked at: a few at once, then after waits that double, and never more than so many in a day.
import type { SignInTries } from '../store/sign-in-tries.ts';

const DAY_MS = 86_400_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 20 * 60_000;

export interface TryLimit {
  /** So many may be wrong in a row before the first wait. */
  readonly atOnceMax: number;
  readonly dayMax: number;
}

/** Of one account, from all places together where it was never or not lately signed in to. */
export const accountLimit: TryLimit = { atOnceMax: 5, dayMax: 100 };
/** Of one address, for whichever account: a whole office may stand behind it. */
export const addressLimit: TryLimit = { atOnceMax: 30, dayMax: 300 };
/** Of one account from a browser that it was used in before: others do not lock its owner out. */
export const browserLimit: TryLimit = { atOnceMax: 10, dayMax: 50 };

/** Of one account from one network that it was signed in to from. */
export const networkLimit: TryLimit = { atOnceMax: 5, dayMax: 50 };

export const noTries = (nowMs: number): SignInTries => ({ inARow: 0, lastMs: nowMs, dayMs: nowMs, ofDay: 0 });

/** Milliseconds until the next one is looked at; 0 for now. A clock that went back does not lengthen it. */
export function waitMs(tries: SignInTries, { atOnceMax, dayMax }: TryLimit, nowMs: number): number {
  const since = Math.max(0, nowMs - tries.lastMs);
  const over = tries.inARow - atOnceMax;
  const wait =
    over < 0 || isForgotten(tries, nowMs) ? 0 : Math.min(FIRST_WAIT_MS * 2 ** over, LONGEST_WAIT_MS);
  const dayLeft = tries.ofDay < dayMax ? 0 : DAY_MS - Math.max(0, nowMs - tries.dayMs);
  return Math.max(0, wait - since, dayLeft);
}

/** Counted before the password is looked at, so that many at the same moment are no way round. */
export function withTry(tries: SignInTries, nowMs: number): SignInTries {
  const sameDay = nowMs - tries.dayMs < DAY_MS;
  return {
    inARow: (isForgotten(tries, nowMs) ? 0 : tries.inARow) + 1,
    lastMs: nowMs,
    dayMs: sameDay ? tries.dayMs : nowMs,
    ofDay: (sameDay ? tries.ofDay : 0) + 1,
  };
}

/** It was right: taken back. `clears` forgets the wrong ones before it, too. */
export function withoutTry(tries: SignInTries, clears: boolean): SignInTries {
  return {
    ...tries,
    inARow: clears ? 0 : Math.max(0, tries.inARow - 1),
    ofDay: Math.max(0, tries.ofDay - 1),
  };
}

const isForgotten = (tries: SignInTries, nowMs: number) => nowMs - tries.lastMs >= DAY_MS;
