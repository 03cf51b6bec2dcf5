// The channels that are up at the PBX, how they hang together, and a bound on how many are remembered.
import type { ChannelFacts, ChannelState, ListedChannel } from './events.ts';

export interface KnownChannel {
  readonly id: string;
  readonly name: string;
  /** The internal extension whose phone this is; null for a trunk, a `Local` channel and everything else. */
  readonly extension: string | null;
  readonly isLocal: boolean;
  /** When it was first heard of. */
  readonly knownSinceMs: number;
  /** What was dialled on it, or, of a `Local` channel, what it was called for; '' where that is not known. */
  dialled: string;
  /**
   * Where else its dialplan had phones called. Of a phone and a `Local` channel: what was dialled above it on channels that
   * are not known, or not any more.
   */
  alsoDialled: readonly string[];
  /** Its caller has gone, and who calls now is not known yet: with the line of the dialplan that he called it in. */
  leftBy: { readonly place: string | null } | null;
  /** The line of the dialplan that it ran when it last had a phone called, or, before that is heard of, when it was found. */
  dialledAt: string | null;
  state: ChannelState;
  callerNumber: string;
  callerName: string;
  /** The channel that dialled this one. */
  parentId: string | null;
  /** The call it belongs to, as long as nothing above it in the chain says better. */
  callId: string;
  /** Somebody called this phone; false for a leg that was originated and carries nobody's call. */
  called: boolean;
  /** What the leg itself was told of its caller, for when his channel is not known. */
  connectedNumber: string;
  connectedName: string;
  ringing: 'not-yet' | 'now' | 'over';
  ringingSinceMs: number;
  /** When a call of this caller began to ring; kept over the pauses of a queue, forgotten when it is answered. */
  firstRangAtMs: number | null;
  /** What this channel dialled, to hand the call's identity on to when it goes. */
  readonly children: Set<string>;
}

export interface ChannelTable {
  readonly extensionOf: (channelName: string) => string | null;
  readonly channelsMax: number;
  /** Oldest first. */
  readonly channels: Map<string, KnownChannel>;
  /** Those that do not ring, the one that has not rung for longest first. */
  readonly quiet: Set<string>;
  /** The legs that ring, in the order in which they began. */
  readonly ringing: Map<string, KnownChannel>;
  /** The halves of Local channels find each other by name: `Local/x@y-00000001;1` and `;2`. */
  readonly localIds: Map<string, string>;
  /** Those that are left by their caller. */
  readonly orphans: Set<string>;
  /** Channels forgotten because there were too many. */
  dropped: number;
  /** Told before one of them goes. */
  onDropped: (channel: KnownChannel) => void;
}

/** Longest chain of dials and Local halves that is followed; Asterisk's own forwards give up long before. */
const CHAIN_MAX = 32;

/** Numbers of one call: as many as a large group has members, each behind a `Local` channel. Further ones are not looked at. */
export const DIALLED_MAX = 64;

/** Numbers at which one channel had phones called, the latest. */
const DIALLED_LATER_MAX = 8;

/** An empty table. `extensionOf` tells the internal extension in a channel's name, null for anything else. */
export function createChannelTable(
  extensionOf: (channelName: string) => string | null,
  channelsMax: number,
): ChannelTable {
  return {
    extensionOf,
    channelsMax,
    channels: new Map(),
    quiet: new Set(),
    ringing: new Map(),
    localIds: new Map(),
    orphans: new Set(),
    dropped: 0,
    onDropped: () => undefined,
  };
}

/** Takes in what an event says of a channel, and makes it known. */
export function learn(table: ChannelTable, facts: ChannelFacts, atMs: number): KnownChannel {
  const known = table.channels.get(facts.id);
  if (known) {
    known.state = facts.state;
    known.callerNumber = facts.callerNumber;
    known.callerName = facts.callerName;
    return known;
  }
  makeRoom(table);
  const isLocal = facts.name.startsWith('Local/');
  const channel: KnownChannel = {
    id: facts.id,
    name: facts.name,
    state: facts.state,
    callerNumber: facts.callerNumber,
    callerName: facts.callerName,
    extension: isLocal ? null : table.extensionOf(facts.name),
    isLocal,
    knownSinceMs: atMs,
    dialled: isLocal ? localExten(facts.name) : '',
    alsoDialled: [],
    leftBy: null,
    dialledAt: facts.place ?? null,
    parentId: null,
    callId: facts.id,
    called: false,
    connectedNumber: '',
    connectedName: '',
    ringing: 'not-yet',
    ringingSinceMs: 0,
    firstRangAtMs: null,
    children: new Set(),
  };
  table.channels.set(channel.id, channel);
  table.quiet.add(channel.id);
  if (isLocal) table.localIds.set(channel.name, channel.id);
  return channel;
}

/** Notes that one channel dialled the other. */
export function connect(table: ChannelTable, caller: KnownChannel, peer: KnownChannel): void {
  if (caller === peer || peer.parentId === caller.id) return;
  if (peer.parentId !== null) table.channels.get(peer.parentId)?.children.delete(peer.id);
  peer.parentId = caller.id;
  caller.children.add(peer.id);
}

