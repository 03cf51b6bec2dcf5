// Live events in the web thread: what the deciding thread tells once is told to every browser, each by its own queue.
import { AppError } from '../errors.ts';
import type { LiveEvent, LiveEvents, LiveStatus } from '../http/live-ports.ts';
import { STILL_STARTING } from '../http/refusal.ts';
import { createLiveHub, type LiveHub, type LiveHubPorts } from './live-hub.ts';
import { heardEvent } from './web-feed.ts';
import type { SentEvent, WebOrder, WebSaying } from './web-messages.ts';

/** For the first board, where nobody followed before. */
const BOARD_DEADLINE_MS = 3_000;
/** What was read is said together. */
const TOLD_MS = 20;
/** Without browsers for a minute, nothing is followed any more. */
const LOOK_MS = 5_000;

export interface WebLive extends Disposable {
  /** Rejects with `AppError('unavailable')` while the daemon is starting, and where it does not answer in time. */
  events(): Promise<LiveEvents>;
  onOrder(order: Extract<WebOrder, { readonly type: 'board' | 'event' | 'no-live' }>): void;
  /** Browsers. */
  listeners(): number;
}

export interface WebLivePorts extends Pick<LiveHubPorts, 'names'> {
  readonly send: (saying: WebSaying) => void;
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
}

interface Live {
  readonly ports: WebLivePorts;
  /** What rings now. */
  readonly ringing: Map<string, LiveEvent>;
  status: LiveStatus | null;
  /** Null while nothing is followed. Another one after each gap: who comes back is told that he missed something. */
  hub: LiveHub | null;
  begun: PromiseWithResolvers<LiveEvents> | null;
  deadline: NodeJS.Timeout | null;
  read: number;
  telling: NodeJS.Timeout | null;
}

export function createWebLive(ports: WebLivePorts): WebLive {
  const live: Live = {
    ports,
    ringing: new Map(),
    status: null,
    hub: null,
    begun: null,
    deadline: null,
    read: 0,
    telling: null,
  };
  const timer = setInterval(() => endUnwanted(live), LOOK_MS).unref();
  return {
    events: () => (live.hub ? Promise.resolve(live.hub) : begin(live)),
    onOrder: (order) => {
      switch (order.type) {
        case 'board':
          tellRead(live);
          return onBoard(live, order.calls, order.status);
        case 'event':
          tellRead(live);
          return onEvent(live, order.sent);
        case 'no-live':
          return settle(live, null, STILL_STARTING);
      }
    },
    listeners: () => live.hub?.listeners() ?? 0,
    [Symbol.dispose]: () => {
      clearInterval(timer);
      if (live.telling) clearTimeout(live.telling);
      live.hub?.[Symbol.dispose]();
    },
  };
}

function begin(live: Live): Promise<LiveEvents> {
  if (live.begun) return live.begun.promise;
  const begun = Promise.withResolvers<LiveEvents>();
  live.begun = begun;
  const sentence = `The daemon did not tell what rings within ${BOARD_DEADLINE_MS} ms; calls come first. Try again.`;
  live.deadline = setTimeout(() => settle(live, null, sentence), BOARD_DEADLINE_MS);
  live.ports.send({ type: 'live', isWanted: true });
  return begun.promise;
}

/** Whoever waits for the first board has it, or is told why not; then nothing is followed. */
function settle(live: Live, hub: LiveHub | null, sentence: string): void {
  if (live.deadline) clearTimeout(live.deadline);
  live.deadline = null;
  const { begun } = live;
  live.begun = null;
  if (hub) return begun?.resolve(hub);
  end(live);
  begun?.reject(new AppError('unavailable', sentence));
}

function end(live: Live): void {
  live.ports.send({ type: 'live', isWanted: false });
  live.hub?.[Symbol.dispose]();
  live.hub = null;
  live.ringing.clear();
}

function endUnwanted(live: Live): void {
  if (live.hub && !live.hub.isWanted()) end(live);
}

/** The first, or one after a gap. Browsers of before come back by themselves, and get a whole board. */
function onBoard(live: Live, calls: readonly SentEvent[], status: LiveStatus | null): void {
  const { ports, ringing } = live;
  ringing.clear();
  for (const event of calls.map(heardEvent)) if (event.concern) ringing.set(event.concern.callId, event);
  live.status = status;
  live.hub?.[Symbol.dispose]();
  const hub = createLiveHub({
    nowMs: ports.nowMs,
    monotonicMs: ports.monotonicMs,
    board: () => ({
      calls: [...ringing.values()].toSorted((a, b) => sinceMs(a) - sinceMs(b)),
      status: live.status,
    }),
    onWanted: () => undefined,
    ...(ports.names ? { names: ports.names } : {}),
  });
  // So that it is followed for a while, also when nobody comes after all.
  hub.listen({ lastEventId: null, sees: () => false })?.close();
  live.hub = hub;
  settle(live, hub, '');
}

const sinceMs = (event: LiveEvent) => (event.type === 'ringing' ? event.data.ringingSinceMs : event.atMs);

function onEvent(live: Live, sent: SentEvent): void {
  const event = heardEvent(sent);
  const callId = event.concern?.callId ?? '';
  if (event.type === 'ringing' && event.data.legs.length > 0) live.ringing.set(callId, event);
  if (event.type === 'rung' || (event.type === 'ringing' && event.data.legs.length === 0)) {
    live.ringing.delete(callId);
  }
  if (event.type === 'status') live.status = event.data;
  // Numbered anew: who comes back names what he was told by this hub.
  live.hub?.emit(event, event.concern, event.atMs);
}

function tellRead(live: Live): void {
  live.read += 1;
  live.telling ??= setTimeout(() => {
    live.telling = null;
    const events = live.read;
    live.read = 0;
    live.ports.send({ type: 'read', events });
  }, TOLD_MS).unref();
}
