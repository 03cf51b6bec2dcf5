// Notices that somebody, in this process or another, changed the policy, and hands the new one on.
import { dataVersion, isReplaced, openStore, type Store } from './open.ts';
import { loadPolicy, policyVersion } from './policy.ts';
import { atDoor } from './sqlite-errors.ts';

/** The policy of one moment: for barring and for pickup. */
export type LoadedPolicy = ReturnType<typeof loadPolicy>;

/** A change is seen within this time; looking costs microseconds and touches no disk. */
const LOOK_INTERVAL_MS = 100;
/** Verified again this often, though no version says that it changed: a flipped bit raises none. */
const VERIFY_INTERVAL_MS = 60_000;
/** After a failed load the next try waits this long, and then twice as long each time. */
const RETRY_FIRST_MS = 100;
const RETRY_MAX_MS = 5_000;

export interface PolicyWatchOptions {
  /** Called with each good policy, at once for the first. A throwing receiver counts as a failed load. */
  readonly onPolicy: (policy: LoadedPolicy) => void;
  /** Called when a load fails; whoever listens keeps the last good policy. */
  readonly onProblem: (error: unknown) => void;
  /** Monotonic milliseconds. */
  readonly monotonicMs: () => number;
}

/**
 * Loads the policy now, and again after each change of the policy, until disposed. Never throws. A database
 * file that was put in the place of the old one is opened in its turn; the store that was given stays with
 * its owner.
 */
export function watchPolicy(store: Store, options: PolicyWatchOptions): Disposable {
  const watch = new PolicyWatch(store, options);
  watch.look();
  const timer = setInterval(() => watch.look(), LOOK_INTERVAL_MS);
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
  #policyVersion: number | null = null;
  #loadedAtMs = 0;
  #retryAtMs: number | null = null;
  #retryMs = RETRY_FIRST_MS;

  constructor(store: Store, options: PolicyWatchOptions) {
    this.#given = store;
    this.#store = store;
    this.#options = options;
  }

  look(): void {
    const nowMs = this.#options.monotonicMs();
    if (this.#retryAtMs !== null && nowMs < this.#retryAtMs) return;
    try {
      if (isReplaced(this.#store)) this.#reopen();
      if (this.#isDue(nowMs)) this.#load(nowMs);
    } catch (error) {
      const first = this.#retryAtMs === null;
      this.#retryAtMs = nowMs + this.#retryMs;
      this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MAX_MS);
      if (first) this.#options.onProblem(error);
    }
  }

  close(): void {
    if (this.#store !== this.#given) this.#store[Symbol.dispose]();
  }

  #isDue(nowMs: number): boolean {
    if (this.#retryAtMs !== null || nowMs - this.#loadedAtMs >= VERIFY_INTERVAL_MS) return true;
    const found = dataVersion(this.#store);
    if (found === this.#dataVersion) return false;
    // Noted before the load: a change that comes in between is loaded once more, never missed.
    this.#dataVersion = found;
    const version = atDoor(this.#store.path, () => policyVersion(this.#store));
    return version !== this.#policyVersion;
  }

  #load(nowMs: number): void {
    const policy = loadPolicy(this.#store);
    this.#options.onPolicy(policy);
    this.#policyVersion = policy.barring.version;
    this.#loadedAtMs = nowMs;
    this.#retryAtMs = null;
    this.#retryMs = RETRY_FIRST_MS;
  }

  /** Never waits for another program: the event loop has calls to judge. */
  #reopen(): void {
    const store = openStore(this.#given.path, { readonly: true, busyTimeoutMs: 0, openTimeoutMs: 0 });
    this.close();
    this.#store = store;
    this.#dataVersion = null;
    this.#policyVersion = null;
  }
}
