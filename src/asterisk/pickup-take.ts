// A call taken from outside a phone, by command, board or API: we call the picker's phone, and who answers it takes the call.
import { randomUUID } from 'node:crypto';
import type { AriEvent, AriLink } from './ari/link.ts';
import { forgetOldest } from '../forget-oldest.ts';
import { CAUSES } from './causes.ts';
import { CONTEXTS, VARIABLES } from './dialplan/variables.ts';
import { openRecord, TAKE_CHANNEL, type PickupRecord } from './pickup-record.ts';
import type { Choice, PickupRequest, RingingCall } from '../pickup/call.ts';
import { choose, type Situation } from '../pickup/choose.ts';
import type { PickupRights } from '../pickup/rights.ts';
import type { TakeOutcome, TakeRefusal, TakeRequest } from '../pickup/take.ts';

/** Calls that are being taken this way at once; each holds a connection of whoever waits for the outcome. */
const TAKES_MAX = 16;

/** How long the picker's phone rings. */
const RING_S = 20;

/** How long after that the outcome is waited for: the question, three calls at most, an announcement. */
const OUTCOME_MS = 20_000;

/** A queue lets its phones rest between two rounds: a call that rings no more may ring again in so long. */
const PAUSE_MS = 3_000;

/** Attempts whose asker is remembered until their last record has come. */
const ASKERS_MAX = 256;

/** Longest number or name shown on the picker's phone. */
const SHOWN_LENGTH_MAX = 64;

export interface TakePorts {
  readonly link: () => AriLink | null;
  readonly rights: () => PickupRights | null;
  readonly isExtension: (endpoint: string) => boolean;
  /** What rings, what was answered and what somebody is taking, now. */
  readonly situation: () => Situation;
  readonly record: (record: PickupRecord) => void;
}

export interface PickupTakes {
  /** Resolves with what came of it, within 45 s; null while there is no policy or no connection. Never rejects. */
  take(request: TakeRequest): Promise<TakeOutcome | null>;
  /** Events after the board has heard them. */
  onEvent(event: AriEvent): void;
  /** A picker's question has come; where he is one of ours, what follows is told by its record. */
  onQuestion(channelId: string): void;
  onRecord(record: PickupRecord): void;
  /** The record with who asked for it, where it is one of ours. */
  named(record: PickupRecord): PickupRecord;
  onDown(): void;
}

interface Take {
  readonly picker: string;
  readonly channelId: string;
  readonly call: RingingCall;
  readonly record: PickupRecord;
  /** `up`: the phone was answered; the call is the dialplan's to take, and nobody cancels it any more. */
  phase: 'ringing' | 'up' | 'asked';
  pause: NodeJS.Timeout | null;
  readonly deadline: NodeJS.Timeout;
  readonly settle: (outcome: TakeOutcome) => void;
}

interface State {
  readonly ports: TakePorts;
  readonly open: Map<string, Take>;
  /** Who asked, by the channel that the picker was called on. */
  readonly askers: Map<string, string>;
}

export function createPickupTakes(ports: TakePorts): PickupTakes {
  const state: State = { ports, open: new Map(), askers: new Map() };
  return {
    take: (request) => take(state, request),
    onEvent: (event) => onEvent(state, event),
    onQuestion: (channelId) => {
      const open = state.open.get(channelId);
      if (open) open.phase = 'asked';
    },
    onRecord: (record) => {
      const open = record.outcome === null ? undefined : state.open.get(record.pickerChannelId);
      if (open) end(state, open, outcomeOf(record));
    },
    named: (record) => ({ ...record, by: state.askers.get(record.pickerChannelId) ?? record.by }),
    onDown: () => {
      for (const open of state.open.values()) lose(state, open, { outcome: 'unknown' });
    },
  };
}

/** The right is checked before anybody's phone rings, and again when it was answered. The call is not claimed meanwhile. */
async function take(state: State, { target, picker, by }: TakeRequest): Promise<TakeOutcome | null> {
  const { ports, open, askers } = state;
  const link = ports.link();
  const rights = ports.rights();
  if (!link || !rights) return null;
  const isBusy = open.size >= TAKES_MAX || open.values().some((other) => other.picker === picker);
  if (isBusy) return refused('busy');
  const channelId = `${TAKE_CHANNEL}${randomUUID()}`;
  if (by !== undefined) askers.set(channelId, by);
  forgetOldest(askers, ASKERS_MAX);
  const situation = ports.situation();
  const request = requestOf(ports, situation, target, picker, channelId);
  const choice = choose(situation, rights, request);
  const call = situation.ringing.find(({ callId }) => choice.kind === 'take' && callId === choice.callId);
  const question = { nonce: '', channelName: `PJSIP/${picker}`, request };
  const record = openRecord(question, choice, call ?? null, situation.nowMs, 0);
  if (choice.kind !== 'take' || !call) {
    ports.record({ ...record, outcome: 'told', settledAfterMs: 0 });
    return refusedBy(choice);
  }
  const { promise, resolve } = Promise.withResolvers<TakeOutcome>();
  const deadline = setTimeout(() => giveUp(state, channelId), RING_S * 1000 + OUTCOME_MS);
  deadline.unref();
  open.set(channelId, {
    picker,
    channelId,
    call,
    record,
    phase: 'ringing',
    pause: null,
    deadline,
    settle: resolve,
  });
  void ring(state, link, channelId, call, picker);
  return promise;
}

/** An extension is meant where no call has that id. */
function requestOf(
  { isExtension }: TakePorts,
  { ringing }: Situation,
  target: string,
  picker: string,
  pickerChannelId: string,
): PickupRequest {
  const isCall = ringing.some(({ callId }) => callId === target);
  const kind = isCall || !isExtension(target) ? 'exact' : 'directed';
  return { kind, picker: isExtension(picker) ? picker : null, pickerChannelId, target };
}

