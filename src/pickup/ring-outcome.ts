// What a call that rang was: its outcome, and its record, from what was heard of its phones and its end.
import type { RingingCall } from './call.ts';
import type { RingOutcome, RingRecord, RungExtension } from './ring-record.ts';
import type { HeardAnswer, RingEnd } from './ring-watcher.ts';

interface Rung {
  readonly sinceMs: number;
  /** Of the rings that are over. */
  ringMs: number;
  /** How the last one ended; null while none has. */
  end: RingEnd | null;
}

interface Answer extends Pick<HeardAnswer, 'by' | 'how'> {
  readonly from: string | null;
  /** A phone of the house rang when it came. */
  readonly wasRinging: boolean;
}

/** A call from its first ring to its record. */
export interface OpenCall {
  head: Omit<RingingCall, 'legs'>;
  callerChannelId: string | null;
  /** Null as long as the board does not offer it: nobody is at its other end. */
  startedAtMs: number | null;
  /** When the last phone stopped. */
  stoppedAtMs: number;
  lastEnd: RingEnd | null;
  /** The phones that ring now, by channel. */
  readonly legs: Map<string, { readonly extension: string; readonly sinceMs: number }>;
  /** Every phone that rang, by extension. */
  readonly rung: Map<string, Rung>;
  /** A phone rang on while nothing was heard. */
  legLost: boolean;
  answer: Answer | null;
  /** He gave up: it rang, or he waited in the queue that rang the phones. */
  gaveUp: boolean;
  /** Its end was not heard. */
  cut: boolean;
  /** When he went while phones rang on: in that instant they stop, too, or somebody else calls. Else null. */
  leftAtMs: number | null;
  closedAtMs: number | null;
}

/** Nothing more is to be told of who has it and whose phone it was taken from. */
export function isComplete(call: OpenCall): boolean {
  const { answer } = call;
  if (!answer) return true;
  if (answer.how === 'unsaid') return false;
  return answer.how !== 'pickup' || (answer.by !== null && takenFrom(call) !== null);
}

/** The record of a closed call; null for one that was never offered. */
export function toRecord(call: OpenCall): RingRecord | null {
  const { head, startedAtMs, answer } = call;
  if (startedAtMs === null || call.closedAtMs === null) return null;
  const outcome = outcomeOf(call);
  const isTaken = outcome === 'answered' || outcome === 'rescued' || outcome === 'forwarded';
  const endedAtMs = Math.max(
    startedAtMs,
    isTaken || outcome === 'abandoned' ? call.closedAtMs : call.stoppedAtMs,
  );
  return {
    callId: head.callId,
    startedAtMs,
    endedAtMs,
    ringMs: endedAtMs - startedAtMs,
    outcome,
    answeredBy: isTaken ? (answer?.by ?? null) : null,
    takenFrom: outcome === 'rescued' ? takenFrom(call) : null,
    callerNumber: head.callerNumber,
    callerName: head.callerName,
    callerExtension: head.callerExtension,
    dialled: head.dialled[0] ?? '',
    extensions: rungExtensions(call, isTaken),
  };
}

function outcomeOf(call: OpenCall): RingOutcome {
  const ends = [...call.rung.values()].map(({ end }) => end);
  const allRefused = ends.every((end) => end === 'refused');
  switch (call.answer?.how) {
    case 'phone':
    case 'unsaid':
      return 'answered';
    case 'pickup':
      return isOwn(call) ? 'answered' : 'rescued';
    case 'outside':
      if (ends.includes('forwarded')) return 'forwarded';
      if (call.answer.wasRinging) return 'answered';
      return allRefused ? 'refused' : 'unanswered';
    case undefined:
      if (call.cut || call.legLost) return 'unknown';
      if (allRefused) return 'refused';
      return call.gaveUp ? 'abandoned' : 'unanswered';
  }
}

/** Where nobody said whose phone it was taken from, and only one can be meant, it was that one. */
function takenFrom(call: OpenCall): string | null {
  if (call.answer?.how !== 'pickup') return null;
  if (call.answer.from !== null) return call.answer.from;
  const ringing = [...call.rung].filter(([, { end }]) => rangUntilTaken(end)).map(([extension]) => extension);
  return ringing.length === 1 ? (ringing[0] ?? null) : null;
}

/** Taken on another phone of the very extension that it rang on: nobody else was needed. */
function isOwn(call: OpenCall): boolean {
  return call.answer?.how === 'pickup' && call.answer.by !== null && call.answer.by === takenFrom(call);
}

function rangUntilTaken(end: RingEnd | null): boolean {
  return end === null || end === 'cancelled';
}

function rungExtensions(call: OpenCall, isTaken: boolean): RungExtension[] {
  const from = takenFrom(call);
  const { answer, closedAtMs } = call;
  const outcome = (extension: string, end: RingEnd | null): RungExtension['outcome'] => {
    if (extension === from) return isOwn(call) ? 'answered' : 'taken';
    if (end === 'refused' || end === 'forwarded' || end === 'answered') return end;
    if (answer?.how === 'phone' && extension === answer.by) return 'answered';
    return isTaken && rangUntilTaken(end) ? 'elsewhere' : 'stopped';
  };
  return [...call.rung].map(([extension, { sinceMs, ringMs, end }]) => {
    const now = [...call.legs.values()].filter((leg) => leg.extension === extension);
    const stillMs = now.map((leg) => Math.max(0, (closedAtMs ?? leg.sinceMs) - leg.sinceMs));
    const rungMs = stillMs.reduce((sum, one) => sum + one, ringMs);
    return { extension, sinceMs, ringMs: rungMs, outcome: outcome(extension, now.length > 0 ? null : end) };
  });
}
