// A FastAGI server that does what a test tells it: every way in which a daemon can fail while a call waits for its answer.
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

import { readAgiHeader } from '../../src/asterisk/agi/header.ts';

/** What a call asked, and the connection that it waits on. */
export interface Asked {
  readonly socket: Socket;
  readonly nonce: string;
  readonly dialled: string;
}

export type Behaviour = (asked: Asked) => void;

export interface RogueAgi extends AsyncDisposable {
  readonly port: number;
  /** Connections that Asterisk has made. */
  readonly connections: number;
  behave: Behaviour;
  /** Ends as a killed process would, and listens no more. */
  stop(): Promise<void>;
  listen(): Promise<void>;
}

export async function startRogueAgi(): Promise<RogueAgi> {
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    let heard = Buffer.alloc(0);
    const hear = (bytes: Buffer) => {
      heard = Buffer.concat([heard, bytes]);
      const end = heard.indexOf('\n\n');
      if (end < 0) return;
      socket.off('data', hear).resume();
      const header = readAgiHeader(heard.subarray(0, end));
      if (header.kind === 'bad') throw new Error(`Asterisk sent no question: ${header.why}`);
      const named = new URLSearchParams(header.question.args.join('&'));
      rogue.behave({ socket, nonce: named.get('nonce') ?? '', dialled: named.get('dialled') ?? '' });
    };
    socket.on('data', hear);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
  });
  let port = 0;
  const listen = async () => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (typeof address === 'object' && address !== null) port = address.port;
  };
  const stop = async () => {
    for (const socket of sockets) socket.destroy();
    if (!server.listening) return;
    server.close();
    await once(server, 'close');
  };
  await listen();
  const rogue: RogueAgi = {
    get port() {
      return port;
    },
    get connections() {
      return connections;
    },
    behave: ({ socket }) => void socket.destroy(),
    stop,
    listen,
    [Symbol.asyncDispose]: stop,
  };
  return rogue;
}
