// Stands between a link and a real Asterisk, to send what Asterisk would not and to lose what it sends.
import assert from 'node:assert';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface MeddlingProxy extends AsyncDisposable {
  readonly port: number;
  /** Sends a message to all WebSockets as if it came from Asterisk. */
  inject(payload: string | Buffer): void;
  /** Drops every connection; new ones are taken. */
  cut(): void;
  /** From now on nothing gets through in either direction, though all sockets stay open. */
  stall(): void;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  isWebSocket: boolean;
}

export async function startMeddlingProxy(targetPort: number): Promise<MeddlingProxy> {
  const pairs = new Set<Pair>();
  const server = createServer((near) => {
    const far = connect(targetPort, '127.0.0.1');
    const pair: Pair = { near, far, isWebSocket: false };
    pairs.add(pair);
    near.once('data', (head) => (pair.isWebSocket = /upgrade: *websocket/i.test(head.toString('latin1'))));
    near.pipe(far);
    far.pipe(near);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on('error', () => {});
      socket.on('close', () => {
        pairs.delete(pair);
        near.destroy();
        far.destroy();
      });
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert(typeof address === 'object' && address !== null);
  const cut = (): void => {
    for (const { near, far } of pairs) {
      near.destroy();
      far.destroy();
    }
  };
  return {
    port: address.port,
    inject: (payload) => {
      for (const { near, isWebSocket } of pairs) if (isWebSocket) near.write(frame(payload));
    },
    cut,
    stall: () => {
      for (const { near, far } of pairs) {
        near.unpipe();
        far.unpipe();
        // Somebody must read on, or the kernel would tell the sender sooner or later.
        near.resume();
        far.resume();
      }
    },
    async [Symbol.asyncDispose]() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}

/** One unmasked, final frame: text for a string, binary for a Buffer (RFC 6455, 5.2). */
function frame(payload: string | Buffer): Buffer {
  const body = Buffer.from(payload);
  const opcode = typeof payload === 'string' ? 0x81 : 0x82;
  if (body.length < 126) return Buffer.concat([Buffer.from([opcode, body.length]), body]);
  const head = Buffer.alloc(10);
  head[0] = opcode;
  head[1] = 127;
  head.writeBigUInt64BE(BigInt(body.length), 2);
  return Buffer.concat([head, body]);
}
