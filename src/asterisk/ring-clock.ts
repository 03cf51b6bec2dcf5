// Gives the ring log its time: what waits for a last word is handed on, also when no further event comes.
import { createRingLog, type RingLog, type RingLogOptions } from '../pickup/ring-log.ts';

/** How often it looks while something waits. */
const LOOK_EVERY_MS = 500;

export interface RingClock {
  readonly log: RingLog;
  /** After every event and answer. */
  look(): void;
}

/** A ring log that settles by the clock; its timer keeps no process alive and runs only while something waits. */
export function createRingClock(options: RingLogOptions, nowMs: () => number): RingClock {
  const log = createRingLog(options);
  let timer: NodeJS.Timeout | null = null;
  const look = (): void => {
    if (timer !== null || !log.settling) return;
    timer = setTimeout(() => {
      timer = null;
      log.settle(nowMs());
      look();
    }, LOOK_EVERY_MS);
    timer.unref();
  };
  return { log, look };
}
