// The event stream over a real socket: it outlives every deadline of a request, and nobody who does not read holds it.
import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createLiveHub, type LiveHub } from '../../src/daemon/live-hub.ts';
import { createApp } from '../../src/http/app.ts';
import { listenOnSocket } from '../../src/http/local-server.ts';
import { eventually } from '../lab/processes.ts';

/** Longer than a beat is away, and than anybody may hold a stream that he does not read. */
const DEADLINE_MS = 40_000;
const TEXT = 'x'.repeat(2000);

interface Stream {
  readonly path: string;
  readonly hub: LiveHub;
  readonly open: () => Promise<{ response: IncomingMessage; text: () => string }>;
  readonly tell: (text: string) => void;
}

/** A socket of its own for each test, as these wait side by side. */
async function withStream(body: (stream: Stream) => Promise<void>): Promise<void> {
  await using resources = new AsyncDisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'callwarden-stream-'));
  resources.defer(() => rmSync(directory, { recursive: true, force: true }));
  const path = join(directory, 'callwarden.sock');
  const hub = resources.use(
    createLiveHub({
      nowMs: Date.now,
      monotonicMs: () => performance.now(),
      board: () => ({ calls: [], status: null }),
      onWanted: () => undefined,
    }),
  );
  const view = {
    status: () => null,
    ringing: () => [],
    take: async () => null,
    testNotice: () => null,
    metrics: () => null,
  };
  resources.use(await listenOnSocket(path, createApp({ ...view, live: () => hub })));
  await body({
    path,
    hub,
    tell: (text) => hub.emit({ type: 'notice', data: { kind: 'test', extension: null, text } }),
    open: async () => {
      const call = request({ socketPath: path, path: '/events', agent: false });
      call.end();
      const [response] = (await once(call, 'response')) as [IncomingMessage];
      let text = '';
      response.on('error', () => undefined);
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      return { response, text: () => text };
    },
  });
}

describe.concurrent('the event stream', { timeout: 60_000 }, () => {
  it('goes on beyond the deadlines of requests, with a sign of life, whatever a text holds', () =>
    withStream(async ({ hub, open, tell }) => {
      const { response, text } = await open();
      // The first beat comes long after the time that a request may take.
      expect(await eventually(() => text().includes('\n: beat\n\n'), DEADLINE_MS)).toBe(true);
      tell('late\nid: 5\n\nevent: status\r\ndata: forged');
      expect(await eventually(() => text().includes('forged'), DEADLINE_MS)).toBe(true);
      const block =
        text()
          .split('\n\n')
          .find((one) => one.includes('forged')) ?? '';
      expect(block.split('\n').map((line) => line.split(':')[0])).toEqual(['event', 'data', 'id']);
      response.destroy();
      expect(await eventually(() => hub.listeners() === 0, DEADLINE_MS)).toBe(true);
    }));

  it('cuts off who does not read, while another one misses nothing', () =>
    withStream(async ({ path, hub, open, tell }) => {
      const silent = connect(path);
      silent.on('error', () => undefined);
      let isClosed = false;
      silent.on('close', () => (isClosed = true));
      silent.pause();
      silent.write('GET /events HTTP/1.1\r\nHost: x\r\n\r\n');
      const { response, text } = await open();
      expect(await eventually(() => hub.listeners() === 2, DEADLINE_MS)).toBe(true);
      let told = 0;
      const isAlone = () => {
        for (let at = 0; at < 50; at += 1) tell(`${(told += 1)} ${TEXT}`);
        return hub.listeners() === 1;
      };
      expect(await eventually(isAlone, DEADLINE_MS, 5)).toBe(true);
      // A socket that is not read is not seen to be closed: the daemon has let go when nothing can be written to it.
      const isGone = () => {
        silent.write('GET /status HTTP/1.1\r\nHost: x\r\n\r\n');
        return isClosed;
      };
      expect(await eventually(isGone, DEADLINE_MS, 500)).toBe(true);
      expect(await eventually(() => text().includes(`"${told} x`), DEADLINE_MS)).toBe(true);
      expect(text().match(/^event: notice$/gm)).toHaveLength(told);
      response.destroy();
      expect(await eventually(() => hub.listeners() === 0, DEADLINE_MS)).toBe(true);
    }));
});
