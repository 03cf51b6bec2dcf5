// How a command follows the live events of the running daemon, beyond its restarts.
import { request, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import { noAnswer, readBody } from './client.ts';
import type { HeardEvent } from './live-ports.ts';
import { refusalOf } from './refusal.ts';

const CONNECT_DEADLINE_MS = 3_000;
/** The daemon writes something every 15 s: silence for longer means that it is no longer there. */
const SILENCE_DEADLINE_MS = 40_000;
const RETRY_MS = 500;
/** One event, in bytes: a board of thousands of calls is the largest. */
const EVENT_LENGTH_MAX = 16 * 1024 * 1024;

export interface FollowOptions {
  readonly socketPath: string;
  /** Only what concerns the calls that it may take. */
  readonly extension: string | null;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly onEvent: (event: HeardEvent) => void;
  readonly onUp: () => void;
  /** The stream has ended and is asked for again until it is there. */
  readonly onAway: (reason: string) => void;
}

/**
 * Follows the stream until the signal ends it. What was missed while it was away comes first when it is back, as far as
 * the daemon keeps it; else a whole board does.
 * @throws AppError `unavailable` when no daemon answers at the first try.
 */
export async function followLive(options: FollowOptions): Promise<void> {
  const { signal } = options;
  const place = { lastEventId: '' };
  let wasUp = false;
  while (!signal.aborted) {
    try {
      const response = await open(options, place.lastEventId);
      wasUp = true;
      options.onUp();
      await readEvents(response, options, place);
    } catch (error) {
      if (signal.aborted) return;
      if (!wasUp) throw error;
      options.onAway(messageOf(error));
    }
    if (!signal.aborted) await sleep(RETRY_MS, null, { signal }).catch(() => undefined);
  }
}

function open(
  { socketPath, extension, signal }: FollowOptions,
  lastEventId: string,
): Promise<IncomingMessage> {
  const query = extension === null ? '' : `?extension=${encodeURIComponent(extension)}`;
  const headers = lastEventId === '' ? {} : { 'last-event-id': lastEventId };
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path: `/events${query}`, headers, signal, agent: false });
    const deadline = setTimeout(
      () => call.destroy(new Error('no answer in time')),
      CONNECT_DEADLINE_MS,
    ).unref();
    call.on('response', (response) => {
      clearTimeout(deadline);
      if (response.statusCode === 200) {
        resolve(response);
        return;
      }
      readBody(response).then(
        (body) => reject(refusalOf(response.statusCode ?? 0, body)),
        (error: unknown) => reject(noAnswer(socketPath, error)),
      );
    });
    call.on('error', (error) => {
      clearTimeout(deadline);
      reject(noAnswer(socketPath, error));
    });
    call.end();
  });
}

/** Reads until the stream ends or breaks. */
async function readEvents(
  response: IncomingMessage,
  { onEvent, onAway }: FollowOptions,
  place: { lastEventId: string },
): Promise<void> {
  response.setTimeout(SILENCE_DEADLINE_MS, () => response.destroy(new Error('nothing came for 40 s')));
  response.setEncoding('utf8');
  let unread = '';
  for await (const chunk of response) {
    unread += String(chunk);
    const blocks = unread.split('\n\n');
    unread = blocks.pop() ?? '';
    if (unread.length > EVENT_LENGTH_MAX) throw new Error('an event without an end');
    for (const block of blocks) {
      const event = eventOf(block);
      if (event === null) continue;
      if (event.id !== '') place.lastEventId = event.id;
      onEvent(event);
    }
  }
  onAway('the daemon has ended the stream');
}

/** Null for a comment. */
function eventOf(block: string): HeardEvent | null {
  const data = block
    .split('\n')
    .filter((line) => line.startsWith('data:'))
    .map((line) => line.slice('data:'.length));
  // The other end of the socket is this very program; only its owner can open it.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return data.length === 0 ? null : (JSON.parse(data.join('\n')) as HeardEvent);
}
