// The recorder's thread: writes each batch and does each task in one transaction, and takes expired records away in
// between.
import { parentPort, workerData } from 'node:worker_threads';
import { writeCalls, type WriterRow } from './calls.ts';
import { isReplaced, openStore, type Store } from './open.ts';
import type { RecorderAnswer, RecorderOrder, RecorderWorkerData } from './recorder-messages.ts';
import { deleteExpiredSlice } from './retention.ts';
import { isLocked, translateError } from './sqlite-errors.ts';
import { runTask, type WriterTask } from './writer-tasks.ts';

/** The recorder tries again after a busy database, so waiting long in here gains nothing. */
const BUSY_TIMEOUT_MS = 100;
const CLEAN_UP_EVERY_MS = 10 * 60_000;
/** Between two slices of a clean-up, so that batches come first. */
const CLEAN_UP_PAUSE_MS = 20;
/** While somebody else holds the lock. */
const CLEAN_UP_RETRY_MS = 1_000;

const { path, limits }: RecorderWorkerData = workerData;
let store: Store | null = null;

function opened(): Store {
  if (store && isReplaced(store)) close();
  store ??= openStore(path, { busyTimeoutMs: BUSY_TIMEOUT_MS });
  return store;
}

function close(): void {
  store?.[Symbol.dispose]();
  store = null;
}

function answer(message: RecorderAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
  parentPort?.postMessage(message);
}

function write(rows: readonly WriterRow[]): RecorderAnswer {
  try {
    writeCalls(opened(), rows);
    return { type: 'written', rows: rows.length, refused: 0 };
  } catch (error) {
    const { code, message } = translateError(error, path);
    if (code === 'conflict' && rows.length > 1) return writeOneByOne(rows);
    if (code === 'conflict') return { type: 'written', rows: 0, refused: 1 };
    close();
    return { type: 'failed', problem: message };
  }
}

/** One row that the schema refuses must not hold back the others of its batch for ever. */
function writeOneByOne(rows: readonly WriterRow[]): RecorderAnswer {
  let refused = 0;
  for (const row of rows) {
    const result = write([row]);
    if (result.type !== 'written') return result;
    refused += result.refused;
  }
  return { type: 'written', rows: rows.length - refused, refused };
}

function doTask(task: WriterTask): RecorderAnswer {
  try {
    return { type: 'done', answer: runTask(opened(), task) };
  } catch (error) {
    const { code, message } = translateError(error, path);
    if (!isLocked(error)) close();
    return { type: 'not-done', code, problem: message };
  }
}

function cleanUp(): void {
  setTimeout(cleanUp, cleanUpPauseMs()).unref();
}

/**
 * Takes one slice away and returns when the next is due. A failing clean-up is tried again at its next turn.
 */
function cleanUpPauseMs(): number {
  try {
    return deleteExpiredSlice(opened(), limits, Date.now()) > 0 ? CLEAN_UP_PAUSE_MS : CLEAN_UP_EVERY_MS;
  } catch (error) {
    if (isLocked(error)) return CLEAN_UP_RETRY_MS;
    answer({ type: 'clean-up-failed', problem: translateError(error, path).message });
    close();
    return CLEAN_UP_EVERY_MS;
  }
}

parentPort?.on('message', (order: RecorderOrder) => {
  if (order.type === 'write') return answer(write(order.rows));
  if (order.type === 'task') return answer(doTask(order.task));
  close();
  parentPort?.close();
});
cleanUp();
