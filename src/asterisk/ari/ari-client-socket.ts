// Stands between ari-client and its WebSocket: messages pass a guard, its reconnecting never learns of a loss.

import type { Client } from 'ari-client';
import type { WebSocket } from 'ws';
import { ALLOWED_TYPES } from './applications.ts';
import { parseJson, type EventDoor } from './event-door.ts';
import { isRecord } from './events.ts';

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
export function containSocket(client: Client, door: EventDoor): ContainedSocket {
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
