// Notices that somebody, in this process or another, changed the policy, and hands the new one on, in slices.
import { dataVersion, isReplaced, openStore, type Store } from './open.ts';
import { loadSteps, policyVersion, verifySteps, type LoadingPolicy } from './policy.ts';
import { atDoor } from './sqlite-errors.ts';
import { finish, inSlices, type Steps } from './steps.ts';
import { readTransactionSteps } from './transaction.ts';

/** A change is seen within this time; looking costs microseconds and touches no disk. */
const LOOK_INTERVAL_MS = 100;
/** Verified again this often, though no version says that it changed: a flipped bit raises none. */
const VERIFY_INTERVAL_MS = 60_000;
/** After a failed load the next try waits this long, and then twice as long each time. */
const RETRY_FIRST_MS = 100;
/** Well within the five seconds after which all is to be as before. */
const RETRY_MAX_MS = 2_000;

export interface PolicyWatchOptions {
  /**
   * Takes a good policy over, in steps that end with it in force; its rules can be read until then. A throwing receiver
   * counts as a failed load.
   */
  readonly onPolicy: (policy: LoadingPolicy) => Steps<void>;
  /** Called when a load fails; whoever listens keeps the last good policy. */
  readonly onProblem: (error: unknown) => void;
  /** Monotonic milliseconds. */
  readonly monotonicMs: () => number;
}

/**
 * Loads the policy now, whole, and in slices again after each change of the policy, until disposed. Never throws. The
 * store is for the watch alone, as a transaction is open on it while a policy is read, but stays its owner's. A
 * database file that was put in the place of the old one is opened in its turn.
 */
export function watchPolicy(store: Store, options: PolicyWatchOptions): Disposable {
  const watch = new PolicyWatch(store, options);
  watch.loadWhole();
  const timer = setInterval(() => void watch.look(), LOOK_INTERVAL_MS);
  return {
    [Symbol.dispose]: () => {
      clearInterval(timer);
      watch.close();
    },
  };
}

class PolicyWatch {
  readonly #given: Store;
  readonly #options: PolicyWatchOptions;
  #store: Store;
  /** Of the whole file: it rises with every batch of call records too. */
  #dataVersion: number | null = null;
  /** Version and checksum of what was handed on last. */
  #inForce: { readonly version: number; readonly checksum: string } | null = null;
  #verifiedAtMs = 0;
  #retryAtMs: number | null = null;
  #retryMs = RETRY_FIRST_MS;
  /** What is being done in slices; nothing else is begun meanwhile. */
  #running: Steps<void> | null = null;

  constructor(store: Store, options: PolicyWatchOptions) {
    this.#given = store;
    this.#store = store;
    this.#options = options;
  }

  loadWhole(): void {
    try {
      this.#dataVersion = dataVersion(this.#store);
      finish(this.#load());
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Looks once, and resolves when what it found to do is done. */
  async look(): Promise<void> {
    const nowMs = this.#options.monotonicMs();
    if (this.#running !== null || (this.#retryAtMs !== null && nowMs < this.#retryAtMs)) return;
    try {
      // After a failure too: what this connection remembers of a file that was put right in place may be the damage.
      if (this.#retryAtMs !== null || isReplaced(this.#store)) this.#reopen();
      this.#running = this.#due(nowMs);
      if (this.#running !== null) await inSlices(this.#running, this.#options.monotonicMs);
    } catch (error) {
      this.#failed(error);
    } finally {
      this.#running = null;
    }
  }

  /** Ends what runs, and its transaction. */
  close(): void {
    this.#running?.return();
    if (this.#store !== this.#given) this.#store[Symbol.dispose]();
  }

  #due(nowMs: number): Steps<void> | null {
    if (this.#retryAtMs !== null || this.#inForce === null) return this.#load();
    const found = dataVersion(this.#store);
    if (found !== this.#dataVersion) {
      // Noted before the load: a change that comes in between is loaded once more, never missed.
      this.#dataVersion = found;
      const version = atDoor(this.#store.path, () => policyVersion(this.#store));
      if (version !== this.#inForce.version) return this.#load();
    }
    return nowMs - this.#verifiedAtMs >= VERIFY_INTERVAL_MS ? this.#verify() : null;
  }

  *#load(): Steps<void> {
    yield* readTransactionSteps(this.#store, this.#handOn());
    this.#verifiedAtMs = this.#options.monotonicMs();
    this.#retryAtMs = null;
    this.#retryMs = RETRY_FIRST_MS;
  }

  /** Within the transaction, as the receiver reads the rules from it. */
  *#handOn(): Steps<void> {
    const policy = yield* loadSteps(this.#store);
    yield* this.#options.onPolicy(policy);
    this.#inForce = { version: policy.barring.version, checksum: policy.checksum };
  }

  /** Only hashes; should another policy have come meanwhile without a sign, it is loaded. */
  *#verify(): Steps<void> {
    const checksum = yield* readTransactionSteps(this.#store, verifySteps(this.#store));
    this.#verifiedAtMs = this.#options.monotonicMs();
    if (checksum !== this.#inForce?.checksum) yield* this.#load();
  }

  #failed(error: unknown): void {
    const first = this.#retryAtMs === null;
    this.#retryAtMs = this.#options.monotonicMs() + this.#retryMs;
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MAX_MS);
    if (first) this.#options.onProblem(error);
  }

  /** Never waits for another program: the event loop has calls to judge. */
  #reopen(): void {
    const store = openStore(this.#given.path, { readonly: true, busyTimeoutMs: 0, openTimeoutMs: 0 });
    this.close();
    this.#store = store;
    this.#dataVersion = null;
    this.#inForce = null;
  }
}
