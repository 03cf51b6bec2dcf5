// The local socket under hands that mean harm: whatever is sent, and however long nothing is, it answers the next one.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../src/http/app.ts';
import { listenOnSocket } from '../../src/http/local-server.ts';
import { eventually } from '../lab/processes.ts';

const CONNECTIONS_MAX = 48;
const DEADLINE_MS = 30_000;
const RUNS = 100;

const directory = mkdtempSync(join(tmpdir(), 'callwarden-socket-'));
const path = join(directory, 'callwarden.sock');
let listening: AsyncDisposable;

beforeAll(async () => {
  listening = await listenOnSocket(
    path,
    createApp({
      status: () => null,
      ringing: () => [],
      take: () => Promise.resolve(null),
      live: () => null,
      testNotice: () => null,
      metrics: () => null,
    }),
  );
});
afterAll(async () => {
  await listening[Symbol.asyncDispose]();
  rmSync(directory, { recursive: true, force: true });
});

const open = async (): Promise<Socket> => {
  const socket = connect(path);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};
/** Sends it and hears what comes until the other side ends; '' where nothing does. */
const exchange = async (bytes: string | Uint8Array): Promise<string> => {
  const socket = await open();
  let heard = '';
  socket.on('data', (chunk) => void (heard += chunk.toString('latin1')));
  const gone = new Promise((resolve) => void socket.once('close', resolve));
  socket.end(bytes);
  await gone;
  return heard;
};
/** On a connection of its own, as another command would have it. */
const isServed = async () =>
  (await exchange('GET /ringing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).startsWith(
    'HTTP/1.1 200 ',
  );

describe('the local socket', { timeout: 120_000 }, () => {
  it('answers the next request after any bytes', async () => {
    const request = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc
        .tuple(fc.string(), fc.string())
        .map(([target, name]) => `GET /${target} HTTP/1.1\r\nHost: x\r\n${name}: 1\r\n\r\n`),
      fc.constantFrom(
        'GET /status HTTP/1.1\r\n\r\n',
        'POST /ringing HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n',
        'POST /ringing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\nzzzz',
        'GET /__proto__ HTTP/1.1\r\nHost: x\r\n\r\n',
        'GET //%ff%00/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n',
        'CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n',
        'GET /ringing HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      ),
    );
    await fc.assert(
      fc.asyncProperty(request, async (text) => {
        expect(await exchange(text)).not.toContain('HTTP/1.1 500');
      }),
      { numRuns: RUNS },
    );
    expect(await isServed()).toBe(true);
  });

  it('refuses a head that is too long, and needs no memory for a body of ten megabytes', async () => {
    const long = `GET /ringing HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`;
    expect(await exchange(long)).toMatch(/^HTTP\/1\.1 431 /);
    const size = 10 * 1024 * 1024;
    const head = `POST /ringing HTTP/1.1\r\nHost: x\r\nContent-Length: ${size}\r\n\r\n`;
    expect(await exchange(Buffer.concat([Buffer.from(head), Buffer.alloc(size)]))).toMatch(
      /^HTTP\/1\.1 404 /,
    );
    expect(await isServed()).toBe(true);
  });

  it('frees itself of those who take all connections and say nothing, or half a request', async () => {
    const half = 'GET /ringing HTTP/1.1\r\nHost:';
    const silent = await Promise.all(Array.from({ length: CONNECTIONS_MAX }, open));
    for (const socket of silent.slice(CONNECTIONS_MAX / 2)) socket.write(half);
    const isRefused = async () => !(await isServed());
    expect(await eventually(isRefused, DEADLINE_MS)).toBe(true);
    expect(await eventually(isServed, DEADLINE_MS, 200)).toBe(true);
    for (const socket of silent) socket.destroy();
  });
});
