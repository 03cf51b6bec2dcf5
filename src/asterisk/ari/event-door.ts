// What both links do with a message that is not an answer: let the heartbeat pass, guard, count, hand over, survive.

import { randomBytes } from 'node:crypto';
import { isRecord, PEER_BEAT, readEvent } from './events.ts';
import type { AriOptions } from './link.ts';

/** Problems told one by one; after that only each thousandth. */
const TOLD_SINGLY_MAX = 5;

/** One per connection. */
export class EventDoor {
  /** Messages that were no event we know. */
  dropped = 0;
  readonly #onEvent: AriOptions['onEvent'];
  readonly #onProblem: AriOptions['onProblem'];
  /** Tells our own beats from those of another daemon of the same name. */
  readonly #beatPrefix = `callwarden-beat-${randomBytes(6).toString('hex')}-`;
  #beats = 0;
  #failures = 0;
  #onBeat: (() => void) | undefined;

  constructor(options: Pick<AriOptions, 'onEvent' | 'onProblem'>) {
    this.#onEvent = options.onEvent;
    this.#onProblem = options.onProblem;
  }

  /** A parsed message. Never throws. */
  enter(message: unknown): void {
    if (isRecord(message) && message['type'] === 'ChannelUserevent') {
      const name = message['eventname'];
      if (typeof name === 'string' && name.startsWith(this.#beatPrefix)) return this.#onBeat?.();
      // Those of other programs are none of ours.
      if (typeof name !== 'string' || !name.startsWith(PEER_BEAT)) return;
    }
    const event = readEvent(message);
    if (event === null) {
      this.drop();
      return;
    }
    try {
      const result: unknown = this.#onEvent(event);
      // An async handler is a void handler to the compiler; its rejection would end the process.
      if (result instanceof Promise) result.catch((error: unknown) => this.#tellFailure(event.type, error));
    } catch (error) {
      this.#tellFailure(event.type, error);
    }
  }

  /** Counts a message that was no event. */
  drop(): void {
    this.dropped += 1;
    if (this.dropped <= TOLD_SINGLY_MAX || this.dropped % 1000 === 0) {
      this.#onProblem(
        `Asterisk sent a message that is no event we know; ${this.dropped} were dropped so far.`,
      );
    }
  }

  /** Sends one user event to ourselves through Asterisk; resolves when it is back on the socket. */
  async expectBeat(send: (eventName: string) => Promise<unknown>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#onBeat = resolve;
    this.#beats += 1;
    await send(`${this.#beatPrefix}${this.#beats}`);
    await promise;
  }

  #tellFailure(type: string, error: unknown): void {
    this.#failures += 1;
    if (this.#failures > TOLD_SINGLY_MAX && this.#failures % 1000 !== 0) return;
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#onProblem(`The handler of ${type} failed (${this.#failures} failures so far): ${why}`);
  }
}

/** The JSON in a WebSocket message or a text; undefined when it is none. Never throws. */
export function parseJson(data: unknown): unknown {
  // ws hands out Buffers unless it is told otherwise.
  const text = Buffer.isBuffer(data) ? data.toString('utf8') : data;
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
