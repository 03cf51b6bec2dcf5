// The life of the WebSocket under a link: what ends it, and that it ends once, with a reason.

import type { WebSocket } from 'ws';

/** A listing of 20,000 channels is the longest answer; a longer message ends the connection. */
export const MESSAGE_BYTES_MAX = 16 * 1024 * 1024;

const CLOSE_DEADLINE_MS = 500;
const CLOSED_BY_US = 'closed by us';

/** Owns one open WebSocket. */
export class LinkSocket {
  /** Resolves once, with the reason. */
  readonly closed: Promise<string>;
  readonly #socket: WebSocket;
  readonly #onEnd: (reason: string) => void;
  readonly #finish: (reason: string) => void;
  #closing = false;
  #endReason: string | null = null;

  /** `onEnd` runs once, before `closed` resolves. */
  constructor(socket: WebSocket, onEnd: (reason: string) => void) {
    this.#socket = socket;
    this.#onEnd = onEnd;
    const { promise, resolve } = Promise.withResolvers<string>();
    this.closed = promise;
    this.#finish = resolve;
    // This listener stays: a socket that is cut off may still emit an error, which would end the process.
    socket.on('error', (error) => this.end(`socket error: ${error.message}`));
    socket.on('close', (code) => {
      this.end(this.#closing ? CLOSED_BY_US : `Asterisk closed the connection (WebSocket code ${code})`);
    });
    if (socket.readyState !== socket.OPEN) this.end('the socket was lost as soon as it was open');
  }

  /** Null while the socket is up. */
  get endReason(): string | null {
    return this.#endReason;
  }

  send(text: string): void {
    this.#socket.send(text);
  }

  /** Cuts the socket off at once; later calls do nothing. */
  end(reason: string): void {
    if (this.#endReason !== null) return;
    this.#endReason = reason;
    this.#socket.removeAllListeners('message');
    this.#socket.terminate();
    this.#onEnd(reason);
    this.#finish(reason);
  }

  /** Says goodbye first, which spares Asterisk a warning; a peer that does not answer is cut off. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#endReason === null && !this.#closing) {
      this.#closing = true;
      this.#socket.close(1000);
      const timer = setTimeout(() => this.end(CLOSED_BY_US), CLOSE_DEADLINE_MS);
      await this.closed;
      clearTimeout(timer);
    }
    await this.closed;
  }
}
