// Waiting for a fact with a deadline: whoever changes something says so, whoever waits looks again.
import { setImmediate as nextTurn } from 'node:timers/promises';

import { AppError } from '../../../src/errors.ts';

export class Changes {
  readonly #waiting = new Set<() => void>();
  #failure: unknown = null;

  /** Something changed: all waits look again. */
  notify(): void {
    for (const look of this.#waiting) look();
  }

  /** Everything that waits, now or later, rejects with this error: nobody else would hear of it. */
  fail(error: unknown): void {
    this.#failure ??= error;
    this.notify();
  }

  /**
   * Resolves with the first value of `look` that is not undefined. Rejects with `AppError('unavailable')` at
   * the deadline; `describe` says what was waited for and what happened instead.
   */
  async until<T>(look: () => T | undefined, deadlineMs: number, describe: () => string): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const check = (): void => {
      if (this.#failure !== null) reject(this.#failure);
      const value = look();
      if (value !== undefined) resolve(value);
    };
    const deadline = setTimeout(
      () => reject(new AppError('unavailable', `${describe()} (waited ${deadlineMs} ms)`)),
      deadlineMs,
    );
    this.#waiting.add(check);
    try {
      check();
      const value = await promise;
      // Sound that came before the SIP message may still lie in the other socket: let it be read first.
      await nextTurn();
      await nextTurn();
      return value;
    } finally {
      clearTimeout(deadline);
      this.#waiting.delete(check);
    }
  }
}