/** Notes where in its dialplan a channel has phones called; what is no number (`s`, a word) tells nothing of it. */
export function noteDialled(channel: KnownChannel, number: string): void {
  if (channel.isLocal || number === channel.dialled || !/^[+*#\d]/.test(number)) return;
  if (channel.alsoDialled.at(-1) === number) return;
  const before = channel.alsoDialled.filter((one) => one !== number);
  channel.alsoDialled = [...before, number].slice(-DIALLED_LATER_MAX);
}

/** Forgets a channel; what it dialled keeps the identity of the call, and its numbers. */
export function forget(table: ChannelTable, id: string): void {
  const channel = table.channels.get(id);
  if (!channel) return;
  const callId = callIdOf(table, channel);
  const half = isDialledHalf(channel) ? otherHalf(table, channel) : undefined;
  if (half) {
    half.alsoDialled = dialledOf(table, half);
    half.callId = callId;
  }
  for (const childId of channel.children) {
    const child = table.channels.get(childId);
    if (child?.parentId !== id) continue;
    child.alsoDialled = dialledOf(table, child);
    child.parentId = null;
    child.callId = callId;
  }
  if (channel.parentId !== null) table.channels.get(channel.parentId)?.children.delete(id);
  if (channel.isLocal) table.localIds.delete(channel.name);
  table.ringing.delete(id);
  table.orphans.delete(id);
  table.quiet.delete(id);
  table.channels.delete(id);
}

export function startRinging(table: ChannelTable, leg: KnownChannel, sinceMs: number): void {
  leg.ringing = 'now';
  leg.ringingSinceMs = sinceMs;
  table.ringing.set(leg.id, leg);
  table.quiet.delete(leg.id);
  const caller = callerOf(table, leg);
  if (caller) caller.firstRangAtMs ??= sinceMs;
}

/** A leg rings once: what has stopped never starts again under the same uniqueid. */
export function stopRinging(table: ChannelTable, leg: KnownChannel): void {
  leg.ringing = 'over';
  table.ringing.delete(leg.id);
  if (table.channels.has(leg.id)) table.quiet.add(leg.id);
}

/** Somebody has the caller of this leg: where he is transferred to another phone, he rings anew. */
export function forgetFirstRing(table: ChannelTable, leg: KnownChannel): void {
  const caller = callerOf(table, leg);
  if (caller) caller.firstRangAtMs = null;
}

/** The call that a channel belongs to: the identity of the topmost channel of its chain. */
export function callIdOf(table: ChannelTable, channel: KnownChannel): string {
  return topOf(table, channel).callId;
}

/** The topmost channel of the chain, which may be the channel itself. */
export function topOf(table: ChannelTable, channel: KnownChannel): KnownChannel {
  let top = channel;
  for (let step = 0; step < CHAIN_MAX; step += 1) {
    const next = above(table, top);
    if (!next) break;
    top = next;
  }
  return top;
}

/** Who calls: the nearest channel up the chain that is no `Local` half, else the topmost one; null when unknown. */
export function callerOf(table: ChannelTable, channel: KnownChannel): KnownChannel | null {
  let caller = above(table, channel);
  for (let step = 0; caller?.isLocal && step < CHAIN_MAX; step += 1) {
    const next = above(table, caller);
    if (!next) break;
    caller = next;
  }
  return caller ?? null;
}

/**
 * What the caller dialled, then where else his dialplan had phones called (after a transfer: what the transferer dialled), then
 * what the `Local` channels between him and this phone were called for, without repetition. A dialplan that calls phones
 * from a macro or routine (exten `s`) tells nothing of where it was.
 */
export function dialledOf(table: ChannelTable, leg: KnownChannel): readonly string[] {
  const found: (readonly string[])[] = [leg.alsoDialled];
  let channel = above(table, leg);
  for (let step = 0; channel && step < CHAIN_MAX; step += 1) {
    const { isLocal, dialled, alsoDialled } = channel;
    found.push(isLocal ? [...alsoDialled, dialled] : [dialled, ...alsoDialled]);
    channel = above(table, channel);
  }
  return [...new Set(found.toReversed().flat())].filter((one) => one !== '').slice(0, DIALLED_MAX);
}

/** `Local/<exten>@<context>-00000001;1` (core_local.c); '' for every other channel. */
function localExten(name: string): string {
  return /^Local\/([^@]*)@/.exec(name)?.[1] ?? '';
}

/** What the `Local` channels of each call were called for, by Asterisk's linkedid. */
export function localExtens(
  listing: readonly Pick<ListedChannel, 'name' | 'linkedId'>[],
): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { name, linkedId } of listing) {
    const exten = localExten(name);
    if (exten === '' || linkedId === '') continue;
    const extens = found.get(linkedId) ?? [];
    if (extens.length < DIALLED_MAX && !extens.includes(exten)) found.set(linkedId, [...extens, exten]);
  }
  return found;
}

/** One step towards the caller: who dialled it, or from the half that runs the dialplan to the half that was dialled. */
function above(table: ChannelTable, channel: KnownChannel): KnownChannel | undefined {
  if (channel.parentId !== null) return table.channels.get(channel.parentId);
  return channel.isLocal && !isDialledHalf(channel) ? otherHalf(table, channel) : undefined;
}

function isDialledHalf(channel: KnownChannel): boolean {
  return channel.isLocal && channel.name.endsWith(';1');
}

function otherHalf(table: ChannelTable, channel: KnownChannel): KnownChannel | undefined {
  const half = isDialledHalf(channel) ? ';2' : ';1';
  const id = table.localIds.get(channel.name.slice(0, -2) + half);
  return id === undefined ? undefined : table.channels.get(id);
}

/** The oldest that does not ring goes first; where all ring, the oldest of all. */
function makeRoom(table: ChannelTable): void {
  if (table.channels.size < table.channelsMax) return;
  const [quiet] = table.quiet;
  const [oldest] = table.channels.keys();
  const channel = table.channels.get(quiet ?? oldest ?? '');
  if (!channel) return;
  table.onDropped(channel);
  forget(table, channel.id);
  table.dropped += 1;
}
