// The ringing board: which calls ring on which phones right now, folded from the PBX's events.
import { justAnswered, withAnswer, type AnsweredCall } from './answers.ts';
import type { RingingCall } from './call.ts';
import * as table from './channels.ts';
import type { ChannelTable, KnownChannel } from './channels.ts';
import type { ListedChannel, PbxEvent } from './events.ts';
import { ringingCalls } from './ringing-calls.ts';

export interface BoardOptions {
  /** The internal extension in a channel's name; null for trunks and everything else, which never ring on the board. */
  readonly extensionOf: (channelName: string) => string | null;
  /** Channels remembered at most; beyond it the oldest that do not ring are dropped, and counted. */
  readonly channelsMax?: number;
}

export interface RingingBoard {
  apply(event: PbxEvent): void;
  /**
   * Makes the board true again after a gap in the events. What is listed stays or comes on, everything else has
   * gone; who answered in the gap is not known.
   */
  rebuild(listing: readonly ListedChannel[], atMs: number): void;
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
  answers: readonly AnsweredCall[];
}

/** DialStatus values, in lower case, of a dial that goes on; every other one has ended it (main/dial.c, app_dial.c). */
const DIAL_GOES_ON: ReadonlySet<string> = new Set(['', 'ringing', 'progress', 'proceeding']);

/** Q.850 cause of a leg that was cancelled because the call was answered elsewhere. */
const CAUSE_ANSWERED_ELSEWHERE = 26;

/** An empty board. */
export function createRingingBoard(options: BoardOptions): RingingBoard {
  const channels = table.createChannelTable(options.extensionOf, options.channelsMax ?? CHANNELS_MAX);
  const state: BoardState = { channels, answers: [] };
  return {
    apply: (event) => apply(state, event),
    rebuild: (listing, atMs) => rebuild(state, listing, atMs),
    ringing: () => ringingCalls(channels),
    answered: (nowMs) => justAnswered(state.answers, nowMs),
    noteAnswered: (answer) => {
      state.answers = withAnswer(state.answers, answer);
    },
    counts: () => ({ channels: channels.channels.size, dropped: channels.dropped }),
  };
}

function apply(state: BoardState, event: PbxEvent): void {
  switch (event.type) {
    case 'channel-created':
    case 'channel-changed':
      follow(state, table.learn(state.channels, event.channel), event.atMs);
      break;
    case 'channel-destroyed':
      destroyed(state, event.channelId, event.cause, event.atMs);
      break;
    case 'dialled':
      dialled(state, event);
      break;
  }
}

/** Takes a phone's state in. */
function follow(state: BoardState, channel: KnownChannel, atMs: number): void {
  if (channel.extension === null) return;
  if (channel.state === 'ringing' && channel.called && channel.ringing === 'not-yet') {
    table.startRinging(state.channels, channel, atMs);
  }
  if (channel.state !== 'up') return;
  // A phone that answers at once may never have been told as ringing.
  if (channel.called && channel.ringing !== 'over') noteAnswer(state, channel, channel.extension, atMs);
  table.stopRinging(state.channels, channel);
}

function dialled(state: BoardState, event: Extract<PbxEvent, { type: 'dialled' }>): void {
  const { channels } = state;
  if (!DIAL_GOES_ON.has(event.status)) {
    dialEnded(state, event);
    return;
  }
  const caller = event.caller && table.learn(channels, event.caller);
  const peer = table.learn(channels, event.peer);
  if (caller) {
    table.connect(channels, caller, peer);
    peer.called = true;
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
    table.stopRinging(state.channels, peer);
  }
}

/**
 * A dial was answered: by the phone that it rang, or by a channel that it never dialled and that took the phone's
 * place, which is how a pickup shows. Once the caller himself has somebody, none of his phones rings any more, even
 * while the events of their ends are still on the way.
 */
function answered(state: BoardState, caller: KnownChannel | null, peer: KnownChannel, atMs: number): void {
  const { channels } = state;
  if (caller && !peer.isLocal && peer.parentId !== caller.id) {
    const callId = table.callIdOf(channels, caller);
    state.answers = withAnswer(state.answers, { callId, extensions: [], by: peer.extension, atMs });
  }
  table.stopRinging(channels, peer);
  if (!caller || caller.isLocal) return;
  caller.firstRangAtMs = null;
  for (const leg of channels.ringing.values()) {
    if (table.callerOf(channels, leg) !== caller) continue;
    noteAnswer(state, leg, null, atMs);
    table.stopRinging(channels, leg);
  }
}

function destroyed(state: BoardState, channelId: string, cause: number, atMs: number): void {
  const channel = state.channels.channels.get(channelId);
  // A queue that is picked from tells of it only by this cause: its Dial events name nobody (app_queue.c).
  if (channel?.state === 'ringing' && channel.called && cause === CAUSE_ANSWERED_ELSEWHERE) {
    noteAnswer(state, channel, null, atMs);
  }
  table.forget(state.channels, channelId);
}

function noteAnswer(state: BoardState, leg: KnownChannel, by: string | null, atMs: number): void {
  if (leg.extension === null) return;
  const callId = table.callIdOf(state.channels, leg);
  const answer = { callId, extensions: [leg.extension], by, atMs };
  state.answers = withAnswer(state.answers, answer, leg.ringingSinceMs);
}

function rebuild(state: BoardState, listing: readonly ListedChannel[], atMs: number): void {
  const { channels } = state;
  const listed = new Set(listing.map(({ id }) => id));
  for (const id of channels.channels.keys()) if (!listed.has(id)) table.forget(channels, id);
  for (const facts of listing) {
    const isNew = !channels.channels.has(facts.id);
    const channel = table.learn(channels, facts);
    if (isNew && facts.linkedId !== '') channel.callId = facts.linkedId;
    if (channel.ringing === 'now' && channel.state !== 'ringing') table.stopRinging(channels, channel);
  }
  // Only now, with all of them known, can a leg find its caller.
  for (const facts of listing) adopt(state, facts, atMs);
}

/**
 * A listed phone that rings and that no event told of. Its linkedid names the call; the channel of that id is the
 * caller as long as it lives. A leg that is its own oldest channel was originated: nobody calls it.
 */
function adopt(state: BoardState, facts: ListedChannel, atMs: number): void {
  const { channels } = state;
  const leg = channels.channels.get(facts.id);
  if (!leg || leg.state !== 'ringing' || leg.extension === null || leg.ringing !== 'not-yet') return;
  if (!leg.called) {
    if (facts.linkedId === '' || facts.linkedId === facts.id) return;
    const caller = channels.channels.get(facts.linkedId);
    if (caller) table.connect(channels, caller, leg);
    leg.called = true;
  }
  leg.connectedNumber = facts.connectedNumber;
  leg.connectedName = facts.connectedName;
  table.startRinging(channels, leg, Math.min(facts.createdAtMs, atMs));
}
