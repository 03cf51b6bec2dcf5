// The listener of the console and the API against those who send slowly, too much, in the clear or by an old TLS.
import { once } from 'node:events';
import { copyFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { connect as connectTls, type SecureVersion } from 'node:tls';
import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { listenWeb } from '../../src/http/web-server.ts';
import { eventually } from '../lab/processes.ts';
import { tempDirectory } from '../store/temp-store.ts';
import { AS, askWeb, makeCertificate, webHouse } from './web-house.ts';

const DEADLINE_MS = 30_000;
const HALF_OPEN = 2_000;
const CONNECTIONS_MAX = 1_000;

function opened(port: number, send = ''): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  onTestFinished(() => void socket.destroy());
  socket.write(send);
  return socket;
}

/** The version agreed upon, or the reason why there is none. */
function handshake(port: number, minVersion: SecureVersion, maxVersion: SecureVersion): Promise<string> {
  return new Promise((resolve) => {
    // OpenSSL of today does not even offer the old versions unless told so.
    const ciphers = 'DEFAULT@SECLEVEL=0';
    const socket = connectTls({
      port,
      host: '127.0.0.1',
      rejectUnauthorized: false,
      minVersion,
      maxVersion,
      ciphers,
    });
    socket.on('secureConnect', () => {
      resolve(socket.getProtocol() ?? '');
      socket.destroy();
    });
    socket.on('error', (error) => resolve(error.message));
  });
}

async function nameOf(port: number): Promise<string> {
  const socket = connectTls({ port, host: '127.0.0.1', rejectUnauthorized: false });
  await once(socket, 'secureConnect');
  const { subject } = socket.getPeerCertificate();
  socket.destroy();
  return String(subject.CN);
}

