// Other daemons on the same Asterisk: each says that it is alive, and the calls of one that falls silent are taken over.
import { takeOverWaiting } from './adopt-waiting.ts';
import type { AriLink } from './ari/link.ts';
import { forgetOldest } from '../forget-oldest.ts';

const BEAT_MS = 200;
/** No beat for so long is silence: well below the deadline of a call, and above a pause of a busy daemon. */
const SILENT_MS = 800;
/** Without a look for so long, this daemon has been frozen or busy, and has heard nobody. */
const PAUSE_MS = 500;
/** Asterisk logs a warning for each word to an application that it does not know. */
const ABSENT_BEAT_MS = 5_000;
/** Taken calls that are remembered, so that none is taken twice while Asterisk moves it. */
const TAKEN_MAX = 4_096;

export interface PeersOptions {
  readonly application: string;
  /** Applications of the others. */
  readonly peers: readonly string[];
  /** False while no policy is loaded: such a daemon says that it is not there, and takes nothing. */
  readonly isReady: () => boolean;
  readonly monotonicMs: () => number;
  readonly onSilent: (peer: string) => void;
  readonly onBack: (peer: string) => void;
  readonly onTaken: (peer: string, calls: number) => void;
}

export interface Peers extends Disposable {
  onUp(link: AriLink): void;
  onDown(): void;
  onBeat(application: string): void;
  /** Those that were not heard of lately. */
  silent(): readonly string[];
}

interface Peer {
  readonly name: string;
  heardMs: number;
  toldMs: number;
  /** Asterisk does not know its application. */
  absent: boolean;
  silent: boolean;
  /** A listing of its calls is under way. */
  taking: boolean;
}

interface State {
  readonly options: PeersOptions;
  readonly all: readonly Peer[];
  readonly taken: Set<string>;
  link: AriLink | null;
  lookedMs: number;
}

/**
 * A call in a silent peer's application is moved into ours by whoever comes first in the alphabet of those that are alive.
 * Should the peer be alive after all, both may answer: verdicts are bound to one question by its nonce, which is also the
 * name of its record, so the call is let out and recorded once.
 */
export function watchPeers(options: PeersOptions): Peers {
  const peer = (name: string): Peer => ({
    name,
    heardMs: Number.NEGATIVE_INFINITY,
    toldMs: Number.NEGATIVE_INFINITY,
    absent: false,
    silent: false,
    taking: false,
  });
  const state: State = { options, all: options.peers.map(peer), taken: new Set(), link: null, lookedMs: 0 };
  const timer = state.all.length === 0 ? undefined : setInterval(() => look(state), BEAT_MS);
  return {
    onUp(link) {
      state.link = link;
      for (const one of state.all) one.toldMs = Number.NEGATIVE_INFINITY;
      listenAnew(state);
      look(state);
    },
    onDown() {
      state.link = null;
      state.taken.clear();
    },
    onBeat(application) {
      const one = state.all.find(({ name }) => name === application);
      if (!one) return;
      one.heardMs = options.monotonicMs();
      one.absent = false;
      if (!one.silent) return;
      one.silent = false;
      options.onBack(one.name);
      // Its silence about us ends at once.
      tell(state, one);
    },
    silent: () => state.all.filter(({ silent }) => silent).map(({ name }) => name),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

/** What the others said while we could not hear them is unknown: their silence begins now. */
function listenAnew(state: State): void {
  state.lookedMs = state.options.monotonicMs();
  for (const peer of state.all) peer.heardMs = Math.max(peer.heardMs, state.lookedMs);
}

function look(state: State): void {
  const { options, link } = state;
  const nowMs = options.monotonicMs();
  // It was this daemon that stood still.
  if (nowMs - state.lookedMs > PAUSE_MS) listenAnew(state);
  state.lookedMs = nowMs;
  if (!link || !options.isReady()) return;
  for (const peer of state.all) {
    if (nowMs - peer.toldMs >= (peer.absent ? ABSENT_BEAT_MS : 0)) tell(state, peer);
    if (!peer.silent && nowMs - peer.heardMs >= SILENT_MS) {
      peer.silent = true;
      options.onSilent(peer.name);
    }
  }
  const first = state.all.every(({ silent, name }) => silent || options.application < name);
  if (!first) return;
  for (const peer of state.all) if (peer.silent && !peer.taking) void takeOver(state, peer, link);
}

function tell(state: State, peer: Peer): void {
  const { options, link } = state;
  if (!link || !options.isReady()) return;
  peer.toldMs = options.monotonicMs();
  link.tellPeer(peer.name).then(
    (done) => (peer.absent = done === 'gone'),
    // The link is lost, or as good as lost.
    () => undefined,
  );
}

async function takeOver(state: State, peer: Peer, link: AriLink): Promise<void> {
  peer.taking = true;
  try {
    const calls = await takeOverWaiting(link, peer.name, (question) => isNew(state, question));
    if (calls > 0) state.options.onTaken(peer.name, calls);
  } catch {
    // The link is lost: the next one begins anew.
  } finally {
    peer.taking = false;
  }
}

function isNew({ taken }: State, question: string): boolean {
  if (taken.has(question)) return false;
  taken.add(question);
  forgetOldest(taken, TAKEN_MAX);
  return true;
}
