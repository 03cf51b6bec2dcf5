// Reserves blocks of loopback ports for a lab, so that labs of parallel test files never meet.
import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:net';

import { AppError } from '../../src/errors.ts';

/** The ports of one lab, all on 127.0.0.1. */
export interface LabPorts {
  readonly sip: number;
  readonly http: number;
  readonly ami: number;
  readonly rtpFirst: number;
  readonly rtpLast: number;
  /** For phones that are programs of their own: single ports, and a range for their media. */
  readonly tools: readonly number[];
  readonly toolsMediaFirst: number;
  readonly toolsMediaLast: number;
}

export interface ReservedPorts extends AsyncDisposable {
  readonly ports: LabPorts;
}

// Below Linux's ephemeral range (32768–60999, ip(7)), where a phone's socket could take any port at any time.
const firstPort = 10_000;
const blockPorts = 500;
const blocks = 45;
// Inside a block: the guard, Asterisk's three, then these.
const toolsFrom = 4;
const toolsMediaFrom = 13;
const rtpFrom = 50;

/**
 * Takes a free block. The block is ours while we hold its first port open: it is free again when we dispose
 * of it or die. Starts at a random block; rejects with `AppError('unavailable')` when all are taken.
 */
export async function reservePorts(): Promise<ReservedPorts> {
  const offset = Math.floor(Math.random() * blocks);
  for (let turn = 0; turn < blocks; turn += 1) {
    const base = firstPort + ((offset + turn) % blocks) * blockPorts;
    const guard = await listen(base);
    if (guard === null) continue;
    const [sip, http, ami] = [base + 1, base + 2, base + 3];
    if ((await isFreeUdp(sip)) && (await isFreeTcp(http)) && (await isFreeTcp(ami))) {
      const ports = {
        sip,
        http,
        ami,
        rtpFirst: base + rtpFrom,
        rtpLast: base + blockPorts - 1,
        tools: Array.from({ length: toolsMediaFrom - toolsFrom }, (_, index) => base + toolsFrom + index),
        toolsMediaFirst: base + toolsMediaFrom,
        toolsMediaLast: base + rtpFrom - 1,
      };
      return { ports, [Symbol.asyncDispose]: () => close(guard) };
    }
    await close(guard);
  }
  throw new AppError(
    'unavailable',
    `All ${blocks} blocks of lab ports are in use: end some labs, then try again.`,
  );
}

async function listen(port: number): Promise<Server | null> {
  const server = createServer((socket) => socket.destroy());
  const { promise, resolve } = Promise.withResolvers<boolean>();
  server.on('error', () => resolve(false));
  server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(true));
  if (!(await promise)) return null;
  server.unref();
  return server;
}

async function close(server: Server): Promise<void> {
  await new Promise<void>((done) => server.close(() => done()));
}

async function isFreeTcp(port: number): Promise<boolean> {
  const server = await listen(port);
  if (server === null) return false;
  await close(server);
  return true;
}

async function isFreeUdp(port: number): Promise<boolean> {
  const socket = createSocket('udp4');
  const { promise, resolve } = Promise.withResolvers<boolean>();
  socket.on('error', () => resolve(false));
  socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => resolve(true));
  const free = await promise;
  if (free) await new Promise<void>((done) => socket.close(() => done()));
  return free;
}
