// The compiled forms of what allows and denies: entries, lists, and the layers that hold them.
import type { Region } from '../numbering/destination.ts';
import type { EntryAction, LevelName, PremiumClass } from './policy.ts';
import type { PatternIndex } from './pattern-index.ts';

/** Since and until when something counts, milliseconds since the epoch; null for no end on that side. */
interface Validity {
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

/** A rule, an exception, or a country row, without the pattern or region under which it is kept. */
export interface Entry extends Validity {
  readonly kind: 'rule' | 'exception' | 'country';
  /** 0 for a country row, which is named by its region. */
  readonly id: number;
  readonly action: EntryAction | 'block';
  readonly exact: boolean;
  /** Opens numbers that cost extra. */
  readonly premium: boolean;
  readonly observe: boolean;
  readonly reason: string;
}

/** Somebody on an authorised list. */
export interface Person extends Validity {
  readonly id: number;
  readonly name: string;
  /** E.164. */
  readonly number: string;
}

/** An authorised list that is enabled, with the people on it that are. */
export interface CompiledList {
  readonly name: string;
  readonly premium: ReadonlySet<PremiumClass>;
  readonly countries: ReadonlySet<Region>;
  /** By E.164 number. */
  readonly people: ReadonlyMap<string, Person>;
}

/** What one extension, one group, one list of an outside caller, or the organisation says about destinations. */
export interface Layer {
  readonly kind: 'extension' | 'group' | 'list' | 'organisation';
  /** '' for the organisation. */
  readonly name: string;
  readonly numbers: PatternIndex | null;
  readonly countries: ReadonlyMap<Region, readonly Entry[]> | null;
  readonly lists: readonly CompiledList[];
  /** Null: it says nothing about what it does not name. */
  readonly level: LevelName | null;
}

/** Layers that are equally near: several groups of one extension make one tier. */
export type Tier = readonly Layer[];

/** An entry counts from `fromMs` on and until before `untilMs`. */
export function isValid({ fromMs, untilMs }: Validity, atMs: number): boolean {
  return (fromMs === null || atMs >= fromMs) && (untilMs === null || atMs < untilMs);
}