async function ring(
  state: State,
  link: AriLink,
  channelId: string,
  call: RingingCall,
  picker: string,
): Promise<void> {
  const called = await link
    .originate({
      channelId,
      endpoint: `PJSIP/${picker}`,
      context: CONTEXTS.pickupExact,
      extension: 's',
      callerId: `"${shown(call.callerName)}" <${shown(call.callerNumber)}>`,
      timeoutS: RING_S,
      variables: {
        [VARIABLES.pickupTarget]: encodeURIComponent(call.callId),
        [VARIABLES.pickerNumber]: picker,
      },
    })
    .catch(() => 'gone' as const);
  const open = state.open.get(channelId);
  if (open && called === 'gone') lose(state, open, refused('unreachable'));
}

/** What a caller says of himself goes into the caller ID of a call of ours: nothing in it may end a name or a number. */
function shown(text: string): string {
  return text.replaceAll(/["<>\\\p{C}]/gu, '').slice(0, SHOWN_LENGTH_MAX);
}

function onEvent(state: State, event: AriEvent): void {
  if (state.open.size === 0) return;
  if (event.type === 'ChannelStateChange' && event.channel.state === 'Up') {
    const open = state.open.get(event.channel.id);
    if (open?.phase === 'ringing') open.phase = 'up';
  } else if (event.type === 'Dial' && event.dialstatus === 'ANSWER' && event.caller) {
    // Where there are several daemons, another one may have been asked; he is the one who answered that caller.
    const open = state.open.get(event.peer.id);
    if (open?.phase === 'up') end(state, open, takenAsRecorded(open));
  } else if (event.type === 'ChannelDestroyed') {
    const open = state.open.get(event.channel.id);
    if (open) lose(state, open, open.phase === 'ringing' ? refused('not-answered') : { outcome: 'unknown' });
  }
  const situation = state.ports.situation();
  for (const open of state.open.values()) if (open.phase === 'ringing') watch(state, open, situation, event);
}

/** The picker's phone rings for nothing once the call has gone. */
function watch(state: State, open: Take, situation: Situation, event: AriEvent): void {
  const { callId, callerChannelId } = open.call;
  if (situation.ringing.some((call) => call.callId === callId)) {
    if (open.pause) clearTimeout(open.pause);
    open.pause = null;
    return;
  }
  const answered = situation.answered.find((one) => one.callId === callId);
  const hasLeft = event.type === 'ChannelDestroyed' && event.channel.id === callerChannelId;
  if (answered) tooLate(state, open, refused('already-taken', answered.by));
  else if (hasLeft) tooLate(state, open, refused('nothing-ringing'));
  else open.pause ??= setTimeout(() => pauseOver(state, open), PAUSE_MS).unref();
}

function pauseOver(state: State, open: Take): void {
  if (state.open.get(open.channelId) !== open || open.phase !== 'ringing') return;
  const answered = state.ports.situation().answered.find(({ callId }) => callId === open.call.callId);
  tooLate(state, open, answered ? refused('already-taken', answered.by) : refused('nothing-ringing'));
}

function tooLate(state: State, open: Take, outcome: TakeOutcome): void {
  hangUp(state, open);
  lose(state, open, outcome);
}

function giveUp(state: State, channelId: string): void {
  const open = state.open.get(channelId);
  if (!open) return;
  hangUp(state, open);
  lose(state, open, { outcome: 'unknown' });
}

function hangUp({ ports }: State, { channelId }: Take): void {
  void ports
    .link()
    ?.hangup(channelId, CAUSES.answeredElsewhere)
    .catch(() => undefined);
}

/** Once the phone was answered, the record is that of its question. */
function lose(state: State, open: Take, outcome: TakeOutcome): void {
  const { phase, record } = open;
  end(state, open, outcome);
  if (phase !== 'ringing') return;
  const isLost =
    outcome.outcome === 'refused' &&
    (outcome.reason === 'already-taken' || outcome.reason === 'nothing-ringing');
  state.ports.record({
    ...record,
    outcome: isLost ? 'lost' : outcome.outcome === 'unknown' ? 'unknown' : 'abandoned',
    told: isLost ? outcome.reason : null,
    takenBy: isLost ? outcome.by : null,
    settledAfterMs: Math.max(0, state.ports.situation().nowMs - record.atMs),
  });
}

function end(state: State, open: Take, outcome: TakeOutcome): void {
  clearTimeout(open.deadline);
  if (open.pause) clearTimeout(open.pause);
  state.open.delete(open.channelId);
  open.settle(outcome);
}

function takenAsRecorded({ record }: Take): TakeOutcome {
  return outcomeOf({ ...record, outcome: 'won' });
}

function outcomeOf({ outcome, call, told, takenBy, rule }: PickupRecord): TakeOutcome {
  if (outcome === 'won' && call) {
    const { callId, from, callerNumber, callerName } = call;
    return { outcome: 'taken', callId, from, callerNumber, callerName };
  }
  return told === null ? { outcome: 'unknown' } : refused(told, takenBy, told === 'no-right' ? rule : null);
}

function refusedBy(choice: Choice): TakeOutcome {
  if (choice.kind === 'take') return refused('nothing-ringing');
  const by = choice.kind === 'already-taken' ? choice.by : null;
  return refused(choice.kind, by, choice.kind === 'no-right' ? choice.rule : null);
}

function refused(reason: TakeRefusal, by: string | null = null, rule: string | null = null): TakeOutcome {
  return { outcome: 'refused', reason, by, rule };
}
