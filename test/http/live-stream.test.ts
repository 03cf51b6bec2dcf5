// The event stream over a real socket: it outlives every deadline of a request, and nobody who does not read holds it.
import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLiveHub, type LiveHub } from '../../src/daemon/live.ts';
import { createApp } from '../../src/http/app.ts';
import { listenOnSocket } from '../../src/http/local-server.ts';
import { eventually } from '../lab/processes.ts';

const DEADLINE_MS = 40_000;
/** Longer than a request may take, and than a beat is away. */
const LONG_MS = 17_000;
const TEXT = 'x'.repeat(2000);

const directory = mkdtempSync(join(tmpdir(), 'callwarden-stream-'));
const path = join(directory, 'callwarden.sock');
let hub: LiveHub;
let listening: AsyncDisposable;

beforeAll(async () => {
  hub = createLiveHub({
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
    board: () => ({ calls: [], status: null }),
    onWanted: () => undefined,
  });
  const view = { status: () => null, ringing: () => [], take: async () => null, testNotice: () => null };
  listening = await listenOnSocket(path, createApp({ ...view, live: () => hub }));
});
afterAll(async () => {
  await listening[Symbol.asyncDispose]();
  hub[Symbol.dispose]();
  rmSync(directory, { recursive: true, force: true });
});

const open = async (query = ''): Promise<{ response: IncomingMessage; text: () => string }> => {
  const call = request({ socketPath: path, path: `/events${query}`, agent: false });
  call.end();
  const [response] = (await once(call, 'response')) as [IncomingMessage];
  let text = '';
  response.on('error', () => undefined);
  response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return { response, text: () => text };
};
const tell = (text: string) => hub.emit({ type: 'notice', data: { kind: 'test', extension: null, text } });

describe('the event stream', { timeout: 60_000 }, () => {
  it('goes on beyond the deadlines of requests, with a sign of life, whatever a text holds', async () => {
    const { response, text } = await open();
    await new Promise((resolve) => void setTimeout(resolve, LONG_MS));
    expect(text()).toContain('\n: beat\n\n');
    tell('late\nid: 5\n\nevent: status\r\ndata: forged');
    expect(await eventually(() => text().includes('forged'), DEADLINE_MS)).toBe(true);
    const block =
      text()
        .split('\n\n')
        .find((one) => one.includes('forged')) ?? '';
    expect(block.split('\n').map((line) => line.split(':')[0])).toEqual(['event', 'data', 'id']);
    response.destroy();
    expect(await eventually(() => hub.listeners() === 0, DEADLINE_MS)).toBe(true);
  });

  it('cuts off who does not read, while another one misses nothing', async () => {
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
  });
});
