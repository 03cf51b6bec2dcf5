// Live events on their way to the web thread: one listener of the hub, and never more of them underway than the thread can read.
import type { LiveConcern, LiveEvent, LiveEvents } from '../http/live-ports.ts';
import type { SentEvent, WebOrder } from './web-messages.ts';

/** Sent and not yet read; what comes then waits in the listener's queue, which has a bound and drops the listener. */
const UNREAD_MAX = 500;
/** After the listener was dropped, as the thread was slow. */
const AGAIN_MS = 500;

export interface WebFeed extends Disposable {
  /** The thread has read so many more. */
  read(events: number): void;
}

interface Feed {
  readonly live: () => LiveEvents | null;
  readonly send: (order: WebOrder) => void;
  readonly onProblem: (error: unknown) => void;
  unread: number;
  onRoom: (() => void) | null;
  isEnded: boolean;
  end: () => void;
}

/**
 * Begins with the board, and again after each gap. `onProblem` is told of what fails in here: browsers are told that there are
 * no live events, and calls are judged all the same.
 */
export function feedWeb(
  live: () => LiveEvents | null,
  send: (order: WebOrder) => void,
  onProblem: (error: unknown) => void,
): WebFeed {
  const feed: Feed = { live, send, onProblem, unread: 0, onRoom: null, isEnded: false, end: () => undefined };
  void pour(feed);
  return {
    read: (events) => {
      feed.unread = Math.max(0, feed.unread - events);
      if (feed.unread < UNREAD_MAX) feed.onRoom?.();
    },
    [Symbol.dispose]: () => {
      feed.isEnded = true;
      feed.end();
      feed.onRoom?.();
    },
  };
}

async function pour(feed: Feed): Promise<void> {
  while (!feed.isEnded) {
    try {
      await pourOnce(feed);
    } catch (error) {
      feed.onProblem(error);
      feed.send({ type: 'no-live' });
    }
    if (feed.isEnded) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, AGAIN_MS).unref();
    feed.end = resolve;
    await promise;
    clearTimeout(timer);
  }
}

/** Until the listener is dropped, or the feed ends. */
async function pourOnce(feed: Feed): Promise<void> {
  const calls: LiveEvent[] = [];
  let isBegun = false;
  const listener = feed.live()?.listen({
    lastEventId: null,
    // Of a board, each call is asked for with those whom it concerns; the board itself does not tell them.
    sees: (event) => {
      if (!isBegun && event.type === 'ringing') calls.push(event);
      return true;
    },
  });
  isBegun = true;
  if (!listener) return feed.send({ type: 'no-live' });
  feed.end = () => listener.close();
  try {
    while (!feed.isEnded) {
      const event = await listener.next();
      if (event === null || event.type === 'dropped') return;
      feed.unread += 1;
      if (event.type === 'board') {
        feed.send({ type: 'board', calls: calls.map(sentOf), status: event.data.status });
      } else {
        feed.send({ type: 'event', sent: sentOf(event) });
      }
      if (feed.unread >= UNREAD_MAX) await roomIn(feed);
    }
  } finally {
    listener.close();
  }
}

async function roomIn(feed: Feed): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  feed.onRoom = resolve;
  await promise;
  feed.onRoom = null;
}

/** No extension holds a line's end. */
const sentOf = (event: LiveEvent): SentEvent =>
  event.concern === null
    ? { event, concern: null }
    : {
        event: { ...event, concern: null },
        concern: { ...event.concern, takers: event.concern.takers.join('\n') },
      };

/** As it was before it was sent. */
export function heardEvent({ event, concern }: SentEvent): LiveEvent {
  return concern === null ? event : { ...event, concern: { ...concern, takers: takersOf(concern) } };
}

const takersOf = ({ takers }: NonNullable<SentEvent['concern']>): LiveConcern['takers'] =>
  takers === '' ? [] : takers.split('\n');
