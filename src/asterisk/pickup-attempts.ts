// The attempts that Asterisk is carrying out: each keeps its claim until somebody has the call or the picker has lost it.
import type { AriChannel, AriEvent, AriLink } from './ari/link.ts';
import { CAUSES } from './causes.ts';
import type { AnsweredCall } from '../pickup/answers.ts';
import type { RingingBoard } from '../pickup/board.ts';
import type { Candidate, PickupRequest, RingingCall } from '../pickup/call.ts';
import type { CallFacts } from '../pickup/protections.ts';
import type { PickupGrant } from '../pickup/rights.ts';
import { CLAIM_MS, withClaim, withoutClaim, withTaken, type Claim } from '../pickup/claims.ts';
import type { PickupOutcome, PickupRecord } from './pickup-record.ts';

export interface Attempt {
  readonly request: PickupRequest;
  /** The PIN that he has entered for it. */
  readonly grant: PickupGrant | null;
  readonly picker: string;
  readonly pickerChannelId: string;
  readonly callId: string;
  /**
   * The legs of the call that he may take. Asterisk is told one after the other: with two of them `PickupChan` could take the
   * second while the owner of the first answers, and one of them would be answered for nothing.
   */
  readonly candidates: readonly [Candidate, ...Candidate[]];
  /** Those behind the one that is being tried. */
  readonly rest: readonly Candidate[];
  /** What protections look at, and the phones it rang on; undefined where the call had gone from the board. */
  readonly call: (CallFacts & Pick<RingingCall, 'legs'>) | undefined;
  readonly record: PickupRecord;
}

/** The leg that Asterisk was told to take. */
export function legTried({ candidates, rest }: Pick<Attempt, 'candidates' | 'rest'>): Candidate {
  return candidates[candidates.length - rest.length - 1] ?? candidates[0];
}

/** Asterisk's own word on who took what (AMI `Pickup`): a hint for the record, never a reason to grant anything. */
export interface PickupHint {
  readonly pickerChannelId: string;
  readonly targetChannelId: string;
}

export interface PickupAttempts {
  /** Holds the call for the picker until the attempt ends; one that his channel has open already ends first. */
  begin(attempt: Attempt): void;
  /** The picker has lost the leg and tries this one instead, in the same attempt; does nothing when it has ended. */
  tryNext(
    pickerChannelId: string,
    next: Pick<Attempt, 'callId' | 'candidates' | 'rest' | 'call' | 'record'>,
  ): void;
  /** Events after the board has heard them. */
  onEvent(event: AriEvent, link: AriLink | null): void;
  onHint(hint: PickupHint): void;
  /** Ends an attempt and hands its record on; does nothing when it has ended before. */
  end(pickerChannelId: string, outcome: PickupOutcome, detail?: Partial<PickupRecord>): void;
  get(pickerChannelId: string): Attempt | undefined;
  claims(): readonly Claim[];
  /**
   * What is being taken now, as answers: a leg may have stopped ringing a moment before any event tells who has the call, and
   * who comes in that moment is told of this one, not of an earlier call.
   */
  underWay(nowMs: number): readonly AnsweredCall[];
  readonly size: number;
}

export interface AttemptPorts {
  readonly board: RingingBoard;
  readonly nowMs: () => number;
  readonly record: (record: PickupRecord) => void;
  /** What an attempt leaves behind is looked at. */
  readonly onEnded?: (attempt: Attempt, outcome: PickupOutcome) => void;
}

/**
 * How long an attempt is followed. The call is held for him no longer than a claim stands; but what came of it may be heard
 * later, behind a link or a daemon that stood still for a moment, and belongs into his record.
 */
export const FOLLOWED_MS = 8_000;

/** Attempts followed at once; beyond it the oldest is recorded as unknown. */
const ATTEMPTS_MAX = 1_000;

interface OpenAttempt extends Attempt {
  /** The leg that was tried went with the word that somebody else has the call. */
  legTaken: boolean;
  hint: PickupHint | null;
  /** The end of the claim, then that of the attempt. */
  deadline: NodeJS.Timeout;
  isHeld: boolean;
}

interface State {
  readonly ports: AttemptPorts;
  readonly open: Map<string, OpenAttempt>;
  claims: readonly Claim[];
}

export function createPickupAttempts(ports: AttemptPorts): PickupAttempts {
  const state: State = { ports, open: new Map(), claims: [] };
  return {
    begin: (attempt) => begin(state, attempt),
    tryNext: (pickerChannelId, next) => {
      const attempt = state.open.get(pickerChannelId);
      if (!attempt) return;
      clearTimeout(attempt.deadline);
      state.open.delete(pickerChannelId);
      state.claims = withoutClaim(state.claims, pickerChannelId);
      begin(state, { ...attempt, ...next });
    },
    onEvent: (event, link) => onEvent(state, event, link),
    onHint: (hint) => {
      const attempt = state.open.get(hint.pickerChannelId);
      if (!attempt || legTried(attempt).channelId !== hint.targetChannelId) return;
      attempt.hint = hint;
      if (attempt.legTaken) end(state, attempt.pickerChannelId, 'won');
    },
    end: (pickerChannelId, outcome, detail) => end(state, pickerChannelId, outcome, detail),
    get: (pickerChannelId) => state.open.get(pickerChannelId),
    claims: () => state.claims,
    underWay: (atMs) =>
      Array.from(
        state.open.values().filter(({ isHeld }) => isHeld),
        (attempt) => answerOf(attempt, atMs),
      ),
    get size() {
      return state.open.size;
    },
  };
}

