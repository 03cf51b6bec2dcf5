// Puts the simulated clock and randomness in the place of the process's own, for one world after the other.
import { Clock } from './clock.ts';
import { randomOf, type Random } from '../../random.ts';
import type { Happening } from './timer-queue.ts';

/** What timers, clocks and randomness belong to now. */
interface World {
  readonly clock: Clock;
  /** For what the daemon draws by itself. */
  readonly random: Random;
}

let world: World = { clock: new Clock(), random: randomOf(0) };

/** From now on timers, clocks and randomness of this process are those of a new world. */
export function enterWorld(seed: number): World {
  world = { clock: new Clock(), random: randomOf(seed).fork('daemon') };
  return world;
}

/** What `setTimeout` hands out; like Node's own it can be unreferenced, which means nothing here. */
class Timer {
  happening: Happening | null = null;
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  hasRef(): boolean {
    return true;
  }
}

function setTimer(run: (...args: unknown[]) => void, ms = 1, ...args: unknown[]): Timer {
  const timer = new Timer();
  timer.happening = world.clock.after(Math.max(1, ms), () => run(...args));
  return timer;
}

function setRepeated(run: (...args: unknown[]) => void, ms = 1, ...args: unknown[]): Timer {
  const timer = new Timer();
  const again = () => {
    timer.happening = world.clock.after(Math.max(1, ms), () => {
      again();
      run(...args);
    });
  };
  again();
  return timer;
}

function setSoon(run: (...args: unknown[]) => void, ...args: unknown[]): Timer {
  const timer = new Timer();
  // A turn of the event loop takes its time.
  timer.happening = world.clock.after(0.1, () => run(...args));
  return timer;
}

function clear(timer: unknown): void {
  if (timer instanceof Timer && timer.happening) world.clock.cancel(timer.happening);
}

/** In place of `node:timers/promises`. */
export function sleep<T>(ms: number, value: T, options?: { readonly signal?: AbortSignal }): Promise<T> {
  return new Promise((resolve, reject) => {
    const { signal } = options ?? {};
    if (signal?.aborted === true) return reject(new Error('aborted'));
    const timer = setTimer(() => resolve(value), ms);
    signal?.addEventListener('abort', () => {
      clear(timer);
      reject(new Error('aborted'));
    });
  });
}

/** Likewise. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => void setSoon(() => resolve()));

/** Once, before any module of the daemon is loaded. */
export function installGlobals(): void {
  const RealDate = Date;
  class SimulatedDate extends RealDate {
    constructor(...args: readonly unknown[]) {
      if (args.length === 0) super(world.clock.wallMs());
      // @ts-expect-error -- whatever Date takes
      else super(...args);
    }
    static override now(): number {
      return world.clock.wallMs();
    }
  }
  const timeout = (ms: number): AbortSignal => {
    const controller = new AbortController();
    setTimer(() => controller.abort(), ms);
    return controller.signal;
  };
  Object.assign(globalThis, {
    Date: SimulatedDate,
    setTimeout: setTimer,
    setInterval: setRepeated,
    setImmediate: setSoon,
    clearTimeout: clear,
    clearInterval: clear,
    clearImmediate: clear,
  });
  const realPid = process.pid;
  Object.defineProperty(process, 'pid', { get: () => world.clock.current?.pid ?? realPid });
  Object.defineProperty(performance, 'now', { value: () => world.clock.monotonicMs() });
  Object.defineProperty(AbortSignal, 'timeout', { value: timeout });
  Object.defineProperty(Math, 'random', { value: () => world.random.unit() });
}
