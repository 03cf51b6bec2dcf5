// Simulated time: one queue of events, each belonging to the world or to one process that can be frozen or killed.
import { setImmediate as drainMicrotasks } from 'node:timers/promises';
import { TimerQueue, type Happening } from './timer-queue.ts';

/** Wall clock at the start of each world: a Wednesday noon. */
const EPOCH_MS = Date.UTC(2026, 5, 17, 12);
/** What one look at the clock costs a process, so that work in slices is done in slices. */
const LOOK_MS = 0.02;

let started = 0;

/** A daemon as the operating system sees it. */
export class Process {
  readonly name: string;
  readonly pid = (started += 1);
  frozen = false;
  dead = false;
  /** Added to the wall clock that it reads. */
  wallOffsetMs = 0;
  /** What the kernel takes back when it dies. */
  readonly onDeath: (() => void)[] = [];
  /** What came while it was frozen, in order. */
  held: Happening[] = [];

  constructor(name: string) {
    this.name = name;
  }
}

/** The time of one world and everything that is to happen in it. */
export class Clock {
  /** Milliseconds since the start. */
  nowMs = 0;
  /** The process whose code runs now; null for the world itself. */
  current: Process | null = null;
  /** Real work that no simulated time passes for, such as the loading of a module. */
  readonly outside = new Set<Promise<unknown>>();
  readonly #queue = new TimerQueue();
  readonly #epochMs: number;
  #spentMs = 0;

  constructor(epochMs: number = EPOCH_MS) {
    this.#epochMs = epochMs;
  }

  /** Runs `run` in `delayMs`, as part of the process that runs now unless told otherwise. */
  after(delayMs: number, run: () => void, owner: Process | null = this.current): Happening {
    return this.#queue.add(this.nowMs + Math.max(0, delayMs), run, owner);
  }

  cancel(happening: Happening): void {
    happening.cancelled = true;
  }

  /** As code of `owner`, at once. */
  as<T>(owner: Process | null, run: () => T): T {
    const before = this.current;
    this.current = owner;
    try {
      return run();
    } finally {
      this.current = before;
    }
  }

  monotonicMs(): number {
    if (this.current !== null) this.#spentMs += LOOK_MS;
    return this.nowMs + this.#spentMs;
  }

  wallMs(): number {
    return Math.floor(this.#epochMs + this.nowMs + (this.current?.wallOffsetMs ?? 0));
  }

  freeze(process: Process): void {
    process.frozen = true;
  }

  /** What came meanwhile happens now, in the order in which it was due. */
  thaw(process: Process): void {
    process.frozen = false;
    const { held } = process;
    process.held = [];
    for (const happening of held) if (!happening.cancelled) this.after(0, happening.run, process);
  }

  kill(process: Process): void {
    process.dead = true;
    process.held = [];
    for (const give of process.onDeath.splice(0)) this.as(null, give);
  }

  /** Has everything happen that is due by then: for a world without a daemon, whose time is the real one. */
  advance(untilMs: number): void {
    for (let next = this.#queue.take(untilMs); next !== null; next = this.#queue.take(untilMs)) {
      this.#begin(next);
      this.current = null;
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
  }

  /** Lets the world go on for so long, or until `isOver` says so. Checks `invariant` after each event. */
  async run(forMs: number, invariant: () => void, isOver: () => boolean = () => false): Promise<void> {
    const untilMs = this.nowMs + forMs;
    await this.#settle();
    while (!isOver()) {
      const next = this.#queue.take(untilMs);
      if (next === null) {
        this.nowMs = untilMs;
        this.#spentMs = 0;
        return;
      }
      this.#begin(next);
      await this.#settle();
      this.current = null;
      invariant();
    }
  }

  #begin(next: Happening): void {
    if (next.atMs > this.nowMs) this.#spentMs = Math.max(0, this.#spentMs - (next.atMs - this.nowMs));
    this.nowMs = Math.max(this.nowMs, next.atMs);
    const { owner } = next;
    if (owner?.dead === true) return;
    if (owner?.frozen === true) {
      owner.held.push(next);
      return;
    }
    this.current = owner;
    next.run();
  }

  /** Until no promise has anything left to do. */
  async #settle(): Promise<void> {
    await drainMicrotasks();
    while (this.outside.size > 0) {
      await Promise.allSettled(this.outside);
      await drainMicrotasks();
    }
  }
}
