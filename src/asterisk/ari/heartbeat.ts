// The proof that a connection still works end to end: a beat that must come back, and two misses that end it.

export interface Heartbeat {
  stop(): void;
}

export interface HeartbeatOptions {
  readonly intervalMs: number;
  /** Sends one beat; resolves when it came back. May reject or never settle. */
  readonly beat: () => Promise<void>;
  /** Called once, after two beats in a row were missed; the heartbeat has stopped then. */
  readonly onDead: (reason: string) => void;
}

/** A half-open socket is known in 4 s. */
export const HEARTBEAT_INTERVAL_MS = 2000;
const MISSES_MAX = 2;

/**
 * Sends a beat each interval. One that is not back within half an interval is a miss, and the next goes out at once, so
 * that a dead connection is known after two intervals at most. One long pause of our own process costs one miss only:
 * the answer that waits in the socket is read before the second can be counted.
 */
export function startHeartbeat(options: HeartbeatOptions): Heartbeat {
  let misses = 0;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;

  const stop = (): void => {
    stopped = true;
    clearTimeout(timer);
  };
  const wait = (ms: number, next: () => void): void => {
    clearTimeout(timer);
    timer = setTimeout(next, ms);
  };
  const beat = (): void => {
    let settled = false;
    const settle = (alive: boolean): void => {
      if (settled || stopped) return;
      settled = true;
      misses = alive ? 0 : misses + 1;
      if (alive) return wait(options.intervalMs, beat);
      if (misses < MISSES_MAX) return wait(0, beat);
      stop();
      options.onDead(`${MISSES_MAX} heartbeats in a row were not answered`);
    };
    wait(options.intervalMs / 2, () => settle(false));
    options.beat().then(
      () => settle(true),
      () => {
        // A beat that could not be sent is no faster proof of death than one that got lost: its time must pass.
      },
    );
  };
  wait(options.intervalMs, beat);
  return { stop };
}
