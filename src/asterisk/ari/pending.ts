// Requests that wait for their answer: a deadline for each, a bound for all, and one end when the link is lost.

import { AppError } from '../../errors.ts';
import type { AriAnswer, AriRequest } from './commands.ts';

/** More means that Asterisk has stopped serving us. */
const PENDING_MAX = 2000;

interface Waiting {
  readonly request: AriRequest;
  timer: NodeJS.Timeout | undefined;
  readonly resolve: (answer: AriAnswer) => void;
  readonly reject: (error: AppError) => void;
}

/** One per connection. */
export class PendingRequests {
  readonly #deadlineMs: number;
  readonly #waiting = new Map<string, Waiting>();
  #lastId = 0;

  constructor(deadlineMs: number) {
    this.#deadlineMs = deadlineMs;
  }

  /**
   * Runs `send` with a fresh id before it returns. The promise settles by `settle` or `fail` with that id, by the
   * deadline, or by `failAll`, whichever comes first.
   */
  add(request: AriRequest, send: (id: string) => void): Promise<AriAnswer> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.size >= PENDING_MAX) {
        const message = `Asterisk left ${PENDING_MAX} requests unanswered; ${request.operation} was not sent.`;
        reject(new AppError('unavailable', message));
        return;
      }
      const id = String(++this.#lastId);
      const waiting: Waiting = { request, timer: undefined, resolve, reject };
      this.#waiting.set(id, waiting);
      // On its way before its deadline is set up: a call may wait for it.
      try {
        send(id);
      } catch (error) {
        this.#waiting.delete(id);
        throw error;
      }
      waiting.timer = setTimeout(() => {
        const message = `Asterisk did not answer ${request.operation} within ${this.#deadlineMs} ms.`;
        this.fail(id, new AppError('unavailable', message));
      }, this.#deadlineMs);
    });
  }

  has(id: string): boolean {
    return this.#waiting.has(id);
  }

  /** An answer after its deadline has nobody waiting and is dropped. */
  settle(id: string, answer: AriAnswer): void {
    this.#take(id)?.resolve(answer);
  }

  fail(id: string, error: AppError): void {
    this.#take(id)?.reject(error);
  }

  failAll(reason: string): void {
    for (const [id, { request }] of this.#waiting) this.fail(id, lostLink(request, reason));
  }

  #take(id: string): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return undefined;
    this.#waiting.delete(id);
    clearTimeout(waiting.timer);
    return waiting;
  }
}

/** For a request whose link is gone, before or after it was sent. */
export function lostLink(request: AriRequest, reason: string): AppError {
  const message = `The link to Asterisk was lost before ${request.operation} was answered: ${reason}.`;
  return new AppError('unavailable', message);
}
