// What waits for the writer's thread: records and tasks in the order in which they came, bounded.
import type { AppError } from '../errors.ts';
import type { WriterRow } from './calls.ts';
import type { RecorderOrder } from './recorder-messages.ts';
import type { WriterTask } from './writer-tasks.ts';

/** Records that wait to be written, at most; more are lost and counted. */
export const QUEUE_MAX = 10_000;
/** Tasks that wait, at most; more are refused at once. */
const TASKS_MAX = 1_000;
export const BATCH_ROWS_MAX = 100;

/** A task on its way; settled once, by the thread's answer or by its deadline, whichever comes first. */
export interface WaitingTask {
  readonly task: WriterTask;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: AppError) => void;
}

type Item =
  | { readonly kind: 'row'; readonly row: WriterRow }
  | { readonly kind: 'task'; readonly waiting: WaitingTask };

/** One order at a time is with the thread: the first rows of the queue, or the one task at its head. */
export class RecorderQueue {
  readonly #items: Item[] = [];
  #rows = 0;

  get length(): number {
    return this.#items.length;
  }

  /** Records alone. */
  get rows(): number {
    return this.#rows;
  }

  /** A whole batch, or a task that somebody waits for. */
  get isUrgent(): boolean {
    return this.#rows >= BATCH_ROWS_MAX || this.#items.length > this.#rows;
  }

  /** False where it is full. */
  addRow(row: WriterRow): boolean {
    if (this.#rows >= QUEUE_MAX) return false;
    this.#items.push({ kind: 'row', row });
    this.#rows += 1;
    return true;
  }

  /** False where it is full. */
  addTask(waiting: WaitingTask): boolean {
    if (this.#items.length - this.#rows >= TASKS_MAX) return false;
    this.#items.push({ kind: 'task', waiting });
    return true;
  }

  /** Takes a task out that is with the thread no longer, or not yet. */
  removeTask(waiting: WaitingTask): void {
    const at = this.#items.findIndex((item) => item.kind === 'task' && item.waiting === waiting);
    if (at >= 0) this.#items.splice(at, 1);
  }

  /** What the thread is to do next; null when nothing waits. It stays at the head until it is taken away. */
  nextOrder(): RecorderOrder | null {
    const [head] = this.#items;
    if (!head) return null;
    if (head.kind === 'task') return { type: 'task', task: head.waiting.task };
    const rows: WriterRow[] = [];
    for (const item of this.#items) {
      if (item.kind === 'task' || rows.length === BATCH_ROWS_MAX) break;
      rows.push(item.row);
    }
    return { type: 'write', rows };
  }

  /** The task at the head; null where a record stands there. */
  headTask(): WaitingTask | null {
    const [head] = this.#items;
    return head?.kind === 'task' ? head.waiting : null;
  }

  takeRows(count: number): void {
    this.#rows -= this.#items.splice(0, count).length;
  }

  /** Empties it: rejects every task and returns how many records there were. */
  giveUp(error: AppError): number {
    for (const item of this.#items.splice(0)) if (item.kind === 'task') item.waiting.reject(error);
    const rows = this.#rows;
    this.#rows = 0;
    return rows;
  }
}
