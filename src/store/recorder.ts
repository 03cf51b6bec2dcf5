// The call recorder: takes records on the hot path for the price of a push, and has a thread write them in
// batches.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { toCallRow, type CallRecord, type CallRow } from './calls.ts';
import type { RecorderAnswer, RecorderOrder, RecorderWorkerData } from './recorder-messages.ts';
import type { RetentionLimits } from './retention.ts';

/** Records that wait to be written, at most; more are lost and counted. */
const QUEUE_MAX = 10_000;
const BATCH_ROWS_MAX = 100;
/** How long a record waits for company before its batch is sent. */
const BATCH_WAIT_MS = 40;
const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 5_000;
/** A batch without an answer for so long is reported: the disk hangs. */
const ANSWER_DEADLINE_MS = 10_000;
/** Losses go on while an outage lasts; they are told this often, and counted always. */
const LOSS_TOLD_EVERY_MS = 60_000;
/** What `Symbol.asyncDispose` grants, where the daemon did not drain before. */
const DISPOSE_DEADLINE_MS = 2_000;

export interface RecorderOptions {
  /** The database file; it must exist. */
  readonly path: string;
  readonly limits: RetentionLimits;
  /** Told when writing begins to fail, and of losses once a minute; never for each record. */
  readonly onProblem: (message: string) => void;
  /** Told when writing works again. */
  readonly onRecovered: (message: string) => void;
}

export interface RecorderStats {
  /** Waiting to be written. */
  readonly queued: number;
  readonly written: number;
  /** Dropped since the start: the queue was full, the schema refused a row, or the daemon had to stop. */
  readonly lost: number;
  /** What keeps it from writing now; '' when all is well. */
  readonly problem: string;
}

/**
 * Owns the thread and the queue. Nothing in here throws into the daemon: a failing record never changes a
 * verdict. The records of a batch leave the queue only when the thread has said that they are written.
 */
export class CallRecorder implements AsyncDisposable {
  readonly #options: RecorderOptions;
  readonly #queue: CallRow[] = [];
  readonly #drained: (() => void)[] = [];
  #worker: Worker | null = null;
  #inFlight = 0;
  #timer: NodeJS.Timeout | null = null;
  #retryMs = RETRY_FIRST_MS;
  #written = 0;
  #lost = 0;
  #lossToldAtMs = Number.NEGATIVE_INFINITY;
  #problem = '';
  #closed = false;

  private constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** The thread also takes expired records away, at once and then every ten minutes. */
  static start(options: RecorderOptions): CallRecorder {
    const recorder = new CallRecorder(options);
    recorder.#startWorker();
    return recorder;
  }

  /** Never throws and never waits. The same `id` again only updates outcome and detail. */
  record(record: CallRecord): void {
    if (this.#closed) return this.#lose(1, 'the recorder has stopped');
    if (this.#queue.length >= QUEUE_MAX) return this.#lose(1, 'the queue is full');
    this.#queue.push(toCallRow(record));
    if (this.#inFlight > 0) return;
    if (this.#queue.length >= BATCH_ROWS_MAX && this.#problem === '') return this.#send();
    this.#after(BATCH_WAIT_MS);
  }

  stats(): RecorderStats {
    const { length: queued } = this.#queue;
    return { queued, written: this.#written, lost: this.#lost, problem: this.#problem };
  }

  /**
   * Writes what is queued, then stops the thread. What is left after `deadlineMs` is lost; returns how many.
   */
  async drain(deadlineMs: number): Promise<number> {
    this.#closed = true;
    if (this.#queue.length > 0) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const deadline = setTimeout(resolve, deadlineMs);
      this.#drained.push(resolve);
      if (this.#inFlight === 0) this.#send();
      await promise;
      clearTimeout(deadline);
    }
    const left = this.#queue.splice(0).length;
    if (left > 0) this.#lose(left, 'the daemon had to stop');
    await this.#stopWorker();
    return left;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.drain(DISPOSE_DEADLINE_MS);
  }

  #startWorker(): void {
    const workerData: RecorderWorkerData = { path: this.#options.path, limits: this.#options.limits };
    // The compiled daemon runs from .js files, the checkout from .ts files.
    const file = new URL(`./recorder-worker${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(file, { workerData });
    this.#worker = worker;
    worker.on('message', (answer: RecorderAnswer) => this.#onAnswer(answer));
    worker.on('error', (error) => this.#fail(`The recorder's thread ended: ${String(error)}.`));
    worker.on('exit', () => {
      if (this.#worker !== worker) return;
      this.#worker = null;
      this.#fail("The recorder's thread ended.");
    });
  }

  async #stopWorker(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    if (this.#timer) clearTimeout(this.#timer);
    if (!worker) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const deadline = setTimeout(() => void worker.terminate().then(() => resolve()), DISPOSE_DEADLINE_MS);
    worker.once('exit', () => resolve());
    post(worker, { type: 'stop' });
    await promise;
    clearTimeout(deadline);
  }

  /** Sends the next batch in `delayMs`; an earlier appointment stays. */
  #after(delayMs: number): void {
    this.#timer ??= setTimeout(() => this.#send(), delayMs);
  }

  #send(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#queue.length === 0) return;
    if (!this.#worker) this.#startWorker();
    const rows = this.#queue.slice(0, BATCH_ROWS_MAX);
    this.#inFlight = rows.length;
    this.#timer = setTimeout(() => this.#report('Its disk has not answered yet.'), ANSWER_DEADLINE_MS);
    if (this.#worker) post(this.#worker, { type: 'write', rows });
  }

  #onAnswer(answer: RecorderAnswer): void {
    if (answer.type === 'clean-up-failed') return this.#options.onProblem(answer.problem);
    if (answer.type === 'failed') return this.#fail(answer.problem);
    this.#settle();
    this.#queue.splice(0, answer.rows + answer.refused);
    this.#written += answer.rows;
    if (answer.refused > 0) this.#lose(answer.refused, 'the database refused the row');
    this.#recover();
    if (this.#queue.length === 0) return this.#drained.splice(0).forEach((resolve) => resolve());
    if (this.#queue.length >= BATCH_ROWS_MAX || this.#closed) return this.#send();
    this.#after(BATCH_WAIT_MS);
  }

  #settle(): void {
    this.#inFlight = 0;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #fail(problem: string): void {
    this.#settle();
    this.#report(problem);
    if (this.#queue.length > 0) this.#after(this.#closed ? RETRY_FIRST_MS : this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MAX_MS);
  }

  #report(problem: string): void {
    const known = this.#problem !== '';
    this.#problem = problem;
    if (known) return;
    this.#options.onProblem(
      `Call records cannot be written and wait in memory, ${QUEUE_MAX} at most. ${problem}`,
    );
  }

  #recover(): void {
    this.#retryMs = RETRY_FIRST_MS;
    if (this.#problem === '') return;
    this.#problem = '';
    this.#options.onRecovered(`Call records are written again; ${this.#lost} were lost since the start.`);
  }

  #lose(count: number, why: string): void {
    this.#lost += count;
    const nowMs = performance.now();
    if (nowMs - this.#lossToldAtMs < LOSS_TOLD_EVERY_MS) return;
    this.#lossToldAtMs = nowMs;
    this.#options.onProblem(`Call records are being lost, because ${why}. Calls are judged as before.`);
  }
}

function post(worker: Worker, order: RecorderOrder): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
  worker.postMessage(order);
}
