// What one attempt to take a call leaves behind.
import type { Candidate, Choice, PickupKind, RingingCall } from '../pickup/call.ts';
import type { PickupQuestion } from './pickup-request.ts';

/**
 * `told`: refused, and the picker was told why. `won`: Asterisk gave him the call. `lost`: chosen, but answered, taken
 * or given up before Asterisk could. `abandoned`: the picker hung up first. `unknown`: the link was lost on the way.
 */
export type PickupOutcome = 'told' | 'won' | 'lost' | 'abandoned' | 'unknown';

export interface PickupRecord {
  /** The same for all records of one attempt; a later one replaces an earlier one. */
  readonly id: string;
  readonly atMs: number;
  readonly picker: string | null;
  readonly pickerChannelId: string;
  readonly pickerChannelName: string;
  readonly kind: PickupKind;
  readonly target: string | null;
  readonly choice: Choice['kind'];
  /** The rule that allowed or refused it; null where none was needed to say so. */
  readonly rule: string | null;
  /** Null while Asterisk tries. */
  readonly outcome: PickupOutcome | null;
  /** What the picker was told: the choice, or for a lost call what had become of it. Null when he was told nothing. */
  readonly told: Exclude<Choice['kind'], 'take'> | null;
  /** Who has the call; null when that is nobody, or not known. */
  readonly takenBy: string | null;
  /** The call chosen; null when none was. Where the first was lost, the last one tried. */
  readonly call: PickedCall | null;
  /** Calls chosen before that one and lost, first to last; of a code that reaches several. */
  readonly lost: readonly LostCall[];
  /** From the question in hand to the choice on the wire. */
  readonly latencyUs: number;
  /** From the question to the outcome; null while it is open. */
  readonly settledAfterMs: number | null;
  /** Who asked for it from outside of a phone, such as `user:maria`; null where that is not known. */
  readonly by: string | null;
}

/** A call that was chosen, and that somebody else had, or nobody any more, before Asterisk could take it. */
export interface LostCall extends PickedCall {
  readonly why: Exclude<Choice['kind'], 'take'>;
  readonly takenBy: string | null;
}

interface PickedCall {
  readonly callId: string;
  readonly callerNumber: string;
  readonly callerName: string;
  readonly callerExtension: string | null;
  /** The extension whose phone the call is taken from: the first leg tried, unless Asterisk named another. */
  readonly from: string;
  /** How long it had rung when the picker asked. */
  readonly rangMs: number;
}

/** The record of an attempt at the moment of the choice, its outcome still open. */
export function openRecord(
  question: PickupQuestion,
  choice: Choice,
  call: RingingCall | null,
  atMs: number,
  latencyUs: number,
): PickupRecord {
  const { picker, pickerChannelId, kind, target } = question.request;
  return {
    id: idOf(pickerChannelId, question.nonce),
    atMs,
    picker,
    pickerChannelId,
    pickerChannelName: question.channelName,
    kind,
    target,
    choice: choice.kind,
    rule: 'rule' in choice ? choice.rule : null,
    outcome: null,
    told: choice.kind === 'take' ? null : choice.kind,
    takenBy: choice.kind === 'already-taken' ? choice.by : null,
    call: choice.kind === 'take' && call ? pickedCall(call, choice.candidates, atMs) : null,
    lost: [],
    latencyUs,
    settledAfterMs: null,
    by: null,
  };
}

/** Begins the id of each channel that we call a picker on; what comes of it is one attempt, with one record. */
export const TAKE_CHANNEL = 'callwarden-take-';

/** Of a question the nonce names the attempt; where we called the picker for it, the channel that we called him on. */
function idOf(pickerChannelId: string, nonce: string): string {
  return `pickup:${pickerChannelId.startsWith(TAKE_CHANNEL) ? pickerChannelId : nonce}`;
}

/** `atMs`: when it was chosen. */
export function pickedCall(call: RingingCall, candidates: readonly Candidate[], atMs: number): PickedCall {
  const { callId, callerNumber, callerName, callerExtension, ringingSinceMs } = call;
  return {
    callId,
    callerNumber,
    callerName,
    callerExtension,
    from: candidates[0]?.extension ?? '',
    rangMs: Math.max(0, atMs - ringingSinceMs),
  };
}