describe('the listener of the web side', { timeout: 60_000 }, () => {
  it('goes on answering among two thousand connections that say nothing, and cuts them and a body that never comes', async () => {
    const { port } = await webHouse();
    const mute = opened(
      port,
      `PATCH /api/v1/settings HTTP/1.1\r\nHost: 127.0.0.1\r\n${AS}: maria\r\nIf-Match: *\r\nContent-Type: application/json\r\nContent-Length: 30\r\n\r\n{`,
    );
    mute.resume();
    const silent = Array.from({ length: HALF_OPEN }, (_, index) =>
      opened(port, index % 2 === 0 ? '' : 'GET /api/v1/settings HTTP/1.1\r\nHost: 127'),
    );
    expect((await askWeb(port, '/api/v1/settings')).status).toBe(401);
    await eventually(() => silent.every((socket) => !socket.connecting), DEADLINE_MS);
    expect((await askWeb(port, '/api/v1/settings')).status).toBe(401);
    for (const socket of silent) socket.resume();
    const openOnes = () => {
      const left = silent.filter((socket) => !socket.destroyed);
      // Where the kernel has dropped the end of a handshake, who only listens never hears of it.
      for (const socket of left) socket.write('x');
      return left.length;
    };
    expect(await eventually(() => openOnes() === 0, DEADLINE_MS, 200)).toBe(true);
    expect(await eventually(() => mute.closed, DEADLINE_MS, 200)).toBe(true);
  });

  it('goes on answering others while one holds every connection open between two requests', async () => {
    const { port } = await webHouse();
    const kept = Array.from({ length: CONNECTIONS_MAX }, () =>
      opened(port, 'GET /api/v1/settings HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'),
    );
    let answered = 0;
    for (const socket of kept) socket.once('data', () => (answered += 1));
    expect(await eventually(() => answered === CONNECTIONS_MAX, DEADLINE_MS)).toBe(true);
    for (const socket of kept) socket.resume();
    expect((await askWeb(port, '/api/v1/settings')).status).toBe(401);
    expect((await askWeb(port, '/api/v1/settings')).status).toBe(401);
  });

  it('goes on answering others while one holds every connection open with a body that does not come', async () => {
    const { port } = await webHouse();
    const head = 'POST /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n';
    const mute = Array.from({ length: CONNECTIONS_MAX }, () =>
      opened(port, `${head}Content-Length: 30\r\n\r\n{`),
    );
    expect(await eventually(() => mute.every((socket) => !socket.connecting), DEADLINE_MS)).toBe(true);
    expect((await askWeb(port, '/api/v1/settings')).status).toBe(401);
    const headers = { 'content-type': 'application/json' };
    expect((await askWeb(port, '/api/v1/session', { method: 'POST', headers, body: '{}' })).status).toBe(400);
  });

  it('cuts who sends a head that is too large, or never ends', async () => {
    const { port } = await webHouse();
    const large = askWeb(port, '/api/v1/settings', { headers: { 'x-large': 'x'.repeat(20_000) } });
    // What was not read any more may cut the answer off.
    expect(await large.catch(() => ({ status: 431 }))).toMatchObject({ status: 431 });
    const drip = opened(port, 'GET / HTTP/1.1\r\n');
    drip.resume();
    const timer = setInterval(() => drip.write('x-slow: 1\r\n'), 200);
    onTestFinished(() => clearInterval(timer));
    expect(await eventually(() => drip.closed, DEADLINE_MS, 200)).toBe(true);
  });

  it('speaks TLS 1.2 and newer, and neither older versions nor plain HTTP on that port', async () => {
    const { port } = await webHouse({ tls: makeCertificate('callwarden') });
    expect((await askWeb(port, '/api/v1/settings', { tls: true })).status).toBe(401);
    expect(await handshake(port, 'TLSv1.3', 'TLSv1.3')).toBe('TLSv1.3');
    expect(await handshake(port, 'TLSv1.2', 'TLSv1.2')).toBe('TLSv1.2');
    for (const old of ['TLSv1', 'TLSv1.1'] as const) {
      expect(await handshake(port, old, old)).toMatch(/alert|protocol version|unsupported/i);
    }
    await expect(askWeb(port, '/api/v1/settings')).rejects.toThrow(/hang up|reset|socket/i);
  });

  it('takes a new certificate without a restart, and keeps the old one where the new is of no use', async () => {
    const first = makeCertificate('first');
    const { server, port } = await webHouse({ tls: first });
    expect([await nameOf(port), server.problem()]).toEqual(['first', '']);
    const second = makeCertificate('second', 3);
    copyFileSync(second.certificate, first.certificate);
    server.refresh();
    expect(server.problem()).toMatch(/is not that of the certificate.*goes on/);
    expect(await nameOf(port)).toBe('first');
    copyFileSync(second.key, first.key);
    server.refresh();
    expect(await nameOf(port)).toBe('second');
    expect(server.problem()).toMatch(/ends on \d{4}-\d\d-\d\d; put a new one/);
  });

  it('says in a sentence why it cannot listen', async () => {
    const { port } = await webHouse();
    const why = async (given: {
      port?: number;
      host?: string;
      tls?: { certificate: string; key: string };
    }) => {
      const options = { host: '127.0.0.1', port: 0, tls: null, nowMs: Date.now, ...given };
      return listenWeb(options, new Hono()).then(
        () => 'it listens',
        (error: unknown) => (error instanceof AppError ? error.message : 'no AppError'),
      );
    };
    const directory = tempDirectory();
    const none = { certificate: join(directory, 'none.crt'), key: join(directory, 'none.key') };
    const made = makeCertificate('callwarden');
    expect(await why({ port })).toMatch(/is taken by another program; stop it, or set \[web\] listen/);
    expect(await why({ host: '192.0.2.77' })).toMatch(/is no address of this machine/);
    expect(await why({ tls: none })).toMatch(/none\.crt cannot be read \(ENOENT\)/);
    expect(await why({ tls: { certificate: made.key, key: made.certificate } })).toMatch(
      /holds no certificate/,
    );
    expect(await why({ tls: { ...made, key: makeCertificate('other').key } })).toMatch(/is not that of/);
  });
});
