// Live events as server-sent events (HTML standard, 9.2), with an end for those who do not read.
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { LiveEvent, LiveEvents, LiveListener } from './live-ports.ts';
import { refuse, STILL_STARTING } from './refusal.ts';

/** Streams at once on the local socket; the other connections are for commands. */
const STREAMS_MAX = 16;
/** So often something is written, so that both ends know that the other one is there. */
const BEAT_MS = 15_000;
/** What cannot be written for so long ends the connection: nobody reads at the other end. */
const WRITE_DEADLINE_MS = 10_000;

type LiveContext = Context<{ Bindings: HttpBindings }>;

/** `GET /events` of the local socket. Answers the requests for streams; those beyond the bound are told so. */
export function serveLive(live: () => LiveEvents | null): (context: LiveContext) => Response {
  let streams = 0;
  return (context) => {
    const events = live();
    if (events === null) return refuse(context, 'unavailable', STILL_STARTING);
    const listener = streams < STREAMS_MAX ? events.listen(wishesOf(context)) : null;
    if (listener === null) return refuse(context, 'unavailable', 'Too many listen already; end one of them.');
    streams += 1;
    return streamLive(context, listener, () => void (streams -= 1));
  };
}

/** Answers with the events until one of both ends it; `onEnd` is told once. */
export function streamLive(context: LiveContext, listener: LiveListener, onEnd: () => void): Response {
  const { outgoing } = context.env;
  const end = () => {
    onEnd();
    listener.close();
  };
  // Hono tells of an end by the client only who has begun to write; the client may have gone before that.
  if (outgoing.closed || outgoing.destroyed) end();
  else outgoing.once('close', end);
  return streamSSE(context, (stream) => pour(listener, stream, () => outgoing.destroy()));
}

/** `?extension=1002`: only what concerns the calls that it may take. */
function wishesOf(context: LiveContext): Parameters<LiveEvents['listen']>[0] {
  const extension = context.req.query('extension');
  const general: ReadonlySet<string> = new Set(['board', 'status', 'dropped']);
  return {
    lastEventId: context.req.header('last-event-id') ?? null,
    sees: ({ type, concern }) =>
      extension === undefined || general.has(type) || concern?.takers.includes(extension) === true,
  };
}

async function pour(listener: LiveListener, stream: SSEStreamingApi, cut: () => void): Promise<void> {
  const beat = setInterval(() => void within(stream.write(': beat\n\n'), cut), BEAT_MS);
  try {
    for (;;) {
      // One after the other: what is not written yet waits in the listener, which has a bound.
      const event = await listener.next();
      if (event === null) return;
      await within(stream.write(textOf(event)), cut);
    }
  } finally {
    clearInterval(beat);
    listener.close();
  }
}

/** Written once, however many read it. */
const texts = new WeakMap<LiveEvent, string>();

/** JSON holds no line's end, and so nothing that could begin another field or event. */
function textOf(event: LiveEvent): string {
  const known = texts.get(event);
  if (known !== undefined) return known;
  const { id, type, atMs, names, data } = event;
  const text = `event: ${type}\ndata: ${JSON.stringify({ id, type, atMs, names, data })}\n${id === '' ? '' : `id: ${id}\n`}\n`;
  texts.set(event, text);
  return text;
}

async function within(written: Promise<unknown>, cut: () => void): Promise<void> {
  const deadline = setTimeout(cut, WRITE_DEADLINE_MS);
  try {
    await written;
  } finally {
    clearTimeout(deadline);
  }
}
