// Ends a daemon whose event loop stands still: a thread of its own hears no heartbeat, and the service manager starts anew.
import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { LogConfig } from '../config/config.ts';

/** Work in slices keeps the loop free for calls; a frozen daemon must be gone within ten seconds. */
const LIMIT_TICKS = 8;
const TICK_MS = 1000;
/** The thread does next to nothing, but to begin takes more than 8. */
const HEAP_MIB_MAX = 32;
const YOUNG_MIB_MAX = 4;
const START_DEADLINE_MS = 5000;

export interface WatchdogOptions {
  readonly format: LogConfig['format'];
  /** Nobody watches: the daemon goes on as before. */
  readonly onProblem: (problem: string) => void;
  /** Of a second each; 8 when absent. */
  readonly limitTicks?: number;
}

/** What the thread is given. */
export interface WatchdogData {
  /** One counter: our heartbeats. */
  readonly beats: Int32Array;
  readonly tickMs: number;
  readonly limitTicks: number;
  readonly format: 'plain' | 'json';
}

/**
 * Starts the thread and waits until it watches; it never keeps the process alive, and never throws. Against a process
 * that is stopped as a whole only the service manager helps (`WatchdogSec=`, service-manager.ts).
 */
export async function startWatchdog(options: WatchdogOptions): Promise<AsyncDisposable> {
  const { format, onProblem, limitTicks = LIMIT_TICKS } = options;
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const workerData: WatchdogData = {
    beats,
    tickMs: TICK_MS,
    limitTicks,
    format: format === 'json' ? 'json' : 'plain',
  };
  const file = new URL(`./watchdog-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, {
    workerData,
    resourceLimits: {
      maxOldGenerationSizeMb: HEAP_MIB_MAX,
      maxYoungGenerationSizeMb: YOUNG_MIB_MAX,
      stackSizeMb: 1,
    },
  });
  worker.on('error', (error) => onProblem(`the thread of the watchdog ended: ${String(error)}`));
  const timer = setInterval(() => Atomics.add(beats, 0, 1), TICK_MS / 2).unref();
  await once(worker, 'message', { signal: AbortSignal.timeout(START_DEADLINE_MS) }).catch(() => {
    onProblem(`the thread of the watchdog did not begin within ${START_DEADLINE_MS} ms`);
  });
  worker.unref();
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await worker.terminate();
    },
  };
}
