// The ringing board: which calls ring on which phones right now, folded from the PBX's events.
import { justAnswered, withAnswer, type AnsweredCall } from './answers.ts';
import type { RingingCall } from './call.ts';
import * as table from './channels.ts';
import type { ChannelTable, KnownChannel } from './channels.ts';
import type { ListedChannel, PbxEvent } from './events.ts';
import { findCallers, leaveBehind } from './passed-on.ts';
import { endByCause, endOf, wentOn } from './ring-ends.ts';
import type { RingEnd, RingWatcher } from './ring-watcher.ts';
import { headOf, ringingCalls, waits } from './ringing-calls.ts';

export interface BoardOptions {
  /** The internal extension in a channel's name; null for trunks and everything else, which never ring on the board. */
  readonly extensionOf: (channelName: string) => string | null;
  /** Channels remembered at most; beyond it the oldest that do not ring are dropped, and counted. */
  readonly channelsMax?: number;
  /** Hears of every ring and its end. */
  readonly watcher?: RingWatcher;
}

export interface RingingBoard {
  apply(event: PbxEvent): void;
  /**
   * Makes the board true again after a gap in the events. What is listed stays or comes on, everything else has
   * gone; who answered in the gap is not known.
   */
  rebuild(listing: readonly ListedChannel[], atMs: number): void;
  /** True while something rings on without its caller and is not offered, until `findCallers` has been given a listing. */
  isAsking(): boolean;
  findCallers(listing: readonly ListedChannel[]): void;
  /** Longest ringing first. */
  ringing(): readonly RingingCall[];
  /** Calls that somebody has answered or taken a moment before `nowMs`, latest first. */
  answered(nowMs: number): readonly AnsweredCall[];
  /** Tells who has a call, from a source other than the events; what the events have said stands. */
  noteAnswered(answer: AnsweredCall): void;
  counts(): { readonly channels: number; readonly dropped: number };
}

/** Enough for 10,000 calls at once, in about 10 MB. */
const CHANNELS_MAX = 20_000;

interface BoardState {
  readonly channels: ChannelTable;
  readonly watcher: RingWatcher | null;
  /** Of the last event. */
  heardAtMs: number;
  answers: readonly AnsweredCall[];
}

/** DialStatus values, in lower case, of a dial that goes on; every other one has ended it (main/dial.c, app_dial.c). */
const DIAL_GOES_ON: ReadonlySet<string> = new Set(['', 'ringing', 'progress', 'proceeding']);

/** Q.850 cause of a leg that was cancelled because the call was answered elsewhere. */
const CAUSE_ANSWERED_ELSEWHERE = 26;

/**
 * What a phone runs that a program called by ARI or AMI. It is not offered: no event says for whom it rings, not even where
 * the program named an originator, and who took it would be in that program, which does not know him (measured on 22.10.1 and
 * 16.28; before 16.3 Asterisk does not say what a channel runs).
 */
const CALLED_BY_PROGRAMS: ReadonlySet<string> = new Set(['AppDial2', 'Stasis']);

/** An empty board. */
export function createRingingBoard(options: BoardOptions): RingingBoard {
  const channels = table.createChannelTable(options.extensionOf, options.channelsMax ?? CHANNELS_MAX);
  const watcher = options.watcher ?? null;
  const state: BoardState = { channels, watcher, answers: [], heardAtMs: 0 };
  channels.onDropped = ({ id }) => watcher?.lost([id], state.heardAtMs);
  return {
    apply: (event) => apply(state, event),
    rebuild: (listing, atMs) => rebuild(state, listing, atMs),
    isAsking: () => channels.orphans.size > 0,
    findCallers: (listing) => passOn(state, listing),
    ringing: () => ringingCalls(channels),
    answered: (nowMs) => justAnswered(state.answers, nowMs),
    noteAnswered: (answer) => {
      state.answers = withAnswer(state.answers, answer);
      watcher?.answered({ ...answer, how: 'pickup', from: answer.pickedUpFrom ?? null });
    },
    counts: () => ({ channels: channels.channels.size, dropped: channels.dropped }),
  };
}

function apply(state: BoardState, event: PbxEvent): void {
  state.heardAtMs = event.atMs;
  switch (event.type) {
    case 'channel-created':
    case 'channel-changed':
      learned(state, event);
      break;
    case 'channel-destroyed':
      destroyed(state, event);
      break;
    case 'dialled':
      dialled(state, event);
      break;
  }
}

function learned(
  state: BoardState,
  { type, channel: facts, atMs }: Extract<PbxEvent, { type: 'channel-created' | 'channel-changed' }>,
): void {
  const before = state.channels.channels.get(facts.id);
  const waitedBefore = before !== undefined && waits(before);
  const channel = table.learn(state.channels, facts, atMs);
  // Whoever calls comes in the state `ring` and with what he dialled; a phone that is called has the exten `s`.
  if (type === 'channel-created' && facts.state === 'ring') channel.dialled ||= facts.exten ?? '';
  if (before && !waitedBefore && waits(channel)) state.watcher?.offered(channel.id, atMs);
  follow(state, channel, atMs);
}

