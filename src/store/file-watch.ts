// Notices that somebody, in this process or another, has written into the database, and has it read then.
import { dataVersion, isReplaced, openStore, type Store } from './open.ts';
import { atDoor } from './sqlite-errors.ts';

export interface FileWatchOptions<T> {
  readonly intervalMs: number;
  /** Called at the first look, and again after each change of the file, whatever was changed. */
  readonly read: (store: Store) => T;
  /** Called with what was read. */
  readonly onRead: (found: T) => void;
  /** Called once when it cannot be read any more; whoever listens goes on with what it has. */
  readonly onProblem: (error: unknown) => void;
  /** Called behind each look. */
  readonly onLook?: () => void;
}

/**
 * Looks now, and again and again until disposed, over a reader of its own; a file that was put in the place of the old
 * one is opened in its turn. Never throws, and never waits for a writer.
 */
export function watchFile<T>(path: string, options: FileWatchOptions<T>): Disposable {
  const watch = new FileWatch(path, options);
  watch.look();
  const timer = setInterval(() => watch.look(), options.intervalMs);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      watch.close();
    },
  };
}

class FileWatch<T> {
  readonly #path: string;
  readonly #options: FileWatchOptions<T>;
  #store: Store | null = null;
  #dataVersion: number | null = null;
  #failed = false;

  constructor(path: string, options: FileWatchOptions<T>) {
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
    this.#options.onLook?.();
  }

  close(): void {
    this.#store?.[Symbol.dispose]();
    this.#store = null;
    this.#dataVersion = null;
  }

  #read(store: Store): void {
    const found = dataVersion(store);
    if (found === this.#dataVersion) return;
    this.#options.onRead(atDoor(store.path, () => this.#options.read(store)));
    // Noted from before the reading: a change that comes in between is read once more.
    this.#dataVersion = found;
  }
}
