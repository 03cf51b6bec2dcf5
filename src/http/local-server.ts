// The daemon's local socket: reachable by file permission only, and the sign that one daemon runs on this host.
import { chmodSync, lstatSync, mkdirSync, unlinkSync } from 'node:fs';
import { once } from 'node:events';
import { connect } from 'node:net';
import assert from 'node:assert/strict';
import { Server } from 'node:http';
import { dirname } from 'node:path';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { AppError } from '../errors.ts';

const PROBE_DEADLINE_MS = 1000;
/** A third each for event streams, for calls that are being taken, and for commands. */
const CONNECTIONS_MAX = 48;
const REQUEST_DEADLINE_MS = 5000;
/** Only who has one to send is asked for a body, and says how long it may be; others are not read. */
const BOUNDS = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: REQUEST_DEADLINE_MS,
  requestTimeout: REQUEST_DEADLINE_MS,
  keepAliveTimeout: REQUEST_DEADLINE_MS,
  // Node looks at its deadlines only so often, every 30 s unless told otherwise.
  connectionsCheckingInterval: 1000,
} as const;
/** Whoever may ask learns who rings for whom: the daemon's own user and root. */
const SOCKET_MODE = 0o600;
const FOLDER_MODE = 0o700;

/**
 * Listens on a Unix socket. A socket file that nobody answers on is a leftover and is replaced; one that answers
 * belongs to another daemon.
 * @throws AppError `conflict` when another daemon answers there, `unavailable` when the path cannot be used.
 */
export async function listenOnSocket(
  path: string,
  app: Hono<{ Bindings: HttpBindings }>,
): Promise<AsyncDisposable> {
  await removeLeftover(path);
  const server = createAdaptorServer({ fetch: app.fetch, serverOptions: BOUNDS });
  assert(server instanceof Server);
  server.maxConnections = CONNECTIONS_MAX;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: FOLDER_MODE });
    server.listen(path);
    await once(server, 'listening');
    chmodSync(path, SOCKET_MODE);
  } catch (error) {
    throw new AppError(
      'unavailable',
      `The local socket ${path} cannot be opened; set [socket] path to a folder that the daemon may write to.`,
      { cause: error },
    );
  }
  return {
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function removeLeftover(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isSocket()) {
    throw new AppError('conflict', `${path} is no socket; remove it, or set [socket] path to another name.`);
  }
  if (await answers(path)) {
    throw new AppError(
      'conflict',
      `Another callwarden already runs on ${path}; stop it first, or give this one its own [socket] path.`,
    );
  }
  unlinkSync(path);
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(PROBE_DEADLINE_MS) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