function begin(state: State, attempt: Attempt): void {
  const { pickerChannelId, picker, callId } = attempt;
  // Whoever asks again has not got the call, unless Asterisk has named him.
  end(state, pickerChannelId, state.open.get(pickerChannelId)?.hint ? 'won' : 'unknown');
  const [oldest] = state.open.keys();
  if (state.open.size >= ATTEMPTS_MAX && oldest !== undefined) end(state, oldest, 'unknown');
  state.claims = withClaim(state.claims, { callId, picker, pickerChannelId, sinceMs: state.ports.nowMs() });
  const deadline = setTimeout(() => release(state, pickerChannelId), CLAIM_MS).unref();
  state.open.set(pickerChannelId, { ...attempt, legTaken: false, hint: null, deadline, isHeld: true });
}

function onEvent(state: State, event: AriEvent, link: AriLink | null): void {
  if (event.type === 'Dial') {
    // Wherever a caller dials and not a queue, the picker shows up as the one who answered him.
    if (event.dialstatus === 'ANSWER' && state.open.has(event.peer.id)) end(state, event.peer.id, 'won');
  } else if (event.type === 'ChannelDestroyed') {
    pickerGone(state, event.channel);
    if (event.cause === CAUSES.answeredElsewhere) legTaken(state, event.channel.id, link);
  }
}

/** The leg was taken, by the picker or by somebody who was quicker: his channel tells. */
function legTaken(state: State, channelId: string, link: AriLink | null): void {
  for (const attempt of state.open.values()) {
    if (legTried(attempt).channelId !== channelId) continue;
    attempt.legTaken = true;
    if (attempt.hint) end(state, attempt.pickerChannelId, 'won');
    else if (link) void askPicker(state, attempt, link);
  }
}

/**
 * A picked channel goes on in the place of the leg that it took, as a dialled one: `AppDial` or `AppQueue` (measured;
 * app_dial.c, app_queue.c). Before Asterisk 16.3, which does not say what a channel runs, the deadline decides.
 */
export function isInPlaceOfLeg({ dialplan }: AriChannel): boolean {
  return dialplan.appName.startsWith('App');
}

async function askPicker(state: State, attempt: OpenAttempt, link: AriLink): Promise<void> {
  const channel = await link.getChannel(attempt.pickerChannelId).catch(() => null);
  if (!channel || !isInPlaceOfLeg(channel)) return;
  if (state.open.get(attempt.pickerChannelId) === attempt) end(state, attempt.pickerChannelId, 'won');
}

/** He may have had the call for an instant, be it that nothing else has told so yet: his end does. */
function pickerGone(state: State, channel: AriChannel): void {
  const attempt = state.open.get(channel.id);
  if (attempt) end(state, channel.id, attempt.hint || isInPlaceOfLeg(channel) ? 'won' : 'abandoned');
}

/**
 * The claim has ended. A picker who has lost comes back within the deadline of the dialplan; one who stays away has the call. Of
 * whom neither is known, the call is free for others, and he is followed on.
 */
function release(state: State, pickerChannelId: string): void {
  const attempt = state.open.get(pickerChannelId);
  if (!attempt) return;
  if (attempt.legTaken || attempt.hint) {
    end(state, pickerChannelId, 'won');
    return;
  }
  attempt.isHeld = false;
  state.claims = withoutClaim(state.claims, pickerChannelId);
  attempt.deadline = setTimeout(() => expire(state, pickerChannelId), FOLLOWED_MS - CLAIM_MS).unref();
}

/** Nothing more is waited for. */
function expire(state: State, pickerChannelId: string): void {
  const attempt = state.open.get(pickerChannelId);
  if (attempt) end(state, pickerChannelId, attempt.legTaken || attempt.hint ? 'won' : 'unknown');
}

function end(
  state: State,
  pickerChannelId: string,
  outcome: PickupOutcome,
  detail: Partial<PickupRecord> = {},
): void {
  const attempt = state.open.get(pickerChannelId);
  if (!attempt) return;
  const { ports } = state;
  clearTimeout(attempt.deadline);
  state.open.delete(pickerChannelId);
  ports.onEnded?.(attempt, outcome);
  const nowMs = ports.nowMs();
  state.claims =
    outcome === 'won'
      ? withTaken(state.claims, pickerChannelId, nowMs)
      : withoutClaim(state.claims, pickerChannelId);
  if (outcome === 'won') {
    const pickedUpFrom = callTaken(attempt)?.from ?? null;
    ports.board.noteAnswered({ ...answerOf(attempt, nowMs), pickedUpFrom });
  }
  ports.record({
    ...attempt.record,
    ...(outcome === 'won' ? { takenBy: attempt.picker, call: callTaken(attempt) } : {}),
    ...detail,
    outcome,
    settledAfterMs: Math.max(0, nowMs - attempt.record.atMs),
  });
}

/** Of all phones that it rang on: whoever reaches for another one of them is too late as well. */
function answerOf({ callId, candidates, picker, call }: Attempt, atMs: number): AnsweredCall {
  const extensions = (call?.legs ?? candidates).map(({ extension }) => extension);
  return { callId, ...(call ? { call } : {}), extensions, by: picker, atMs };
}

function callTaken(attempt: OpenAttempt): PickupRecord['call'] {
  const { record } = attempt;
  return record.call && { ...record.call, from: legTried(attempt).extension };
}
