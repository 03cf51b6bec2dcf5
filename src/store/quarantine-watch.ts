// Notices that a command put an extension into quarantine, or released one, and hands all of them on.
import type { Quarantine } from '../barring/usage.ts';
import { dataVersion, isReplaced, openStore, type Store } from './open.ts';
import { readQuarantines } from './quarantines.ts';
import { atDoor } from './sqlite-errors.ts';

/** A release is seen within this time. */
const LOOK_INTERVAL_MS = 250;

export interface QuarantineWatchOptions {
  /** Called with all rows at once, and again after each change of the file. */
  readonly onRows: (rows: readonly Quarantine[]) => void;
  /** Called each time something was looked for. */
  readonly onLook: () => void;
  /** Called when the table cannot be read any more; whoever listens goes on with what it has. */
  readonly onProblem: (error: unknown) => void;
}

/** Looks now, and again and again until disposed. Never throws, and never waits for a writer. */
export function watchQuarantines(path: string, options: QuarantineWatchOptions): Disposable {
  const watch = new QuarantineWatch(path, options);
  watch.look();
  const timer = setInterval(() => watch.look(), LOOK_INTERVAL_MS);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      watch.close();
    },
  };
}

class QuarantineWatch {
  readonly #path: string;
  readonly #options: QuarantineWatchOptions;
  #store: Store | null = null;
  #dataVersion: number | null = null;
  #failed = false;

  constructor(path: string, options: QuarantineWatchOptions) {
    this.#path = path;
    this.#options = options;
  }

  look(): void {
    try {
      if (this.#store && isReplaced(this.#store)) this.close();
      this.#store ??= openStore(this.#path, { readonly: true, busyTimeoutMs: 0, openTimeoutMs: 0 });
      this.#read(this.#store);
      this.#failed = false;
    } catch (error) {
      this.close();
      if (!this.#failed) this.#options.onProblem(error);
      this.#failed = true;
    }
    this.#options.onLook();
  }

  close(): void {
    this.#store?.[Symbol.dispose]();
    this.#store = null;
    this.#dataVersion = null;
  }

  #read(store: Store): void {
    const found = dataVersion(store);
    if (found === this.#dataVersion) return;
    this.#options.onRows(atDoor(store.path, () => readQuarantines(store)));
    // Noted from before the reading: a change that comes in between is read once more.
    this.#dataVersion = found;
  }
}