/** Takes a phone's state in. */
function follow(state: BoardState, channel: KnownChannel, atMs: number): void {
  if (channel.extension === null) return;
  if (channel.state === 'ringing' && channel.called && channel.ringing === 'not-yet') {
    startRinging(state, channel, atMs);
  }
  if (channel.state !== 'up') return;
  // A phone that answers at once may never have been told as ringing.
  if (channel.called && channel.ringing !== 'over') {
    noteAnswer(state, channel, channel.extension, atMs);
    const answer = { callId: table.callIdOf(state.channels, channel), by: channel.extension, atMs };
    state.watcher?.answered({ ...answer, how: 'phone' });
  }
  stopRinging(state, channel, 'answered', atMs);
}

function startRinging(state: BoardState, leg: KnownChannel, sinceMs: number): void {
  table.startRinging(state.channels, leg, sinceMs);
  tellRang(state, leg);
}

function tellRang({ channels, watcher }: BoardState, leg: KnownChannel): void {
  if (!watcher || leg.extension === null) return;
  const { id: channelId, extension, knownSinceMs, ringingSinceMs: sinceMs } = leg;
  const caller = table.callerOf(channels, leg);
  const call = headOf(channels, leg, caller, table.callIdOf(channels, leg));
  watcher.rang({ channelId, extension, sinceMs, knownSinceMs, offered: !caller || waits(caller), call });
}

function stopRinging(state: BoardState, leg: KnownChannel, end: RingEnd, atMs: number): void {
  const { channels, watcher } = state;
  table.stopRinging(channels, leg);
  const { id: channelId, extension } = leg;
  if (extension !== null) {
    watcher?.stopped({ channelId, extension, callId: table.callIdOf(channels, leg) }, end, atMs);
  }
}

function dialled(state: BoardState, event: Extract<PbxEvent, { type: 'dialled' }>): void {
  const { channels } = state;
  if (!DIAL_GOES_ON.has(event.status)) {
    dialEnded(state, event);
    return;
  }
  const caller = event.caller && table.learn(channels, event.caller, event.atMs);
  const peer = table.learn(channels, event.peer, event.atMs);
  if (caller) {
    table.noteDialled(caller, event.caller?.exten ?? '');
    const before = table.callIdOf(channels, peer);
    table.connect(channels, caller, peer);
    peer.called = true;
    caller.dialledAt = event.caller?.place ?? null;
    state.watcher?.joined(before, table.callIdOf(channels, peer));
  }
  // A phone that sends sound of its own in place of ringing (183) stays `down`, and can be taken all the same (pickup.c).
  const isEarly = event.status === 'progress' && peer.state === 'down';
  if (isEarly && peer.called && peer.extension !== null && peer.ringing === 'not-yet') {
    startRinging(state, peer, event.atMs);
  }
  follow(state, peer, event.atMs);
}

/** The end of a dial may be told after those of its channels: it brings none of them back. */
function dialEnded(state: BoardState, event: Extract<PbxEvent, { type: 'dialled' }>): void {
  const { channels } = state.channels;
  const peer = channels.get(event.peer.id);
  if (!peer) return;
  if (event.status === 'answer') {
    answered(state, event.caller && (channels.get(event.caller.id) ?? null), peer, event.atMs);
  } else {
    stopRinging(state, peer, event.forwarded === true ? 'forwarded' : endOf(event.status), event.atMs);
  }
}

/**
 * A dial was answered: by the phone that it rang, or by a channel that it never dialled and that took the phone's
 * place, which is how a pickup shows. Once the caller himself has somebody, none of his phones rings any more, even
 * while the events of their ends are still on the way.
 */
function answered(state: BoardState, caller: KnownChannel | null, peer: KnownChannel, atMs: number): void {
  const { channels } = state;
  // A phone answers its own call once; its caller may have been replaced meanwhile, by a transfer while it rang.
  const isOwn = peer.called || peer.parentId === caller?.id;
  peer.called = false;
  if (caller && !peer.isLocal && !isOwn) {
    const answer = { callId: table.callIdOf(channels, caller), by: peer.extension, atMs };
    state.answers = withAnswer(state.answers, { ...answer, extensions: [] });
    state.watcher?.answered({ ...answer, how: 'pickup' });
  } else if (caller && !peer.isLocal && peer.extension === null) {
    const callId = table.callIdOf(channels, caller);
    state.watcher?.answered({ callId, by: null, atMs, how: 'outside' });
  }
  stopRinging(state, peer, 'answered', atMs);
  if (!caller || caller.isLocal) return;
  caller.firstRangAtMs = null;
  for (const leg of channels.ringing.values()) {
    if (table.callerOf(channels, leg) !== caller) continue;
    noteAnswer(state, leg, null, atMs);
    stopRinging(state, leg, 'cancelled', atMs);
  }
}

