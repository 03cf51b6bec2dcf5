// The policy as the store hands it over (plain rows) and as `decide()` reads it (compiled, immutable).
import type { NumberingPlan } from '../numbering/plan.ts';
import type { Region } from '../numbering/destination.ts';

export interface BarringSettings {
  /** Off: emergency and unreadable numbers are still recognised (I1, I4), everything else continues. */
  readonly protection: boolean;
  readonly premium: boolean;
  /** What happens to digits that could be national by length only. */
  readonly unmatched: 'continue' | 'deny';
  /** Reason code -> announcement (an Asterisk sound name, several joined by `&`). */
  readonly announcements: Readonly<Record<string, string>>;
}

export interface ExtensionRow {
  readonly extension: string;
  readonly name: string;
  /** False is the manual's *disallow international calls*. */
  readonly international: boolean;
}

export interface CountryRow {
  readonly region: Region;
  readonly state: 'allow' | 'deny';
}

/** Everything that a verdict depends on, as plain data. `version` grows with each change. */
export interface PolicyData {
  readonly version: number;
  readonly plan: NumberingPlan;
  readonly settings: BarringSettings;
  readonly extensions: readonly ExtensionRow[];
  readonly countries: readonly CountryRow[];
}
