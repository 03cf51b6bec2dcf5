// Live events: one bounded ring of what happens, and those who listen. Never waits for a listener: who is slow is dropped.
import { randomBytes } from 'node:crypto';
import { extensionsIn } from './live-names.ts';
import { LiveQueue } from './live-queue.ts';
import type {
  LiveBoard,
  LiveConcern,
  LiveEvent,
  LiveEvents,
  LiveListener,
  LiveListenOptions,
  LiveNews,
} from '../http/live-ports.ts';

/** Events kept for those who come back; about 2 MB. */
const EVENTS_MAX = 2_000;
const LISTENERS_MAX = 256;
/** After the last listener has gone, what rings is still followed for so long, so that he can go on where he was. */
const FOLLOWED_MS = 60_000;

export interface LiveHub extends LiveEvents, Disposable {
  /** Never throws and never waits. `atMs`: when it happened, where that is not now. */
  emit(news: LiveNews, concern?: LiveConcern | null, atMs?: number): void;
  /** Whether somebody listens, or did so until a moment ago. What need not be looked for otherwise is not. */
  isWanted(): boolean;
  listeners(): number;
}

export interface LiveHubPorts {
  readonly nowMs: () => number;
  /** Milliseconds. */
  readonly monotonicMs: () => number;
  /** What rings, as `ringing` events that are not in the ring, and the status. Asked when somebody begins to listen. */
  readonly board: () => { readonly calls: readonly LiveEvent[] } & Pick<LiveBoard, 'status'>;
  /** Whose these extensions are; without it, events go without names. */
  readonly names?: (extensions: ReturnType<typeof extensionsIn>) => NonNullable<LiveEvent['names']>;
  /** Somebody listens after a time in which nobody did. */
  readonly onWanted: () => void;
}

interface Hub {
  readonly ports: LiveHubPorts;
  /** Different at each start: an id of an earlier one is told apart. */
  readonly boot: string;
  readonly ring: LiveEvent[];
  /** Of the newest event. */
  sequence: number;
  /** Events up to this one leave gaps, as nobody followed what rings. */
  gapsUntil: number;
  readonly listeners: Set<LiveQueue>;
  unheardSinceMs: number;
}

export function createLiveHub(ports: LiveHubPorts): LiveHub {
  const hub: Hub = {
    ports,
    boot: randomBytes(6).toString('hex'),
    ring: [],
    sequence: 0,
    gapsUntil: 0,
    listeners: new Set(),
    unheardSinceMs: Number.NEGATIVE_INFINITY,
  };
  return {
    emit: (news, concern = null, atMs = ports.nowMs()) => {
      hub.sequence += 1;
      publish(hub, { ...news, id: idOf(hub, hub.sequence), atMs, concern, ...namesIn(hub, news) });
    },
    isWanted: () => isWanted(hub),
    listeners: () => hub.listeners.size,
    listen: (options) => listen(hub, options),
    [Symbol.dispose]: () => {
      for (const listener of hub.listeners) listener.close();
    },
  };
}

const idOf = ({ boot }: Hub, sequence: number) => `${boot}-${sequence}`;

function namesIn({ ports }: Hub, news: LiveNews): Pick<LiveEvent, 'names'> {
  return ports.names ? { names: ports.names(extensionsIn(news)) } : {};
}

function isWanted({ listeners, ports, unheardSinceMs }: Hub): boolean {
  return listeners.size > 0 || ports.monotonicMs() - unheardSinceMs < FOLLOWED_MS;
}

function publish(hub: Hub, event: LiveEvent): void {
  hub.ring.push(event);
  if (hub.ring.length > EVENTS_MAX) hub.ring.shift();
  for (const listener of hub.listeners) listener.push(event);
}

function listen(hub: Hub, { lastEventId, sees }: LiveListenOptions): LiveListener | null {
  const { ports, listeners } = hub;
  if (listeners.size >= LISTENERS_MAX) return null;
  if (!isWanted(hub)) {
    hub.gapsUntil = hub.sequence;
    ports.onWanted();
  }
  const queue = new LiveQueue(sees, () => {
    if (listeners.delete(queue) && listeners.size === 0) hub.unheardSinceMs = ports.monotonicMs();
  });
  const since = lastEventId === null ? null : missedSince(hub, lastEventId);
  const { calls, status } = since === null ? ports.board() : { calls: [], status: null };
  const ringing = since === null ? queue.callsSeen(calls) : [];
  const board = { type: 'board', data: { ringing, missed: lastEventId !== null, status } } as const;
  queue.begin(
    since ?? [
      {
        ...board,
        id: idOf(hub, hub.sequence),
        atMs: ports.nowMs(),
        concern: null,
        ...namesIn(hub, board),
      },
    ],
  );
  listeners.add(queue);
  return queue;
}

/** What came behind that event; null where it is not known, or some of what came is not kept. */
function missedSince(hub: Hub, lastEventId: string): readonly LiveEvent[] | null {
  const [boot, digits = ''] = lastEventId.split('-');
  const last = /^\d{1,15}$/.test(digits) ? Number(digits) : Number.NaN;
  if (boot !== hub.boot || !(last >= hub.gapsUntil && last <= hub.sequence)) return null;
  const count = hub.sequence - last;
  return count > hub.ring.length ? null : hub.ring.slice(hub.ring.length - count);
}
