// Event streams and files of the API against those who ask for many at once, leave before the answer, or ask for the head alone.
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLiveHub } from '../../src/daemon/live-hub.ts';
import type { LiveEvents } from '../../src/http/live-ports.ts';
import { eventually } from '../lab/processes.ts';
import { AS, askWeb, webHouse } from './web-house.ts';

const STREAMS_MAX = 32;
const DEADLINE_MS = 20_000;

async function liveHouse() {
  const hub = createLiveHub({
    nowMs: () => 1_000,
    monotonicMs: () => 1_000,
    board: () => ({ calls: [], status: null }),
    onWanted: () => undefined,
  });
  const waiting: PromiseWithResolvers<LiveEvents>[] = [];
  const live = () => {
    const asked = Promise.withResolvers<LiveEvents>();
    waiting.push(asked);
    return asked.promise;
  };
  const house = await webHouse({ ports: { live } });
  const follow = () => {
    const socket = connect(house.port, '127.0.0.1');
    let text = '';
    socket.on('error', () => undefined);
    socket.on('data', (data) => (text += String(data)));
    onTestFinished(() => void socket.destroy());
    socket.write(`GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n${AS}: maria\r\n\r\n`);
    return { socket, text: () => text };
  };
  return { ...house, hub, waiting, follow, open: () => waiting.forEach((asked) => asked.resolve(hub)) };
}

describe('event streams of the API', () => {
  it('of one account have their bound also where all are asked for in the same moment', async () => {
    const { hub, waiting, follow, open } = await liveHouse();
    const streams = Array.from({ length: STREAMS_MAX + 8 }, follow);
    const refused = () => streams.filter(({ text }) => text().startsWith('HTTP/1.1 429')).length;
    expect(await eventually(() => waiting.length + refused() === streams.length, DEADLINE_MS)).toBe(true);
    open();
    expect(await eventually(() => hub.listeners() === STREAMS_MAX, DEADLINE_MS)).toBe(true);
    expect(refused()).toBe(8);
    for (const { socket } of streams) socket.destroy();
    expect(await eventually(() => hub.listeners() === 0, DEADLINE_MS)).toBe(true);
  });

  it('of who has gone before the first word are over, and take no place', async () => {
    const { hub, waiting, follow, open } = await liveHouse();
    for (let round = 0; round < 2; round += 1) {
      const asked = waiting.length + STREAMS_MAX;
      const streams = Array.from({ length: STREAMS_MAX }, follow);
      // oxlint-disable-next-line no-await-in-loop -- one round after the other
      expect(await eventually(() => waiting.length === asked, DEADLINE_MS)).toBe(true);
      for (const { socket } of streams) socket.destroy();
      // oxlint-disable-next-line no-await-in-loop -- the server hears of the ends
      await new Promise((resolve) => void setTimeout(resolve, 200));
      open();
    }
    expect(await eventually(() => hub.listeners() === 0, DEADLINE_MS)).toBe(true);
    const last = follow();
    expect(await eventually(() => waiting.length === 2 * STREAMS_MAX + 1, DEADLINE_MS)).toBe(true);
    open();
    expect(await eventually(() => last.text().includes('event: board'), DEADLINE_MS)).toBe(true);
  });

  it('and files whose head alone is asked for are not begun', async () => {
    const { port, hub, open, waiting } = await liveHouse();
    const headers = { [AS]: 'maria' };
    for (const path of ['/events', '/calls.csv', '/audit.jsonl', '/statistics/denials.csv', '/calls.csv']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const { status, text } = await askWeb(port, `/api/v1${path}`, { method: 'HEAD', headers });
      expect([path, status, text]).toEqual([path, 200, '']);
    }
    open();
    expect([waiting.length, hub.listeners()]).toEqual([0, 0]);
    expect((await askWeb(port, '/api/v1/calls.csv', { headers })).status).toBe(200);
    expect((await askWeb(port, '/api/v1/calls.csv', { method: 'HEAD' })).status).toBe(401);
  });
});
