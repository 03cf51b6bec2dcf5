// `GET /events`: live events as server-sent events (HTML standard, 9.2), with an end for those who do not read.
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { streamSSE, type SSEStreamingApi } from 'hono/streaming';
import type { LiveEvent, LiveEvents, LiveListener } from './live-ports.ts';
import { refuse, STILL_STARTING } from './refusal.ts';

/** Streams at once; the other connections are for commands. */
const STREAMS_MAX = 16;
/** So often something is written, so that both ends know that the other one is there. */
const BEAT_MS = 15_000;
/** What cannot be written for so long ends the connection: nobody reads at the other end. */
const WRITE_DEADLINE_MS = 10_000;

type LiveContext = Context<{ Bindings: HttpBindings }>;

/** Answers the requests for streams; those beyond the bound are told so. */
export function serveLive(live: () => LiveEvents | null): (context: LiveContext) => Response {
  let streams = 0;
  return (context) => {
    const events = live();
    if (events === null) return refuse(context, 'unavailable', STILL_STARTING);
    const listener = streams < STREAMS_MAX ? events.listen(wishesOf(context)) : null;
    if (listener === null) return refuse(context, 'unavailable', 'Too many listen already; end one of them.');
    streams += 1;
    // Hono tells of an end by the client only who has begun to write.
    context.env.outgoing.once('close', () => {
      streams -= 1;
      listener.close();
    });
    return streamSSE(context, (stream) => pour(listener, stream, () => context.env.outgoing.destroy()));
  };
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
      await within(stream.writeSSE(messageOf(event)), cut);
    }
  } finally {
    clearInterval(beat);
    listener.close();
  }
}

function messageOf({ id, type, atMs, data }: LiveEvent) {
  return { ...(id === '' ? {} : { id }), event: type, data: JSON.stringify({ id, type, atMs, data }) };
}

async function within(written: Promise<unknown>, cut: () => void): Promise<void> {
  const deadline = setTimeout(cut, WRITE_DEADLINE_MS);
  try {
    await written;
  } finally {
    clearTimeout(deadline);
  }
}
