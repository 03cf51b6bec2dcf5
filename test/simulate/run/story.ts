// The story of one world: every line with its time, and what went wrong.
import { createHash } from 'node:crypto';
import type { Clock } from '../world/clock.ts';

/** Beyond it the story goes on untold; its sum does not. */
const LINES_MAX = 20_000;

export class Story {
  readonly lines: string[] = [];
  readonly violations: string[] = [];
  readonly #clock: Clock;
  readonly #sum = createHash('sha256');

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  tell(text: string): void {
    const line = `${(this.#clock.nowMs / 1000).toFixed(4).padStart(9)}  ${text}`;
    this.#sum.update(line);
    if (this.lines.length < LINES_MAX) this.lines.push(line);
  }

  /** Something that must never be. The world goes on to its end, so that the story is whole. */
  violate(text: string): void {
    if (this.violations.includes(text)) return;
    this.violations.push(text);
    this.tell(`VIOLATION ${text}`);
  }

  /** Of every line: two runs of one seed have the same. */
  sum(): string {
    return this.#sum.copy().digest('hex').slice(0, 16);
  }
}
