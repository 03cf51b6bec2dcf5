// Keeps one link to Asterisk up for ever, and has the state rebuilt by listing after each connect.

import { setTimeout as sleep } from 'node:timers/promises';
import { connectAri, type AriTransport } from './connect.ts';
import type { AriEvent, AriLink, AriOptions } from './link.ts';

const BACKOFF_FIRST_MS = 250;
const BACKOFF_MAX_MS = 15_000;

export interface AriSupervisorOptions extends AriOptions {
  readonly transport: AriTransport;
  /**
   * Called at each connect, with the link already handed out by `link()`. ARI repeats nothing after a gap, so this
   * lists the channels and those that wait, and adopts what it finds; an event of the same channel may come before,
   * during or after it. Called again, after a pause, when it fails while the link lives.
   */
  readonly onUp: (link: AriLink) => Promise<void> | void;
  readonly onDown: (reason: string) => void;
  /** Another daemon took our application name: this one gets no more calls and must not fight. The supervisor has stopped. */
  readonly onReplaced: (message: string) => void;
}

export interface AriState {
  readonly connectedSinceMs: number | null;
  readonly asteriskVersion: string | null;
  readonly linkKind: AriLink['kind'] | null;
  /** Connections after the first. */
  readonly reconnects: number;
  /** Why there is no link, or why the last one ended. */
  readonly lastError: string | null;
  readonly droppedEvents: number;
}

export interface AriSupervisor extends AsyncDisposable {
  /** The link that is up now. */
  link(): AriLink | null;
  state(): AriState;
  /** Ends the link and the attempts; resolves when all is quiet. May be called twice. */
  stop(): Promise<void>;
}

/** Starts at once; the first connection may be long in coming, as Asterisk may not be up yet. */
export function superviseAri(options: AriSupervisorOptions): AriSupervisor {
  const supervisor = new Supervisor(options);
  const running = supervisor.run();
  const stop = async (): Promise<void> => {
    supervisor.abort();
    await running;
  };
  return {
    link: () => supervisor.link,
    state: () => supervisor.state(),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Owns the current link and the loop that replaces it. */
class Supervisor {
  link: AriLink | null = null;
  readonly #options: AriSupervisorOptions;
  readonly #stopping = new AbortController();
  #connects = 0;
  #connectedSinceMs: number | null = null;
  #lastError: string | null = null;
  #droppedBefore = 0;
  #replaced = false;

  constructor(options: AriSupervisorOptions) {
    this.#options = options;
  }

  abort(): void {
    this.#stopping.abort();
  }

  state(): AriState {
    return {
      connectedSinceMs: this.#connectedSinceMs,
      asteriskVersion: this.link?.asteriskVersion ?? null,
      linkKind: this.link?.kind ?? null,
      reconnects: Math.max(0, this.#connects - 1),
      lastError: this.#lastError,
      droppedEvents: this.#droppedBefore + (this.link?.droppedEvents ?? 0),
    };
  }

  async run(): Promise<void> {
    const { signal } = this.#stopping;
    const { onEvent: _, ...options } = this.#options;
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        const link = await connectAri({ ...options, onEvent: (event) => this.#hear(event) }, signal);
        backoff.reset();
        await this.#use(link);
      } catch (error) {
        if (signal.aborted) return;
        this.#tell(error instanceof Error ? error.message : String(error));
      }
      await backoff.wait(signal);
    }
  }

  /** From the moment a link is up to the moment it is gone. */
  async #use(link: AriLink): Promise<void> {
    const { signal } = this.#stopping;
    this.link = link;
    this.#connects += 1;
    this.#connectedSinceMs = Date.now();
    this.#lastError = null;
    const gone = new AbortController();
    const end = (): void => void link[Symbol.asyncDispose]();
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    const reconciled = this.#reconcile(link, gone.signal);
    const reason = await link.closed;
    signal.removeEventListener('abort', end);
    this.#droppedBefore += link.droppedEvents;
    this.link = null;
    this.#connectedSinceMs = null;
    gone.abort();
    await reconciled;
    this.#lastError = reason;
    this.#guard('onDown', () => this.#options.onDown(reason));
    if (this.#replaced) this.#tellReplaced();
  }

  /** Until it worked once or the link is gone. */
  async #reconcile(link: AriLink, gone: AbortSignal): Promise<void> {
    const backoff = new Backoff();
    while (!gone.aborted) {
      try {
        await this.#options.onUp(link);
        return;
      } catch (error) {
        if (gone.aborted) return;
        this.#options.onProblem(`The state could not be read from Asterisk; trying again: ${String(error)}`);
      }
      await backoff.wait(gone);
    }
  }

  #hear(event: AriEvent): void {
    if (event.type === 'ApplicationReplaced') {
      this.#replaced = true;
      this.abort();
      return;
    }
    // What comes before the link is handed out is covered by the listing that follows.
    if (this.link !== null) this.#options.onEvent(event);
  }

  #tellReplaced(): void {
    const name = this.#options.application;
    const message =
      `Another program took over the ARI application "${name}": no more calls come to this one. ` +
      'Stop one of the two, or give them different names in ari.application and the dialplan.';
    this.#lastError = message;
    this.#guard('onReplaced', () => this.#options.onReplaced(message));
  }

  #tell(message: string): void {
    // The same trouble every few seconds is told once.
    if (message !== this.#lastError) this.#options.onProblem(message);
    this.#lastError = message;
  }

  #guard(what: string, run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#options.onProblem(`${what} failed: ${String(error)}`);
    }
  }
}

/** Pauses that double from 250 ms to 15 s, each cut by a random half, so that several daemons do not come at once. */
class Backoff {
  #nextMs = BACKOFF_FIRST_MS;

  reset(): void {
    this.#nextMs = BACKOFF_FIRST_MS;
  }

  /** Returns early, without a throw, when the signal says so. */
  async wait(signal: AbortSignal): Promise<void> {
    const ms = this.#nextMs * (0.5 + Math.random() / 2);
    this.#nextMs = Math.min(this.#nextMs * 2, BACKOFF_MAX_MS);
    await sleep(ms, undefined, { signal }).catch(() => undefined);
  }
}
