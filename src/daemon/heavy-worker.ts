// A thread for reads that may take seconds: one after the other, on a connection that only reads.
import { parentPort, workerData } from 'node:worker_threads';
import { heavyReads, type HeavyRead } from '../admin/heavy-reads.ts';
import { AppError, messageOf, type ErrorCode } from '../errors.ts';
import { isReplaced, openStore, type Store } from '../store/open.ts';

export interface HeavyOrder {
  readonly task: HeavyRead;
  readonly query: unknown;
}

export type HeavyResult =
  | { readonly ok: true; readonly answer: unknown }
  | {
      readonly ok: false;
      readonly code: ErrorCode;
      readonly message: string;
      readonly details: readonly string[];
    };

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the thread that starts us has put there
const path = workerData as string;
let store: Store | null = null;

function opened(): Store {
  if (store && isReplaced(store)) {
    store[Symbol.dispose]();
    store = null;
  }
  store ??= openStore(path, { readonly: true });
  return store;
}

async function run({ task, query }: HeavyOrder): Promise<HeavyResult> {
  try {
    // The two belong together by the type of whoever asks.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const read = heavyReads[task] as (from: Store, query: unknown) => unknown;
    return { ok: true, answer: await read(opened(), query) };
  } catch (error) {
    if (!(error instanceof AppError))
      return { ok: false, code: 'internal', message: messageOf(error), details: [] };
    const { code, message, details } = error;
    return { ok: false, code, message, details };
  }
}

async function onOrder(order: HeavyOrder): Promise<void> {
  const result = await run(order);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
  parentPort?.postMessage(result);
}

parentPort?.on('message', (order: HeavyOrder) => void onOrder(order));
