// Stands between ari-client and its WebSocket: messages pass a guard, its reconnecting never learns of a loss.

import assert from 'node:assert';
import type { Client } from 'ari-client';
import type { WebSocket } from 'ws';
import { ALLOWED_TYPES } from './applications.ts';
import { parseJson, type EventDoor } from './event-door.ts';
import { isRecord } from './events.ts';
import { MESSAGE_BYTES_MAX } from './link-socket.ts';
import type { AriOptions } from './link.ts';

type Listener = (data: unknown) => void;

export interface ContainedSocket {
  /** Resolves with the open socket, rejects when it cannot be opened. */
  readonly opened: Promise<WebSocket>;
  /** Cuts off a socket that is still being opened. */
  abandon(): void;
}

/**
 * To be called before `client.start()`. ari-client puts its socket into `client._ws` and listens on it; what it gets
 * there is this facade. Its own listeners for `error` and `close` are left out: they would reconnect ten times and then
 * stay deaf for ever, also after `stop()`. Its listener for `message` throws at bad JSON and at every event type that
 * Asterisk's documents do not list, so only known types get there, inside a guard.
 */
export function containSocket(
  client: Client,
  door: EventDoor,
  login: Pick<AriOptions, 'username' | 'password'>,
): ContainedSocket {
  sendLoginAsHeader(client, login);
  const { promise: opened, resolve, reject } = Promise.withResolvers<WebSocket>();
  let socket: WebSocket | undefined;
  let abandoned = false;
  const known = new Set(ALLOWED_TYPES);

  const listen = (event: string, listener: Listener): void => {
    if (socket === undefined || event !== 'message') return;
    socket.on('message', (data) => {
      const message = parseJson(data);
      if (!isRecord(message) || typeof message['type'] !== 'string' || !known.has(message['type'])) {
        door.drop();
        return;
      }
      try {
        listener(data);
      } catch {
        door.drop();
      }
    });
  };
  const facade = { on: listen };

  Object.defineProperty(client, '_ws', {
    get: () => facade,
    set(made: WebSocket) {
      socket = made;
      boundMessages(made);
      const fail = (error: Error): void => reject(error);
      made.on('error', fail);
      made.once('open', () => {
        // Whoever takes the socket over listens for errors in the same turn of the event loop.
        if (abandoned) return made.terminate();
        resolve(made);
      });
    },
  });

  return {
    opened,
    abandon() {
      abandoned = true;
      socket?.terminate();
    },
  };
}

/**
 * The package would put user and password into the query (`api_key=`), which logs of Asterisk and of proxies show. As
 * the user of the URL they leave in the header of the handshake, and Asterisk looks at that first (res/res_ari.c).
 */
function sendLoginAsHeader(
  client: Client,
  { username, password }: Pick<AriOptions, 'username' | 'password'>,
) {
  const connection: unknown = Reflect.get(client, '_connection');
  assert(isRecord(connection) && typeof connection['host'] === 'string');
  const login = [username, password].map((part) => encodeURIComponent(part.toWellFormed())).join(':');
  connection['host'] = `${login}@${connection['host']}`;
  connection['user'] = '';
  connection['pass'] = '';
}

/** The package asks for no bound, which leaves 100 MiB (ws, lib/websocket.js). */
function boundMessages(socket: WebSocket): void {
  const inherited: unknown = Reflect.get(socket, 'setSocket');
  assert(typeof inherited === 'function');
  Object.defineProperty(socket, 'setSocket', {
    value: (stream: unknown, head: unknown, options: object): unknown =>
      Reflect.apply(inherited, socket, [stream, head, { ...options, maxPayload: MESSAGE_BYTES_MAX }]),
  });
}
