// The guard behind the screening: notices a trunk that is dialled for a number that nobody let out.
import type { Destination } from '../numbering/destination.ts';
import { forgetOldest } from '../forget-oldest.ts';
import type { AriChannel, AriEvent, AriLink } from './ari/link.ts';
import { VARIABLES } from './dialplan/variables.ts';
import { couldBeDialled, isSameNumber, needsVerdict, numberInDialString } from './guard-number.ts';
import { endpointOf } from './identity.ts';

export type GuardMode = 'off' | 'watch' | 'enforce';

/** A trunk was dialled without a verdict on this very call and number. */
export interface UnscreenedCall {
  readonly atMs: number;
  /** The channel that dialled; null where none did, as with a call that was originated straight onto the trunk. */
  readonly caller: Pick<AriChannel, 'id' | 'name'> | null;
  readonly leg: Pick<AriChannel, 'id' | 'name'>;
  readonly trunk: string;
  readonly number: string;
  readonly destination: Destination;
  readonly mode: 'watch' | 'enforce';
  /** Whether both ends were hung up; with `watch` neither is. */
  readonly ended: boolean;
}

export interface GuardPorts {
  readonly mode: () => GuardMode;
  readonly isTrunk: (endpoint: string) => boolean;
  /** Null while no policy is loaded. */
  readonly read: (number: string) => Destination | null;
  /** Whether another daemon may have said the verdict. */
  readonly hasPeers: boolean;
  readonly nowMs: () => number;
  readonly onUnscreened: (call: UnscreenedCall) => void;
  readonly onProblem: (message: string) => void;
}

export interface Guard {
  /** A call was let out: remembered before the verdict is said, so that no event of its leg comes sooner. */
  letOut(channelId: string, destination: Destination): void;
  /** Never throws and never waits. */
  onEvent(link: AriLink | null, event: AriEvent): void;
  /** Dials that were judged by the guard and found without verdict, since the start. */
  unscreened(): number;
  lastAtMs(): number | null;
}

/** Numbers that were let out, by channel; the oldest go first. A channel that is gone is forgotten. */
const LET_OUT_MAX = 20_000;
/** Numbers remembered of one channel. */
const OF_CHANNEL_MAX = 16;
/** Dials that are looked into at once; what comes beyond is told of and let be. */
const LOOKING_MAX = 500;
/** Legs that were looked into; a transfer tells of the same one again (main/stasis_channels.c, dial masquerade). */
const SEEN_MAX = 5_000;
const CAUSE_REJECTED = 21;

interface State {
  readonly ports: GuardPorts;
  readonly startedMs: number;
  readonly letOut: Map<string, Destination[]>;
  readonly seen: Set<string>;
  looking: number;
  unscreened: number;
  lastAtMs: number | null;
}

type DialEvent = Extract<AriEvent, { readonly type: 'Dial' }>;

export function createGuard(ports: GuardPorts): Guard {
  const state: State = {
    ports,
    startedMs: ports.nowMs(),
    letOut: new Map(),
    seen: new Set(),
    looking: 0,
    unscreened: 0,
    lastAtMs: null,
  };
  return {
    letOut(channelId, destination) {
      const known = state.letOut.get(channelId) ?? [];
      state.letOut.delete(channelId);
      state.letOut.set(channelId, [...known.slice(1 - OF_CHANNEL_MAX), destination]);
      forgetOldest(state.letOut, LET_OUT_MAX);
    },
    onEvent(link, event) {
      if (event.type === 'ChannelDestroyed') {
        state.letOut.delete(event.channel.id);
        state.seen.delete(event.channel.id);
      } else if (event.type === 'Dial' && event.dialstatus === '') {
        onDial(state, link, event);
      }
    },
    unscreened: () => state.unscreened,
    lastAtMs: () => state.lastAtMs,
  };
}

function onDial(state: State, link: AriLink | null, event: DialEvent): void {
  const { ports, seen } = state;
  if (ports.mode() === 'off') return;
  const trunk = endpointOf(event.peer.name);
  const number = numberInDialString(event.dialstring);
  if (trunk === null || !couldBeDialled(number) || !ports.isTrunk(trunk)) return;
  const destination = ports.read(number);
  // What the phone dialled counts too: an emergency call stays one however a route rewrites it (I1).
  const dialled = event.caller === null ? null : ports.read(event.caller.dialplan.exten);
  if (destination === null || dialled?.kind === 'emergency' || !needsVerdict(destination)) return;
  if (isLetOut(state, event, destination, number) || seen.has(event.peer.id)) return;
  seen.add(event.peer.id);
  forgetOldest(seen, SEEN_MAX);
  if (state.looking >= LOOKING_MAX) {
    ports.onProblem(`the guard looks into ${LOOKING_MAX} calls already; one on ${trunk} is not looked into`);
    return;
  }
  state.looking += 1;
  void look(state, link, event, { trunk, number, destination })
    .catch((error: unknown) => ports.onProblem(`the guard could not look into a call: ${String(error)}`))
    .finally(() => (state.looking -= 1));
}

function isLetOut(
  { letOut }: State,
  { caller }: DialEvent,
  destination: Destination,
  number: string,
): boolean {
  const judged = caller === null ? [] : (letOut.get(caller.id) ?? []);
  return judged.some((one) => isSameNumber(one, destination, number));
}

/**
 * A verdict of before a restart, of another daemon or on a channel further up is told by the variable that the routine, and
 * nothing else, leaves on the channel and that the leg inherits.
 */
async function look(
  state: State,
  link: AriLink | null,
  { caller, peer }: DialEvent,
  what: Pick<UnscreenedCall, 'trunk' | 'number' | 'destination'>,
): Promise<void> {
  const { ports } = state;
  if (link === null) return;
  const channels = [...(caller === null ? [] : [caller]), peer];
  const passes = await Promise.all(channels.map(({ id }) => link.getVariable(id, VARIABLES.pass)));
  for (const pass of passes) {
    const judged = pass === '' ? null : ports.read(pass);
    if (judged !== null && isSameNumber(judged, what.destination, what.number)) return;
  }
  if (passes.every((pass) => pass === '') && (await cannotTell(state, link, channels))) return;
  const mode = ports.mode();
  if (mode === 'off') return;
  const ended = mode === 'enforce' && (await end(link, channels));
  state.unscreened += 1;
  state.lastAtMs = ports.nowMs();
  ports.onUnscreened({ ...what, atMs: state.lastAtMs, caller, leg: peer, mode, ended });
}

/** Gone before it could be asked, and perhaps let out by somebody else: no one is accused. */
async function cannotTell(state: State, link: AriLink, channels: readonly AriChannel[]): Promise<boolean> {
  const isOurs = !state.ports.hasPeers && channels.every((one) => one.creationTimeMs >= state.startedMs);
  if (isOurs) return false;
  const there = await Promise.all(channels.map(({ id }) => link.getChannel(id)));
  return there.some((channel) => channel === null);
}

async function end(link: AriLink, channels: readonly AriChannel[]): Promise<boolean> {
  const done = await Promise.allSettled(channels.map(({ id }) => link.hangup(id, CAUSE_REJECTED)));
  return done.every(({ status }) => status === 'fulfilled');
}
