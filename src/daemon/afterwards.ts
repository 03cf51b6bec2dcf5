// What has to be written about a call, but not while Asterisk still sets it up: kept for an instant, then done together.

/** Long enough for Asterisk to finish the call's set-up, short enough that nobody waits for a line of the log. */
const WAIT_MS = 25;
/** More than that is done at once. */
const KEPT_MAX = 1000;

export class Afterwards implements Disposable {
  #kept: (() => void)[] = [];
  #timer: NodeJS.Timeout | null = null;
  readonly #onFailed: (error: unknown) => void;

  /** `onFailed` is told of each work that throws; the others are done all the same. */
  constructor(onFailed: (error: unknown) => void) {
    this.#onFailed = onFailed;
  }

  /** Runs `work` in a moment; never throws. */
  do(work: () => void): void {
    this.#kept.push(work);
    if (this.#kept.length >= KEPT_MAX) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), WAIT_MS);
  }

  /** Does everything that is kept, now and in order. */
  flush(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const kept = this.#kept;
    this.#kept = [];
    for (const work of kept) {
      try {
        work();
      } catch (error) {
        this.#onFailed(error);
      }
    }
  }

  [Symbol.dispose](): void {
    this.flush();
  }
}
