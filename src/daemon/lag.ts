// How late a thread is: what its event loop should have done by now, and has not.
import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How closely it is watched; the watch's own share of what it tells. */
const PRECISION_MS = 20;
const NS_PER_S = 1e9;

export interface Lag extends Disposable {
  /** Seconds since the last look, by percentile, as labels and values of a gauge. */
  look(): readonly (readonly [{ readonly percentile: string }, number])[];
}

/** Of the thread that calls it. */
export function watchLag(): Lag {
  const histogram = monitorEventLoopDelay({ resolution: PRECISION_MS });
  histogram.enable();
  return {
    look: () => {
      const found = [
        [{ percentile: '50' }, histogram.percentile(50) / NS_PER_S],
        [{ percentile: '99' }, histogram.percentile(99) / NS_PER_S],
        [{ percentile: '100' }, histogram.max / NS_PER_S],
      ] as const;
      histogram.reset();
      return found;
    },
    [Symbol.dispose]: () => void histogram.disable(),
  };
}
