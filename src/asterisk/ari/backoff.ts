// Pauses between attempts to connect: short at first, longer with each failure, never the same for two daemons.

import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_MS = 250;
/** Calls are refused meanwhile, and an attempt costs next to nothing: an Asterisk that is back is found within a second. */
const MAX_MS = 1000;
const SLOW_MS = 15_000;

/** Doubles from 250 ms to a second; each pause is cut by up to a random half. */
export class Backoff {
  #nextMs = FIRST_MS;

  reset(): void {
    this.#nextMs = FIRST_MS;
  }

  /** For what no soon attempt will mend, such as a wrong password: a pause of 15 s comes next. */
  slowDown(): void {
    this.#nextMs = SLOW_MS;
  }

  /** Returns early, without a throw, when the signal says so. */
  async wait(signal: AbortSignal): Promise<void> {
    const ms = this.#nextMs * (0.5 + Math.random() / 2);
    this.#nextMs = Math.min(this.#nextMs * 2, MAX_MS);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }
}
