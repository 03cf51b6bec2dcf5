// The nouns of numbering: what a dialled string means, as a value.

/**
 * An ISO 3166-1 alpha-2 region (`MX`), or, for a calling code that belongs to no country, that code with a plus
 * (`+870`): a pseudo-region, allowed and denied like any other and off by default.
 */
export type Region = string;

export type NumberType =
  | 'fixed'
  | 'mobile'
  | 'fixed-or-mobile'
  | 'toll-free'
  | 'premium'
  | 'shared-cost'
  | 'personal'
  | 'uan'
  | 'pager'
  | 'voip'
  | 'voicemail'
  | 'global-network'
  | 'unknown';

/** What a call to a service number costs, as the short-number data of the home region tells. */
export type CostClass = 'free' | 'standard' | 'premium' | 'unknown';

/** One step of reading or judging: a stable kebab-case name and what came of it, for `check` and the call record. */
export interface TraceStep {
  readonly step: string;
  readonly result: string;
}

interface Read {
  /** The string as it arrived, byte for byte. */
  readonly dialled: string;
  /** The number to dial: `dialled` without its visual separators, nothing else changed; '' when unreadable. */
  readonly number: string;
  readonly steps: readonly TraceStep[];
}

interface Numbered extends Read {
  /** `+` and digits where the number has an E.164 form, else null. */
  readonly e164: string | null;
  /** The regions that the number can belong to; several only where the data cannot tell. */
  readonly regions: readonly Region[];
  readonly numberType: NumberType;
}

export interface EmergencyDestination extends Read {
  readonly kind: 'emergency';
  /** The emergency number itself, without outside prefix, `+`, `#` or privacy code. */
  readonly service: string;
}

export interface InternalDestination extends Read {
  readonly kind: 'internal';
  /** The extension dialled, or null where an internal pattern matched without naming one. */
  readonly extension: string | null;
}

export interface ServiceDestination extends Read {
  readonly kind: 'service';
  readonly costClass: CostClass;
  /** What kind of number costs extra, where that is known; `premium` without it. */
  readonly premiumClass?: 'premium' | 'directory';
}

export interface NationalDestination extends Numbered {
  readonly kind: 'national';
  /** False where the home plan does not really know the number: it could be national by its length only. */
  readonly matched: boolean;
}

export interface InternationalDestination extends Numbered {
  readonly kind: 'international';
}

export interface UnreadableDestination extends Read {
  readonly kind: 'unreadable';
  /**
   * Stable kebab-case code: `empty`, `overlong` (may be cut), `bad-character`; or, of digits, `too-long`, `incomplete`,
   * `unknown-calling-code`, `double-prefix`, `hidden-prefix`, `unknown-prefix`, `carrier-code`, `no-national-number`.
   */
  readonly cause: string;
}

export type Destination =
  | EmergencyDestination
  | InternalDestination
  | ServiceDestination
  | NationalDestination
  | InternationalDestination
  | UnreadableDestination;