function destroyed(state: BoardState, event: Extract<PbxEvent, { type: 'channel-destroyed' }>): void {
  const { channelId, cause, atMs } = event;
  const { channels, watcher } = state;
  const channel = channels.channels.get(channelId);
  if (!channel) return;
  // A queue that is picked from tells of it only by this cause: its Dial events name nobody (app_queue.c).
  const wasThere = channel.state === 'ringing' || channel.ringing === 'now';
  if (wasThere && channel.called && cause === CAUSE_ANSWERED_ELSEWHERE) {
    noteAnswer(state, channel, null, atMs);
    const callId = table.callIdOf(channels, channel);
    if (channel.extension !== null) watcher?.answered({ callId, by: null, atMs, how: 'unsaid' });
    table.forgetFirstRing(channels, channel);
  }
  const end = endByCause(cause);
  if (channel.ringing === 'now' || end === 'refused') stopRinging(state, channel, end, atMs);
  watcher?.callerGone(channelId, wentOn(channel.dialledAt, event.place), atMs);
  leaveBehind(channels, channelId);
  table.forget(channels, channelId);
}

function passOn(state: BoardState, listing: readonly ListedChannel[]): void {
  for (const { callIdBefore, callId, ringing } of findCallers(state.channels, listing)) {
    state.watcher?.joined(callIdBefore, callId);
    for (const leg of ringing) tellRang(state, leg);
  }
}

function noteAnswer(state: BoardState, leg: KnownChannel, by: string | null, atMs: number): void {
  if (leg.extension === null) return;
  const callId = table.callIdOf(state.channels, leg);
  const call = headOf(state.channels, leg, table.callerOf(state.channels, leg), callId);
  const answer = { callId, extensions: [leg.extension], by, atMs, call };
  state.answers = withAnswer(state.answers, answer, leg.ringingSinceMs);
}

function rebuild(state: BoardState, listing: readonly ListedChannel[], atMs: number): void {
  const { channels } = state;
  const listed = new Set(listing.map(({ id }) => id));
  const gone = [...channels.channels.keys()].filter((id) => !listed.has(id));
  state.watcher?.lost(gone, state.heardAtMs);
  for (const id of gone) {
    leaveBehind(channels, id);
    table.forget(channels, id);
  }
  for (const facts of listing) {
    const isNew = !channels.channels.has(facts.id);
    const channel = table.learn(channels, facts, Math.min(facts.createdAtMs, atMs));
    channel.dialled ||= facts.dialled ?? '';
    if (facts.dialled !== undefined && facts.dialled !== '') table.noteDialled(channel, facts.exten ?? '');
    if (isNew && facts.linkedId !== '') channel.callId = facts.linkedId;
    if (channel.ringing === 'now' && channel.state === 'up') follow(state, channel, atMs);
    else if (channel.ringing === 'now' && channel.state !== 'ringing' && channel.state !== 'down') {
      stopRinging(state, channel, 'cancelled', atMs);
    }
  }
  // Only now, with all of them known, can a leg find its caller.
  const extens = table.localExtens(listing);
  for (const facts of listing) adopt(state, facts, extens.get(facts.linkedId) ?? [], atMs);
  passOn(state, listing);
}

/**
 * A listed phone that is called, or the half of a `Local` channel, that no event told of. Its linkedid names the call; the
 * channel of that id is the caller as long as it lives. A leg that is its own oldest channel was originated: nobody calls it.
 */
function adopt(state: BoardState, facts: ListedChannel, extens: readonly string[], atMs: number): void {
  const { channels } = state;
  const leg = channels.channels.get(facts.id);
  if (!leg || (leg.extension === null && !leg.isLocal) || leg.ringing !== 'not-yet') return;
  // One that is `down` may ring in the next event, which names no caller: `Dial` may tell of its ringing before it rings.
  if (leg.state !== 'ringing' && leg.state !== 'down') return;
  if (!leg.called) {
    if (facts.linkedId === '' || facts.linkedId === facts.id) return;
    if (CALLED_BY_PROGRAMS.has(facts.application ?? '')) return;
    const caller = channels.channels.get(facts.linkedId);
    if (caller) table.connect(channels, caller, leg);
    // Which `Local` channels stood between the two is not to be learnt, so all of the call count.
    if (!leg.isLocal) leg.alsoDialled = extens;
    leg.called = true;
  }
  leg.connectedNumber = facts.connectedNumber;
  leg.connectedName = facts.connectedName;
  if (leg.state !== 'ringing' || leg.isLocal) return;
  startRinging(state, leg, Math.min(facts.createdAtMs, atMs));
}
