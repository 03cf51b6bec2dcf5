// Reads the events of `/api/v1/events` as a browser does, and what came so far.
import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { onTestFinished } from 'vitest';
import type { HeardEvent } from '../../src/http/live-ports.ts';

export interface EventReader {
  readonly status: number;
  readonly events: readonly HeardEvent[];
  readonly isOver: () => boolean;
  readonly types: () => readonly string[];
  readonly end: () => void;
}

export async function readEvents(
  url: string,
  headers: Readonly<Record<string, string>>,
  query = '',
): Promise<EventReader> {
  const call = request(`${url}/api/v1/events${query}`, {
    headers: { accept: 'text/event-stream', ...headers },
    agent: false,
  });
  call.on('error', () => undefined);
  call.end();
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  const events: HeardEvent[] = [];
  let isOver = false;
  let unread = '';
  response.on('error', () => undefined);
  response.on('close', () => (isOver = true));
  response.setEncoding('utf8').on('data', (chunk: string) => {
    const blocks = (unread + chunk).split('\n\n');
    unread = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = block.split('\n').find((line) => line.startsWith('data: '));
      if (data !== undefined) events.push(JSON.parse(data.slice('data: '.length)) as HeardEvent);
    }
  });
  onTestFinished(() => void response.destroy());
  return {
    status: response.statusCode ?? 0,
    events,
    isOver: () => isOver,
    types: () => events.map(({ type }) => type),
    end: () => void response.destroy(),
  };
}
