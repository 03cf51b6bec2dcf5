// What waits to be handed to one receiver: in order, tried again with growing pauses, bounded in number, age and tries.
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../errors.ts';

/** How long a stop goes on handing over what waits. */
const STOP_DEADLINE_MS = 1000;

/** `failed` may mend itself and is tried again; `refused` will not, and is given up at once. */
export type SendResult =
  | { readonly kind: 'sent' }
  | { readonly kind: 'failed' | 'refused'; readonly problem: string };

/** What became of all that was put in, for `status`. */
export interface OutboxState {
  readonly queued: number;
  readonly sent: number;
  /** Tried, and given up. */
  readonly failed: number;
  /** Never tried: too many were waiting, or too long, or it was too large. */
  readonly dropped: number;
  readonly lastSuccessMs: number | null;
  readonly lastProblem: string;
  /** False from a try that failed to the next that does not. */
  readonly working: boolean;
}

export interface OutboxBounds {
  readonly queueMax: number;
  readonly triesMax: number;
  readonly firstPauseMs: number;
  readonly pauseMaxMs: number;
  /** What is older is given up. */
  readonly ageMaxMs: number;
}

export interface OutboxPorts<Item> {
  /** One try; has its own deadline, and ends early when the signal says so. */
  readonly send: (item: Item, signal: AbortSignal) => Promise<SendResult>;
  /** Asked before each try; false: nobody wants it any more, and it is given up. Left out, everything is tried. */
  readonly isWanted?: (item: Item) => boolean;
  /** Called when the receiver stops taking what is sent, not for each try; and with '' when it takes it again. */
  readonly onProblem: (problem: string) => void;
  readonly nowMs: () => number;
}

interface Entry<Item> {
  readonly item: Item;
  readonly sinceMs: number;
}

export class Outbox<Item> implements AsyncDisposable {
  readonly #bounds: OutboxBounds;
  readonly #ports: OutboxPorts<Item>;
  readonly #stopping = new AbortController();
  readonly #ended = new AbortController();
  #waiting: Entry<Item>[] = [];
  #work: Promise<void> | null = null;
  #sent = 0;
  #failed = 0;
  #dropped = 0;
  #lastSuccessMs: number | null = null;
  #lastProblem = '';
  /** Tries that failed since the last that did not. */
  #failures = 0;

  constructor(bounds: OutboxBounds, ports: OutboxPorts<Item>) {
    this.#bounds = bounds;
    this.#ports = ports;
  }

  /** Never throws and never waits; beyond the bound the oldest goes. */
  put(item: Item): void {
    if (this.#stopping.signal.aborted) {
      this.#dropped += 1;
      return;
    }
    this.#waiting.push({ item, sinceMs: performance.now() });
    if (this.#waiting.length > this.#bounds.queueMax) {
      this.#waiting.shift();
      this.#dropped += 1;
    }
    this.#work ??= this.#run();
  }

  /** Counts what cannot be put in at all. */
  drop(problem: string): void {
    this.#dropped += 1;
    this.#lastProblem = problem;
  }

  /** One try now, beside what waits. Never rejects. */
  async tryOnce(item: Item): Promise<SendResult> {
    const result = await this.#attempt(item);
    this.#note(result);
    return result;
  }

  state(): OutboxState {
    return {
      queued: this.#waiting.length,
      sent: this.#sent,
      failed: this.#failed,
      dropped: this.#dropped,
      lastSuccessMs: this.#lastSuccessMs,
      lastProblem: this.#lastProblem,
      working: this.#failures === 0,
    };
  }

  /** Hands over what can be within a second, each once, and drops the rest. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort();
    const late = setTimeout(() => this.#end(), STOP_DEADLINE_MS);
    await this.#work;
    clearTimeout(late);
    this.#end();
  }

  #end(): void {
    this.#dropped += this.#waiting.length;
    this.#waiting = [];
    this.#ended.abort();
  }

  async #run(): Promise<void> {
    for (let entry = this.#waiting.shift(); entry; entry = this.#waiting.shift()) {
      await this.#handOver(entry);
    }
    this.#work = null;
  }

  /** What comes behind waits, so that the order is kept. */
  async #handOver({ item, sinceMs }: Entry<Item>): Promise<void> {
    const { triesMax, ageMaxMs } = this.#bounds;
    for (let tries = 0; tries < triesMax; tries += 1) {
      if (performance.now() - sinceMs > ageMaxMs || this.#ports.isWanted?.(item) === false) {
        if (tries === 0) this.#dropped += 1;
        else this.#failed += 1;
        return;
      }
      const result = await this.#attempt(item);
      this.#note(result);
      if (result.kind === 'sent') {
        this.#sent += 1;
        return;
      }
      if (result.kind === 'refused' || this.#stopping.signal.aborted) break;
      await this.#pause();
    }
    this.#failed += 1;
  }

  async #attempt(item: Item): Promise<SendResult> {
    try {
      return await this.#ports.send(item, this.#ended.signal);
    } catch (error) {
      return { kind: 'failed', problem: messageOf(error) };
    }
  }

  #note(result: SendResult): void {
    const worked = this.#failures === 0;
    if (result.kind === 'sent') {
      this.#failures = 0;
      this.#lastSuccessMs = this.#ports.nowMs();
      if (!worked) this.#ports.onProblem('');
      return;
    }
    this.#failures += 1;
    this.#lastProblem = result.problem;
    if (worked && !this.#stopping.signal.aborted) this.#ports.onProblem(result.problem);
  }

  async #pause(): Promise<void> {
    const { firstPauseMs, pauseMaxMs } = this.#bounds;
    const ms = Math.min(firstPauseMs * 2 ** Math.min(this.#failures - 1, 30), pauseMaxMs);
    const { signal } = this.#stopping;
    // Never the same for two daemons.
    await sleep(ms * (0.75 + Math.random() / 4), undefined, { signal, ref: false }).catch(() => undefined);
  }
}
