// Notices that somebody, in this process or another, changed the policy, and hands the new one on.
import { dataVersion, type Store } from './open.ts';
import { loadPolicy } from './policy.ts';

/** The policy of one moment: for barring and for pickup. */
export type LoadedPolicy = ReturnType<typeof loadPolicy>;

/** A change is seen within this time; looking costs microseconds and touches no disk. */
const LOOK_INTERVAL_MS = 100;
/** After a failed load the next try waits this long, whether the file changed again or not. */
const RETRY_INTERVAL_MS = 1000;

export interface PolicyWatchOptions {
  /** Called with each good policy, at once for the first. A throwing receiver counts as a failed load. */
  readonly onPolicy: (policy: LoadedPolicy) => void;
  /** Called when a load fails; whoever listens keeps the last good policy. */
  readonly onProblem: (error: unknown) => void;
  /** Monotonic milliseconds. */
  readonly monotonicMs: () => number;
}

/** Loads the policy now, and again after each change of the file, until disposed. Never throws. */
export function watchPolicy(store: Store, options: PolicyWatchOptions): Disposable {
  let seen: number | null = null;
  let retryAtMs: number | null = null;

  const look = () => {
    try {
      const found = dataVersion(store);
      const retryDue = retryAtMs !== null && options.monotonicMs() >= retryAtMs;
      if (found === seen && !retryDue) return;
      // Read before the load: a change that comes in between is loaded once more, never missed.
      seen = found;
      retryAtMs = null;
      options.onPolicy(loadPolicy(store));
    } catch (error) {
      const first = retryAtMs === null;
      retryAtMs = options.monotonicMs() + RETRY_INTERVAL_MS;
      if (first) options.onProblem(error);
    }
  };

  look();
  const timer = setInterval(look, LOOK_INTERVAL_MS);
  return { [Symbol.dispose]: () => clearInterval(timer) };
}
