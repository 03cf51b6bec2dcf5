// Reads that may take seconds: a thread that is started when one is asked for, and ends when none was for a while.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { HeavyAnswer, HeavyRead } from '../admin/heavy-reads.ts';
import { AppError, messageOf } from '../errors.ts';
import type { HeavyReads } from '../http/api/ports.ts';
import type { HeavyOrder, HeavyResult } from './heavy-worker.ts';

const QUEUE_MAX = 16;
/** From the moment in which it was asked; then its thread is ended, as SQLite heeds nobody. */
const READ_DEADLINE_MS = 30_000;
const IDLE_MS = 30_000;
const HEAP_MB_MAX = 256;
const YOUNG_HEAP_MB_MAX = 16;

export interface DaemonHeavy extends HeavyReads, Disposable {}

export interface HeavyOptions {
  /** Of the database. */
  readonly path: string;
  /** 30 s when absent. */
  readonly deadlineMs?: number;
  readonly idleMs?: number;
}

interface Waiting {
  readonly order: HeavyOrder;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: AppError) => void;
}

interface Heavy {
  readonly options: HeavyOptions;
  readonly queue: Waiting[];
  worker: Worker | null;
  running: Waiting | null;
  idle: NodeJS.Timeout | null;
}

export function createHeavyReads(options: HeavyOptions): DaemonHeavy {
  const heavy: Heavy = { options, queue: [], worker: null, running: null, idle: null };
  return {
    read: async <Name extends HeavyRead>(task: Name, query: unknown) => {
      if (heavy.queue.length >= QUEUE_MAX) throw tooLong('Too many reports are being made');
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      const waiting: Waiting = { order: { task, query }, resolve, reject };
      const deadlineMs = options.deadlineMs ?? READ_DEADLINE_MS;
      const deadline = setTimeout(() => giveUp(heavy, waiting, deadlineMs), deadlineMs);
      heavy.queue.push(waiting);
      goOn(heavy);
      try {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the task of that name answers
        return (await promise) as HeavyAnswer<Name>;
      } finally {
        clearTimeout(deadline);
      }
    },
    [Symbol.dispose]: () => endThread(heavy),
  };
}

function goOn(heavy: Heavy): void {
  if (heavy.running) return;
  const next = heavy.queue.shift();
  if (heavy.idle) clearTimeout(heavy.idle);
  heavy.idle = null;
  if (!next) {
    heavy.idle = setTimeout(() => endThread(heavy), heavy.options.idleMs ?? IDLE_MS).unref();
    return;
  }
  heavy.running = next;
  try {
    heavy.worker ??= startThread(heavy);
  } catch (error) {
    // The system gives no more threads. Whoever waits behind is no better off.
    heavy.running = null;
    next.reject(new AppError('unavailable', `The report could not be made: ${messageOf(error)}.`));
    return goOn(heavy);
  }
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
  heavy.worker.postMessage(next.order);
}

function startThread(heavy: Heavy): Worker {
  const file = new URL(`./heavy-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, {
    workerData: heavy.options.path,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX, maxYoungGenerationSizeMb: YOUNG_HEAP_MB_MAX },
    env: {},
  });
  worker.unref();
  worker.on('message', (result: HeavyResult) => {
    if (heavy.worker !== worker) return;
    const { running } = heavy;
    heavy.running = null;
    if (result.ok) running?.resolve(result.answer);
    else running?.reject(new AppError(result.code, result.message, { details: result.details }));
    goOn(heavy);
  });
  worker.on('error', (error) => fail(heavy, worker, `The report could not be made: ${messageOf(error)}.`));
  worker.on('exit', () => fail(heavy, worker, 'The report could not be made; try again.'));
  return worker;
}

function fail(heavy: Heavy, worker: Worker, sentence: string): void {
  if (heavy.worker !== worker) return;
  heavy.worker = null;
  const { running } = heavy;
  heavy.running = null;
  running?.reject(new AppError('unavailable', sentence));
  goOn(heavy);
}

function giveUp(heavy: Heavy, waiting: Waiting, deadlineMs: number): void {
  waiting.reject(tooLong(`The report was not made within ${deadlineMs / 1000} s`));
  const place = heavy.queue.indexOf(waiting);
  if (place >= 0) heavy.queue.splice(place, 1);
  if (heavy.running !== waiting) return;
  heavy.running = null;
  endThread(heavy);
  goOn(heavy);
}

function endThread(heavy: Heavy): void {
  const { worker } = heavy;
  heavy.worker = null;
  void worker?.terminate();
}

function tooLong(what: string): AppError {
  return new AppError('unavailable', `${what}; ask for less, such as a shorter time, or try again later.`);
}
