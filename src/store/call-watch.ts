// Notices the chargeable calls that another daemon on the same file has let out, and hands each on once.
import { watchFile, type FileWatchOptions } from './file-watch.ts';
import { lastCall, readChargeableCallsAfter, type ChargeableCall } from './usage.ts';

/** With the writer's own pause, a call is known to the others after about this time. */
const LOOK_INTERVAL_MS = 100;

export interface CallWatchOptions extends Pick<FileWatchOptions<unknown>, 'onProblem'> {
  /** Called with what was written since the last look, this daemon's own calls among it. */
  readonly onCalls: (calls: readonly ChargeableCall[]) => void;
}

/** Looks again and again until disposed, from the last call on record. Never throws, and never waits for a writer. */
export function watchCalls(path: string, { onCalls, onProblem }: CallWatchOptions): Disposable {
  let lastSeq: number | null = null;
  return watchFile(path, {
    intervalMs: LOOK_INTERVAL_MS,
    read: (store) =>
      lastSeq === null ? { calls: [], seq: lastCall(store) } : readChargeableCallsAfter(store, lastSeq),
    onRead: ({ calls, seq }) => {
      lastSeq = seq;
      if (calls.length > 0) onCalls(calls);
    },
    onProblem,
  });
}
