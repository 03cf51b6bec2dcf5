// The web thread's database: opened when it is asked for, and opened again when a backup took its place or it was lost.
import { AppError } from '../errors.ts';
import { isReplaced, openStore, type Store } from '../store/open.ts';

/** A page waits so long for another program's lock, and the whole thread with it. */
const BUSY_TIMEOUT_MS = 1_000;

export interface WebStore extends Disposable {
  /** Throws `AppError('unavailable')`, and what the system refuses. */
  readonly store: () => Store;
}

export function createWebStore(path: string): WebStore {
  let held: Store | null = null;
  const close = () => {
    held?.[Symbol.dispose]();
    held = null;
  };
  return {
    store: () => {
      if (held && isReplaced(held)) close();
      held ??= open(path);
      return held;
    },
    [Symbol.dispose]: close,
  };
}

function open(path: string): Store {
  try {
    return openStore(path, { busyTimeoutMs: BUSY_TIMEOUT_MS, openTimeoutMs: BUSY_TIMEOUT_MS });
  } catch (error) {
    // Nothing that who asks has named.
    if (error instanceof AppError && error.code === 'not-found') {
      throw new AppError('unavailable', error.message, { cause: error });
    }
    throw error;
  }
}
