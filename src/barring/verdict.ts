// The nouns of barring: one outbound call, and what is said about it.
import type { TraceStep } from '../numbering/destination.ts';
import type { LimitClass, PinEntry } from './policy.ts';

/** How the call came to be dialled. */
export type Via = 'direct' | 'forward' | 'transfer';

export interface OutboundCall {
  readonly dialled: string;
  /** The extension that is charged, by its authenticated endpoint; null when nobody can be named: such a call has no rights (I6). */
  readonly payer: string | null;
  readonly via: Via;
  /** Wall-clock time of the call, milliseconds since the epoch. */
  readonly atMs: number;
  /** The number of an outside caller whom the dialplan offers for admission by an authorised list; absent for all others. */
  readonly outsideCaller?: string;
  /** Language of the channel (`fr`), for the announcement; absent or '' for none. */
  readonly language?: string;
  /** The PIN that was entered for this very call and found right; absent before it is. */
  readonly pin?: PinProof;
}

export interface PinProof {
  readonly id: string;
}

export type ContinueReason =
  | 'emergency'
  | 'protection-off'
  | 'internal'
  | 'service'
  | 'national'
  | 'not-international'
  | 'country-allowed'
  | 'premium-allowed'
  /** A rule by number or prefix. */
  | 'rule-allowed'
  | 'exception'
  | 'authorised-number'
  | 'pin-accepted'
  /** It would have been refused, but the policy or the rule only observes. */
  | 'observed';

export type DenyReason =
  | 'unreadable'
  | 'blocked-number'
  | 'quarantined'
  | 'no-international-right'
  | 'country-not-allowed'
  | 'country-denied'
  | 'number-denied'
  | 'premium-not-allowed'
  | 'unmatched-number'
  | 'unknown-payer'
  | 'outside-hours'
  | 'limit-calls'
  | 'limit-concurrent'
  | 'limit-countries'
  | 'pin-wrong'
  | 'pin-locked'
  | 'pin-unavailable';

/** The rule that decided, and the layer it comes from. `id` is stable (`country:AR`, `extension:1002:international`). */
export interface Rule {
  readonly id: string;
  readonly origin: 'system' | 'organisation' | 'level' | 'group' | 'extension' | 'list';
  /** One sentence in the administrator's words. */
  readonly text: string;
}

/** A refusal, or a permission, that counted for nothing because the policy or the rule only observes. */
export interface Observation {
  readonly would: 'continue' | 'deny' | 'challenge';
  readonly reason: ContinueReason | DenyReason | 'pin-required';
  readonly rule: Rule;
}

/** Something that people should hear of: a limit nearly or quite reached. */
export interface LimitNotice {
  readonly kind: 'limit-near' | 'limit-reached';
  /** Such as `limit:7`. */
  readonly limit: string;
  readonly text: string;
  /** The extension is to be put into quarantine for so long; null for none. */
  readonly quarantineMs: number | null;
}

interface Judged {
  readonly rule: Rule;
  readonly trace: readonly TraceStep[];
  /** The policy version that the verdict stands on. */
  readonly policyVersion: number;
  readonly observed: readonly Observation[];
  readonly notices: readonly LimitNotice[];
}

export interface ContinueVerdict extends Judged {
  readonly kind: 'continue';
  readonly reason: ContinueReason;
  /** What the call counts as; empty for calls that cost nothing extra. */
  readonly classes: readonly LimitClass[];
  /** The call is ended after so long, with a tone before; null for no limit. */
  readonly maxDurationMs: number | null;
}

export interface DenyVerdict extends Judged {
  readonly kind: 'deny';
  readonly reason: DenyReason;
  /** Asterisk sound name(s) to play as early media, several joined by `&`; '' for none. */
  readonly announcement: string;
  /** Q.850 hangup cause: 21 becomes SIP 403 in chan_pjsip (`hangup_cause2sip`). */
  readonly cause: number;
}

/** Which PINs a caller may enter, and where the wrong ones are counted. */
export interface PinDemand {
  /** The extension, or the number of an outside caller as its list has it, however it was written. */
  readonly who: string;
  /** The ids of the PINs that count here; never empty. */
  readonly pins: readonly string[];
  /** PINs of the same caller whose time has run out: refused like wrong ones, but no guesses. */
  readonly expiredPins: readonly string[];
}

/** The caller is asked for a PIN; with the right one the call is judged again, `pin` set. */
export interface ChallengeVerdict extends Judged, PinDemand {
  readonly kind: 'challenge';
  readonly reason: 'pin-required';
  /** Why it would be refused without a PIN; null where the PIN is asked in any case. */
  readonly instead: DenyReason | null;
  readonly entry: PinEntry;
  /** Sound names: the prompt, and what is said after a wrong PIN. */
  readonly prompt: string;
  readonly wrong: string;
  /** What the call ends with where no PIN comes. */
  readonly denial: { readonly announcement: string; readonly cause: number };
}

export type Verdict = ContinueVerdict | DenyVerdict | ChallengeVerdict;
