// A UDP socket for SIP that records each message with its time.
import { createSocket, type Socket } from 'node:dgram';

import { formatMessage, parseMessage, type SipMessage } from './message.ts';

/** Oldest messages are forgotten beyond this, so that a phone can be used for a load of calls. */
const messagesMax = 20_000;

export interface Peer {
  readonly address: string;
  readonly port: number;
}

export interface RecordedMessage {
  /** Monotonic, by `performance.now()`. */
  readonly atMs: number;
  readonly direction: 'sent' | 'received';
  readonly peer: Peer;
  readonly message: SipMessage;
}

export class SipSocket implements AsyncDisposable {
  readonly local: Peer;
  readonly messages: RecordedMessage[] = [];
  /** Set by the owner before anything can arrive. */
  onMessage: (message: SipMessage, peer: Peer, atMs: number) => void = () => {};
  readonly #socket: Socket;
  #open = true;

  private constructor(socket: Socket) {
    this.#socket = socket;
    this.local = socket.address();
    socket.on('message', (datagram, { address, port }) => {
      const atMs = performance.now();
      const message = parseMessage(datagram);
      if (message === null) return;
      const peer = { address, port };
      this.#record({ atMs, direction: 'received', peer, message });
      this.onMessage(message, peer, atMs);
    });
  }

  /** Opens a socket on a free port of a loopback address. */
  static async open(address: string): Promise<SipSocket> {
    return new SipSocket(await openUdp(address));
  }

  /** Sends at once; returns the time. Nothing is sent after the socket was closed. */
  send(message: SipMessage, peer: Peer): number {
    const atMs = performance.now();
    if (!this.#open) return atMs;
    this.#record({ atMs, direction: 'sent', peer, message });
    this.#socket.send(formatMessage(message), peer.port, peer.address);
    return atMs;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await closeUdp(this.#socket);
  }

  #record(entry: RecordedMessage): void {
    this.messages.push(entry);
    if (this.messages.length > messagesMax) this.messages.shift();
  }
}

/**
 * A bound UDP socket on a free port; later errors (a peer that is gone) are for SIP's own timers to notice.
 */
export async function openUdp(address: string): Promise<Socket> {
  const socket = createSocket('udp4');
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  socket.once('error', reject);
  socket.bind({ address, port: 0, exclusive: true }, () => resolve(undefined));
  await promise;
  socket.off('error', reject);
  socket.on('error', () => {});
  return socket;
}

export async function closeUdp(socket: Socket): Promise<void> {
  await new Promise<void>((done) => socket.close(() => done()));
}
