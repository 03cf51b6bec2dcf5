// Notices the chargeable calls that another daemon on the same file has let out, and hands each on once.
import { dataVersion, isReplaced, openStore, type Store } from './open.ts';
import { atDoor } from './sqlite-errors.ts';
import { lastCall, readChargeableCallsAfter, type ChargeableCall } from './usage.ts';

/** With the writer's own pause, a call is known to the others after about this time. */
const LOOK_INTERVAL_MS = 100;

export interface CallWatchOptions {
  /** Called with what was written since the last look, this daemon's own calls among it. */
  readonly onCalls: (calls: readonly ChargeableCall[]) => void;
  /** Called once when the records cannot be read any more. */
  readonly onProblem: (error: unknown) => void;
}

/** Looks again and again until disposed, from the last call on record. Never throws, and never waits for a writer. */
export function watchCalls(path: string, options: CallWatchOptions): Disposable {
  const watch = new CallWatch(path, options);
  watch.look();
  const timer = setInterval(() => watch.look(), LOOK_INTERVAL_MS);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      watch.close();
    },
  };
}

class CallWatch {
  readonly #path: string;
  readonly #options: CallWatchOptions;
  #store: Store | null = null;
  #dataVersion: number | null = null;
  #seq: number | null = null;
  #failed = false;

  constructor(path: string, options: CallWatchOptions) {
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
  }

  close(): void {
    this.#store?.[Symbol.dispose]();
    this.#store = null;
    this.#dataVersion = null;
  }

  #read(store: Store): void {
    const found = dataVersion(store);
    if (found === this.#dataVersion) return;
    const after = this.#seq;
    const { calls, seq } = atDoor(store.path, () =>
      after === null ? { calls: [], seq: lastCall(store) } : readChargeableCallsAfter(store, after),
    );
    this.#seq = seq;
    // Noted from before the reading: a change that comes in between is read once more.
    this.#dataVersion = found;
    if (calls.length > 0) this.#options.onCalls(calls);
  }
}
