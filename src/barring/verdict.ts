// The nouns of barring: one outbound call, and what is said about it.
import type { TraceStep } from '../numbering/destination.ts';

/** How the call came to be dialled. */
export type Via = 'direct' | 'forward' | 'transfer';

export interface OutboundCall {
  readonly dialled: string;
  /** The extension that is charged, by its authenticated endpoint; null when nobody can be named: such a call has no rights (I6). */
  readonly payer: string | null;
  readonly via: Via;
  /** Wall-clock time of the call, milliseconds since the epoch. */
  readonly atMs: number;
}

export type ContinueReason =
  | 'emergency'
  | 'protection-off'
  | 'internal'
  | 'service'
  | 'national'
  | 'not-international'
  | 'country-allowed'
  | 'premium-allowed';

export type DenyReason =
  | 'unreadable'
  | 'no-international-right'
  | 'country-not-allowed'
  | 'country-denied'
  | 'premium-not-allowed'
  | 'unmatched-number'
  | 'unknown-payer';

/** The rule that decided, and the layer it comes from. `id` is stable (`country:AR`, `extension:1002:international`). */
export interface Rule {
  readonly id: string;
  readonly origin: 'system' | 'organisation' | 'level' | 'group' | 'extension' | 'list';
  /** One sentence in the administrator's words. */
  readonly text: string;
}

interface Judged {
  readonly rule: Rule;
  readonly trace: readonly TraceStep[];
  /** The policy version that the verdict stands on. */
  readonly policyVersion: number;
}

export interface ContinueVerdict extends Judged {
  readonly kind: 'continue';
  readonly reason: ContinueReason;
}

export interface DenyVerdict extends Judged {
  readonly kind: 'deny';
  readonly reason: DenyReason;
  /** Asterisk sound name(s) to play as early media, several joined by `&`; '' for none. */
  readonly announcement: string;
  /** Q.850 hangup cause: 21 becomes SIP 403 in chan_pjsip (`hangup_cause2sip`). */
  readonly cause: number;
}

export type Verdict = ContinueVerdict | DenyVerdict;
