// The database at the daemon's start: without a usable one it waits, says why, and goes on by itself when there is one.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../config/logger.ts';
import { messageOf } from '../errors.ts';
import { openStore, type Store } from '../store/open.ts';

const LOOK_AGAIN_MS = 1_000;
/** The same trouble goes to the log this often. */
const TOLD_EVERY_LOOKS = 60;

export interface StoreWait {
  readonly path: string;
  readonly logger: Logger;
  /** Ends the waiting. */
  readonly signal: AbortSignal | undefined;
  /** Told why it waits; '' when it does so no more. */
  readonly onProblem: (problem: string) => void;
}

/**
 * So many readers that never wait for a writer. Null when `signal` ended the waiting. A daemon that ended itself would
 * be started again and again, and hide the reason in a log that nobody reads; meanwhile calls fall to the static rules
 * in either case, as the application is not there.
 */
export async function openReaders(count: number, wait: StoreWait): Promise<readonly Store[] | null> {
  for (let looks = 0; wait.signal?.aborted !== true; looks += 1) {
    const found = tryToOpen(count, wait.path);
    if (typeof found !== 'string') {
      wait.onProblem('');
      return found;
    }
    wait.onProblem(found);
    if (looks % TOLD_EVERY_LOOKS === 0) wait.logger.error('waiting', { problem: found });
    // It rejects when the waiting is ended.
    await sleep(LOOK_AGAIN_MS, undefined, wait.signal ? { signal: wait.signal } : {}).catch(() => undefined);
  }
  return null;
}

function tryToOpen(count: number, path: string): readonly Store[] | string {
  const opened: Store[] = [];
  try {
    while (opened.length < count) opened.push(openStore(path, { readonly: true, busyTimeoutMs: 0 }));
    return opened;
  } catch (error) {
    for (const store of opened) store[Symbol.dispose]();
    return messageOf(error);
  }
}
