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
  /** The phone that sent the call there by itself, past the dialplan; null where the dialplan dialled. */
  readonly redirectedBy: string | null;
  readonly trunk: string;
  readonly number: string;
  readonly destination: Destination;
  readonly mode: 'watch' | 'enforce';
  /** Whether it was hung up: with `enforce`, and always what a phone sent there by itself. */
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
/** Of every channel (main/pbx_variables.c). */
const ALWAYS_SET = 'UNIQUEID';

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
/** What was dialled, and why it needs a verdict. */
type Dialled = Pick<UnscreenedCall, 'redirectedBy' | 'trunk' | 'number' | 'destination'> & {
  readonly leg: AriChannel;
};

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
      } else if (event.type === 'Dial' && event.forwarded !== undefined) {
        onForward(state, link, event, event.forwarded);
      } else if (event.type === 'Dial' && event.dialstatus === '') {
        onDial(state, link, event);
      }
    },
    unscreened: () => state.unscreened,
    lastAtMs: () => state.lastAtMs,
  };
}

function onDial(state: State, link: AriLink | null, { caller, peer: leg, dialstring }: DialEvent): void {
  const { ports } = state;
  if (ports.mode() === 'off') return;
  const trunk = endpointOf(leg.name);
  const number = numberInDialString(dialstring);
  if (trunk === null || !couldBeDialled(number) || !ports.isTrunk(trunk)) return;
  const destination = ports.read(number);
  // What the phone dialled counts too: an emergency call stays one however a route rewrites it (I1).
  const dialled = caller === null ? null : ports.read(caller.dialplan.exten);
  if (destination === null || dialled?.kind === 'emergency' || !needsVerdict(destination)) return;
  const what = { leg, redirectedBy: null, trunk, number, destination };
  if (isLetOut(state, caller, what) || state.seen.has(leg.id)) return;
  begin(state, link, caller, what);
}

/**
 * A phone answers 302 with whom to call instead, and Asterisk takes a slash in it for the technology to call by
 * (app_dial.c, do_forward): `PJSIP/0054…@trunk` is dialled as it stands, past the dialplan. No phone has a reason to.
 */
function onForward(
  state: State,
  link: AriLink | null,
  { caller, peer }: DialEvent,
  { channel: leg, target }: NonNullable<DialEvent['forwarded']>,
): void {
  const { ports } = state;
  const slash = target.indexOf('/');
  const [redirectedBy, trunk] = [endpointOf(peer.name), endpointOf(leg.name)];
  if (ports.mode() === 'off' || slash < 0 || redirectedBy === null || trunk === null) return;
  const number = numberInDialString(target.slice(slash + 1));
  // The carrier's own redirect is no phone's; a phone's contact by name costs nothing.
  const isTrunk = ports.isTrunk(trunk);
  if (isTrunk ? redirectedBy === trunk : !couldBeDialled(number)) return;
  const destination = ports.read(number);
  if (destination === null || !needsVerdict(destination)) return;
  const what = { leg, redirectedBy, trunk, number, destination };
  if (!isLetOut(state, caller, what)) begin(state, link, caller, what);
}

function begin(state: State, link: AriLink | null, caller: AriChannel | null, what: Dialled): void {
  const { ports, seen } = state;
  seen.add(what.leg.id);
  forgetOldest(seen, SEEN_MAX);
  if (state.looking >= LOOKING_MAX) {
    ports.onProblem(
      `the guard looks into ${LOOKING_MAX} calls already; one on ${what.trunk} is not looked into`,
    );
    return;
  }
  state.looking += 1;
  void look(state, link, caller, what)
    .catch((error: unknown) => ports.onProblem(`the guard could not look into a call: ${String(error)}`))
    .finally(() => (state.looking -= 1));
}

function isLetOut({ letOut }: State, caller: AriChannel | null, { destination, number }: Dialled): boolean {
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
  caller: AriChannel | null,
  what: Dialled,
): Promise<void> {
  const { ports } = state;
  if (link === null) return;
  const channels = [...(caller === null ? [] : [caller]), what.leg];
  const passes = await Promise.all(channels.map(({ id }) => link.getVariable(id, VARIABLES.pass)));
  for (const pass of passes) {
    const judged = pass === '' ? null : ports.read(pass);
    if (judged !== null && isSameNumber(judged, what.destination, what.number)) return;
  }
  if (passes.every((pass) => pass === '') && (await cannotTell(state, link, channels, what.leg))) return;
  const mode = ports.mode();
  if (mode === 'off') return;
  const isRedirect = what.redirectedBy !== null;
  // Whoever called the phone may be innocent, and other phones may ring for him.
  const toEnd = isRedirect ? [what.leg] : channels;
  const ended = (isRedirect || mode === 'enforce') && (await end(link, toEnd));
  state.unscreened += 1;
  state.lastAtMs = ports.nowMs();
  ports.onUnscreened({ ...what, atMs: state.lastAtMs, caller, mode, ended });
}

/**
 * Gone before it could be asked, and perhaps let out by somebody else, or on a channel before it: no one is accused. A leg
 * that is still there can tell for all before it, as it has inherited whatever they had. It is there where its variables are:
 * Asterisk shows a channel for a moment after it has none any more (main/channel.c, ast_hangup).
 */
async function cannotTell(
  state: State,
  link: AriLink,
  channels: readonly AriChannel[],
  leg: AriChannel,
): Promise<boolean> {
  const isOurs = ({ name, creationTimeMs }: AriChannel) =>
    creationTimeMs >= state.startedMs && !name.startsWith('Local/');
  if (!state.ports.hasPeers && channels.every(isOurs)) return false;
  return (await link.getVariable(leg.id, ALWAYS_SET)) === '';
}

async function end(link: AriLink, channels: readonly AriChannel[]): Promise<boolean> {
  const done = await Promise.allSettled(channels.map(({ id }) => link.hangup(id, CAUSE_REJECTED)));
  return done.every(({ status }) => status === 'fulfilled');
}
