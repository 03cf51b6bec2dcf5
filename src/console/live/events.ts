// Live events of the daemon: one stream a tab, shared by all that listen; it connects again by itself and goes on where it was.
import { signal } from '@preact/signals';
import { sessionHasEnded } from '../api/client.ts';
import { learnNames } from '../api/people.ts';
import type { HeardEvent } from '../../http/live-ports.ts';
import { readEvents } from './read-events.ts';

/** `off`: nobody listens, or the tab is hidden. */
export type Connection = 'off' | 'connecting' | 'open' | 'lost';

export const connection = signal<Connection>('off');

type Listener = (event: HeardEvent) => void;

const address = '/api/v1/events';
const listeners = new Set<Listener>();
const RETRY_MS_MIN = 500;
const RETRY_MS_MAX = 15_000;
/** The daemon writes at least every 15 s; silence for so long is a dead connection. */
const SILENCE_MS_MAX = 40_000;
/** A tab that nobody looks at gives its connection back after this. */
const HIDDEN_MS_MAX = 60_000;

let ending: AbortController | null = null;
let lastEventId = '';
let retryMs = RETRY_MS_MIN;
let hiddenTimer: ReturnType<typeof setTimeout> | undefined;

/** Hears every event from now on, the first one being the whole `board`; the result ends it. */
export function listen(listener: Listener): () => void {
  listeners.add(listener);
  // The board comes at the start of a stream only, and only to who names no event that he has heard.
  lastEventId = '';
  restart();
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) stop();
  };
}

function restart(): void {
  stop();
  if (listeners.size === 0 || document.hidden) return;
  ending = new AbortController();
  void follow(ending.signal);
}

function stop(): void {
  ending?.abort();
  ending = null;
  connection.value = 'off';
}

async function follow(ended: AbortSignal): Promise<void> {
  connection.value = 'connecting';
  while (!ended.aborted) {
    try {
      await readOnce(ended);
    } catch {
      // Whatever it was, the next try tells whether it lasts.
    }
    if (ended.aborted) return;
    connection.value = 'lost';
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    retryMs = Math.min(retryMs * 2, RETRY_MS_MAX);
  }
}

async function readOnce(ended: AbortSignal): Promise<void> {
  const silent = new AbortController();
  let timer = setTimeout(() => silent.abort(), SILENCE_MS_MAX);
  try {
    const headers = lastEventId === '' ? {} : { 'last-event-id': lastEventId };
    const answer = await fetch(address, {
      headers: { accept: 'text/event-stream', ...headers },
      signal: AbortSignal.any([ended, silent.signal]),
    });
    if (answer.status === 401) sessionHasEnded();
    if (!answer.ok || answer.body === null) return;
    connection.value = 'open';
    for await (const message of readEvents(answer.body)) {
      clearTimeout(timer);
      timer = setTimeout(() => silent.abort(), SILENCE_MS_MAX);
      retryMs = RETRY_MS_MIN;
      if (message === null) continue;
      if (message.id !== '') lastEventId = message.id;
      const event: HeardEvent = JSON.parse(message.data);
      tell(event);
    }
  } finally {
    clearTimeout(timer);
  }
}

function tell(event: HeardEvent): void {
  learnNames(event);
  for (const listener of listeners) listener(event);
}

document.addEventListener('visibilitychange', () => {
  clearTimeout(hiddenTimer);
  if (document.hidden) hiddenTimer = setTimeout(stop, HIDDEN_MS_MAX);
  else if (ending === null) restart();
});
