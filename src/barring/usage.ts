// What is known of calls already made, as the decision asks for it. The daemon's ledger answers; `noUsage` where nothing is known.
import type { Region } from '../numbering/destination.ts';
import type { LimitClass } from './policy.ts';

/** Whose calls are counted. */
export interface UsageScope {
  readonly kind: 'organisation' | 'group' | 'extension';
  /** '' for the organisation. */
  readonly name: string;
}

export interface Quarantine {
  readonly extension: string;
  readonly sinceMs: number;
  /** Released by itself at this time; null: by an administrator alone. */
  readonly untilMs: number | null;
  readonly reason: string;
  /** `limit:7`, `sign:sequential-numbers`, or the actor who set it. */
  readonly by: string;
}

/** A view of the past, read while one call is judged. Every answer costs no more than a few microseconds. */
export interface Usage {
  /** Calls that were let out since then and are of the class. */
  readonly calls: (scope: UsageScope, of: LimitClass, sinceMs: number) => number;
  /** Calls of the class that are up or being set up now. */
  readonly concurrent: (scope: UsageScope, of: LimitClass) => number;
  /** Distinct regions called since then by calls of the class. */
  readonly regions: (scope: UsageScope, of: LimitClass, sinceMs: number) => ReadonlySet<Region>;
  readonly quarantine: (extension: string) => Quarantine | null;
  /** Until when PINs are refused at an extension, or to the number of an outside caller (E.164); null where they are not. */
  readonly pinLockedUntilMs: (who: string) => number | null;
}

const none: ReadonlySet<Region> = new Set();

export const noUsage: Usage = {
  calls: () => 0,
  concurrent: () => 0,
  regions: () => none,
  quarantine: () => null,
  pinLockedUntilMs: () => null,
};
