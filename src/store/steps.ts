// Work in small steps, so that whoever has calls to judge does them in between: hashing and reading a large policy.

/** Each `yield` comes after a millisecond of work at most, and is a place to pause. `return()` ends the work early. */
export type Steps<T> = Generator<void, T, void>;

/** Does all of it at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

/** The event loop does other things after so much work: less than a call would notice. */
const SLICE_MS = 2;

/**
 * Does it in slices of the event loop's time; the first one at once, so that short work is done when this returns.
 * Resolves with null where `steps` was ended by its `return()` meanwhile; rejects with what it throws.
 */
export async function inSlices<T>(steps: Steps<T>, monotonicMs: () => number): Promise<T | null> {
  for (;;) {
    const pauseAtMs = monotonicMs() + SLICE_MS;
    while (monotonicMs() < pauseAtMs) {
      const { done, value } = steps.next();
      if (done === true) return value ?? null;
    }
    // oxlint-disable-next-line no-await-in-loop -- the pause is the purpose
    await new Promise((resolve) => void setImmediate(resolve));
  }
}
