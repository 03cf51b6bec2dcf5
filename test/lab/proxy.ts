// Stands between a client and Asterisk, to lose, hold back, cut off or invent what they say to each other.
import assert from 'node:assert';
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Which way bytes go: `down` from Asterisk to the client, `up` from the client to Asterisk. */
export type Direction = 'down' | 'up';

/** FIN, or RST. */
export type Cut = 'end' | 'reset';

export interface Proxy extends AsyncDisposable {
  readonly port: number;
  /** Connections taken since the start. */
  readonly taken: number;
  /** Connections that stand now. */
  readonly standing: number;
  /** Drops every connection; new ones are taken. */
  cut(how?: Cut): void;
  /** Cuts the connections that stand, and the next one too, when so many more bytes have gone that way. */
  cutAfter(bytes: number, direction: Direction, how?: Cut): void;
  /** From now on nothing gets through the connections that stand, though all their sockets stay open. */
  stall(direction?: Direction): void;
  /** Reads no more from the sender on the connections that stand, until `flow`: its writes fill up and block. */
  hold(direction: Direction): void;
  flow(): void;
  /** True: new connections are dropped at once. */
  refuse(refuses: boolean): void;
  /** Sends a message to all WebSockets as if it came from Asterisk. */
  inject(payload: string | Buffer): void;
}

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  isWebSocket: boolean;
}

interface Fuse {
  left: number;
  readonly direction: Direction;
  readonly how: Cut;
}

export async function startProxy(targetPort: number): Promise<Proxy> {
  const pairs = new Set<Pair>();
  const held = new WeakSet<Socket>();
  let taken = 0;
  let refuses = false;
  let fuse: Fuse | null = null;

  const cut = (how: Cut = 'end'): void => {
    for (const { near, far } of pairs) {
      for (const socket of [near, far]) {
        if (how === 'reset') socket.resetAndDestroy();
        else socket.destroy();
      }
    }
  };
  /** Passes what goes one way, up to the byte where the fuse blows. */
  const pass = (direction: Direction, from: Socket, to: Socket): void => {
    from.on('data', (chunk) => {
      if (fuse?.direction !== direction || chunk.length < fuse.left) {
        if (fuse?.direction === direction) fuse.left -= chunk.length;
        if (!to.write(chunk)) from.pause();
        return;
      }
      const { left, how } = fuse;
      fuse = null;
      // What was written before the cut must arrive, or the cut would be at another byte.
      to.write(chunk.subarray(0, left), () => cut(how));
    });
    to.on('drain', () => void (held.has(from) || from.resume()));
  };
  const server = createServer((near) => {
    taken += 1;
    if (refuses) {
      near.destroy();
      return;
    }
    const far = connect(targetPort, '127.0.0.1');
    const pair: Pair = { near, far, isWebSocket: false };
    pairs.add(pair);
    near.once('data', (head) => (pair.isWebSocket = /upgrade: *websocket/i.test(head.toString('latin1'))));
    pass('up', near, far);
    pass('down', far, near);
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

  return {
    port: address.port,
    get taken() {
      return taken;
    },
    get standing() {
      return pairs.size;
    },
    cut,
    cutAfter: (bytes, direction, how = 'end') => {
      fuse = { left: Math.max(1, bytes), direction, how };
    },
    stall: (direction) => {
      for (const { near, far } of pairs) {
        // Somebody must read on, or the kernel would tell the sender sooner or later.
        if (direction !== 'down') deafen(near);
        if (direction !== 'up') deafen(far);
      }
    },
    hold: (direction) => {
      for (const { near, far } of pairs) {
        const sender = direction === 'up' ? near : far;
        held.add(sender);
        sender.pause();
      }
    },
    flow: () => {
      for (const socket of [...pairs].flatMap(({ near, far }) => [near, far])) {
        held.delete(socket);
        socket.resume();
      }
    },
    refuse: (next) => {
      refuses = next;
    },
    inject: (payload) => {
      for (const { near, isWebSocket } of pairs) if (isWebSocket) near.write(frame(payload));
    },
    async [Symbol.asyncDispose]() {
      server.close();
      cut();
      await once(server, 'close');
    },
  };
}

function deafen(socket: Socket): void {
  socket.removeAllListeners('data');
  socket.resume();
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
