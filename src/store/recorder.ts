// The call recorder: takes records on the hot path for the price of a push, and has a thread write them in
// batches, with the small tasks of the daemon in between.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { AppError, type ErrorCode } from '../errors.ts';
import { toCallRow, type CallEnd, type CallRecord, type WriterRow } from './calls.ts';
import type { RecorderAnswer, RecorderOrder, RecorderWorkerData } from './recorder-messages.ts';
import type { RecorderOptions, RecorderStats } from './recorder-options.ts';
import { BATCH_ROWS_MAX, QUEUE_MAX, RecorderQueue, type WaitingTask } from './recorder-queue.ts';
import type { RingingRow } from './ringing-calls.ts';
import type { WriterAnswer, WriterTask } from './writer-tasks.ts';

/** How long a record waits for company before its batch is sent. */
const BATCH_WAIT_MS = 40;
const RETRY_FIRST_MS = 100;
/** Well within the five seconds after which all is to be as before. */
const RETRY_MAX_MS = 2_000;
/** A batch without an answer for so long is reported: the disk hangs. */
const ANSWER_DEADLINE_MS = 10_000;
/** Losses go on while an outage lasts; they are told this often, and counted always. */
const LOSS_TOLD_EVERY_MS = 60_000;
/** What `Symbol.asyncDispose` grants, where the daemon did not drain before. */
const DISPOSE_DEADLINE_MS = 2_000;

/**
 * Owns the thread and the queue. Nothing in here throws into the daemon: a failing record never changes a
 * verdict. The records of a batch leave the queue only when the thread has said that they are written.
 */
export class CallRecorder implements AsyncDisposable {
  readonly #options: RecorderOptions;
  readonly #queue = new RecorderQueue();
  readonly #drained: (() => void)[] = [];
  /** Past its deadline and still with the thread. */
  readonly #overdue = new Set<WaitingTask>();
  #worker: Worker | null = null;
  #inFlight = false;
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
    this.#add(toCallRow(record));
  }

  /** A call has stopped ringing. Never throws and never waits; the same ringing again is kept once. */
  rang(row: RingingRow): void {
    this.#add(row);
  }

  /** Notes that a call is over whose record was given before. Never throws and never waits. */
  end(end: CallEnd): void {
    this.#add(end);
  }

  /**
   * Has the thread do a task, behind the records given before it, and resolves with its answer once it is on disk.
   * A locked database is tried again until the deadline.
   * @throws AppError of the store, and `unavailable` at the deadline, when too many wait, or when the thread ends:
   * whether the task was done is then unknown.
   */
  async run<Task extends WriterTask>(task: Task, deadlineMs: number): Promise<WriterAnswer<Task>> {
    if (this.#closed) throw unavailable('has stopped');
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    const waiting: WaitingTask = { task, resolve, reject };
    if (!this.#queue.addTask(waiting)) throw unavailable('has too much to do');
    const deadline = setTimeout(() => this.#giveUp(waiting), deadlineMs);
    if (!this.#inFlight) this.#send();
    try {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the thread answers
      return (await promise) as WriterAnswer<Task>;
    } finally {
      clearTimeout(deadline);
    }
  }

  stats(): RecorderStats {
    const { rows: queued } = this.#queue;
    return { queued, written: this.#written, lost: this.#lost, problem: this.#problem };
  }

  #add(row: WriterRow): void {
    if (this.#closed) return this.#lose(1, 'the recorder has stopped');
    if (!this.#queue.addRow(row)) return this.#lose(1, 'the queue is full');
    if (this.#inFlight) return;
    if (this.#queue.rows >= BATCH_ROWS_MAX && this.#problem === '') return this.#send();
    this.#after(BATCH_WAIT_MS);
  }

  /** A task that is with the thread stays at the head until its answer comes, so that both stay in step. */
  #giveUp(waiting: WaitingTask): void {
    if (this.#inFlight && this.#queue.headTask() === waiting) this.#overdue.add(waiting);
    else this.#queue.removeTask(waiting);
    waiting.reject(unavailable('did not answer in time'));
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
      if (!this.#inFlight) this.#send();
      await promise;
      clearTimeout(deadline);
    }
    const left = this.#queue.giveUp(unavailable('has stopped'));
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
    const order = this.#queue.nextOrder();
    if (!order) return this.#drained.splice(0).forEach((resolve) => resolve());
    if (!this.#worker) this.#startWorker();
    this.#inFlight = true;
    this.#timer = setTimeout(() => this.#report('Its disk has not answered yet.'), ANSWER_DEADLINE_MS);
    if (this.#worker) post(this.#worker, order);
  }

  #onAnswer(answer: RecorderAnswer): void {
    switch (answer.type) {
      case 'clean-up-failed':
        return this.#options.onProblem(answer.problem);
      case 'checked':
        return this.#options.onChecked?.(answer.found);
      case 'failed':
        return this.#fail(answer.problem);
      case 'written':
        this.#queue.takeRows(answer.rows + answer.refused);
        this.#written += answer.rows;
        if (answer.refused > 0) this.#lose(answer.refused, 'the database refused the row');
        this.#recover();
        return this.#goOn();
      case 'done':
        this.#takeTask()?.resolve(answer.answer);
        this.#recover();
        return this.#goOn();
      case 'not-done':
        return this.#onNotDone(answer.code, answer.problem);
    }
  }

  /** What may pass by itself is tried again, as long as the deadline of the task leaves it in the queue. */
  #onNotDone(code: ErrorCode, problem: string): void {
    if (code !== 'unavailable') {
      this.#takeTask()?.reject(new AppError(code, problem));
      return this.#goOn();
    }
    this.#settle();
    const waiting = this.#queue.headTask();
    if (waiting && this.#overdue.delete(waiting)) this.#queue.removeTask(waiting);
    this.#after(RETRY_FIRST_MS);
  }

  #takeTask(): WaitingTask | null {
    const waiting = this.#queue.headTask();
    if (!waiting) return null;
    this.#queue.removeTask(waiting);
    this.#overdue.delete(waiting);
    return waiting;
  }

  /** The thread has settled an order: on to the next one. */
  #goOn(): void {
    this.#settle();
    if (this.#queue.length === 0 || this.#queue.isUrgent || this.#closed) return this.#send();
    this.#after(BATCH_WAIT_MS);
  }

  #settle(): void {
    this.#inFlight = false;
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #fail(problem: string): void {
    const waiting = this.#inFlight ? this.#takeTask() : null;
    waiting?.reject(unavailable(`ended: ${problem}`));
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

function unavailable(what: string): AppError {
  return new AppError('unavailable', `The database's writer ${what}. \`callwarden status\` tells more.`);
}

function post(worker: Worker, order: RecorderOrder): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
  worker.postMessage(order);
}
