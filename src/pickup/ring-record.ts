// What one call that rang leaves behind: from its first ring to its answer, or to its end.

/**
 * `answered`: by a phone that rang for it, by its owner on another phone of that extension, or by one outside the house that
 * rang beside it. `rescued`: by somebody else who picked it up. `abandoned`: the caller gave up while it rang, or while he
 * waited in the queue that rang the phones. `unanswered`: the PBX let it ring no longer and went on (voicemail, an announcement,
 * the next destination that is no phone) or hung up; it is told when the caller is gone. `refused`: every phone that rang
 * declined. `forwarded`: a phone that rang sent it elsewhere, and it was answered there by no phone of the house. `unknown`: its
 * end was not heard, as the link was lost.
 */
export const ringOutcomes = [
  'answered',
  'rescued',
  'abandoned',
  'unanswered',
  'refused',
  'forwarded',
  'unknown',
] as const;
export type RingOutcome = (typeof ringOutcomes)[number];

/** One extension on which the call rang; several rings of one extension (a queue that tries again) are one. */
export interface RungExtension {
  readonly extension: string;
  readonly sinceMs: number;
  /** All the time that it rang there. */
  readonly ringMs: number;
  /** `taken`: picked up from this very phone. `elsewhere`: somebody else got it, there or by pickup. `stopped`: nobody did. */
  readonly outcome: 'answered' | 'taken' | 'elsewhere' | 'refused' | 'forwarded' | 'stopped';
}

export interface RingRecord {
  readonly callId: string;
  readonly startedAtMs: number;
  /** When somebody had it, or when it rang no more. */
  readonly endedAtMs: number;
  /** From the first ring to the end: the time that the caller heard it ring, the pauses of a queue included. */
  readonly ringMs: number;
  readonly outcome: RingOutcome;
  /** The extension that has it, by answer or pickup; null where that is nobody or no extension. */
  readonly answeredBy: string | null;
  /** The extension from which it was picked up. */
  readonly takenFrom: string | null;
  readonly callerNumber: string;
  readonly callerName: string;
  readonly callerExtension: string | null;
  /** What the caller dialled; '' where it is not known. */
  readonly dialled: string;
  /** In the order in which they began to ring. */
  readonly extensions: readonly RungExtension[];
}
