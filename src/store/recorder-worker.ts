// The recorder's thread: writes each batch and does each task in one transaction, takes expired records away in between,
// and looks now and then whether its database is well.
import { parentPort, workerData } from 'node:worker_threads';
import { writeCalls, type WriterRow } from './calls.ts';
import { isReplaced, openStore, type Store } from './open.ts';
import type {
  CheckedDatabase,
  RecorderAnswer,
  RecorderOrder,
  RecorderWorkerData,
} from './recorder-messages.ts';
import { ClockWatch, deleteExpiredSlice } from './retention.ts';
import { checkDatabase } from './self-check.ts';
import { isLocked, translateError } from './sqlite-errors.ts';
import { runTask, type WriterTask } from './writer-tasks.ts';

/** The recorder tries again after a busy database, so waiting long in here gains nothing. */
const BUSY_TIMEOUT_MS = 100;
const CLEAN_UP_EVERY_MS = 10 * 60_000;
/** Between two slices of a clean-up, so that batches come first. */
const CLEAN_UP_PAUSE_MS = 20;
/** While somebody else holds the lock. */
const CLEAN_UP_RETRY_MS = 1_000;
/** What nobody notices while nothing is written is noticed within this time; it costs one small write to the disk. */
const CHECK_EVERY_MS = 5_000;
/** While something is wrong: all is to be well again within five seconds. */
const CHECK_WRONG_EVERY_MS = 2_000;
/** A lock that lasts longer is more than another program's change. */
const LOCKED_CHECKS_MAX = 3;

const { path, limits }: RecorderWorkerData = workerData;
const clock = new ClockWatch(Date.now(), performance.now());
let store: Store | null = null;
let lockedChecks = 0;

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
    return writeInto(opened(), rows);
  } catch (error) {
    close();
    return { type: 'failed', problem: translateError(error, path).message };
  }
}

/** Throws what may pass by itself; a row that contradicts the schema never will. */
function writeInto(into: Store, rows: readonly WriterRow[]): RecorderAnswer {
  try {
    writeCalls(into, rows);
    return { type: 'written', rows: rows.length, refused: 0 };
  } catch (error) {
    if (translateError(error, path).code !== 'conflict') throw error;
    return rows.length > 1 ? writeOneByOne(rows) : { type: 'written', rows: 0, refused: 1 };
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
  if (!clock.isSteady(Date.now(), performance.now())) return CLEAN_UP_EVERY_MS;
  try {
    return deleteExpiredSlice(opened(), limits, Date.now()) > 0 ? CLEAN_UP_PAUSE_MS : CLEAN_UP_EVERY_MS;
  } catch (error) {
    if (isLocked(error)) return CLEAN_UP_RETRY_MS;
    answer({ type: 'clean-up-failed', problem: translateError(error, path).message });
    close();
    return CLEAN_UP_EVERY_MS;
  }
}

function check(): void {
  const found = checked();
  if (found) answer({ type: 'checked', found });
  const isWell = found !== null && found.problem === '';
  setTimeout(check, isWell ? CHECK_EVERY_MS : CHECK_WRONG_EVERY_MS).unref();
}

/** Null where it cannot be said yet: another program is writing. */
function checked(): CheckedDatabase | null {
  try {
    const audit = checkDatabase(opened());
    lockedChecks = 0;
    return { problem: '', audit };
  } catch (error) {
    lockedChecks = isLocked(error) ? lockedChecks + 1 : 0;
    if (lockedChecks > 0 && lockedChecks < LOCKED_CHECKS_MAX) return null;
    if (lockedChecks === 0) close();
    return { problem: translateError(error, path).message, audit: null };
  }
}

parentPort?.on('message', (order: RecorderOrder) => {
  if (order.type === 'write') return answer(write(order.rows));
  if (order.type === 'task') return answer(doTask(order.task));
  close();
  parentPort?.close();
});
cleanUp();
check();
