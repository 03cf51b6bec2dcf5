// Keeps one connection up for ever: connects, hands it out, replaces it when it is lost. Knows nothing of what it carries.

import { AppError, messageOf } from '../../errors.ts';
import { Backoff } from './backoff.ts';

export interface KeptConnection extends AsyncDisposable {
  /** Resolves once, with the reason, when it is lost or closed; never rejects. */
  readonly closed: Promise<string>;
}

export interface KeeperOptions<Connection> {
  readonly connect: (signal: AbortSignal) => Promise<Connection>;
  /** With the connection handed out already; called again, after a pause, when it fails while the connection lives. */
  readonly onUp: (connection: Connection) => Promise<void> | void;
  readonly onDown: (reason: string) => void;
  readonly onProblem: (message: string) => void;
}

/** Owns the loop and the connection of the moment. */
export class Keeper<Connection extends KeptConnection> implements AsyncDisposable {
  /** The connection that is up now. */
  current: Connection | null = null;
  connectedSinceMs: number | null = null;
  /** Why there is no connection, or why the last one ended. */
  lastError: string | null = null;
  readonly #options: KeeperOptions<Connection>;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #connects = 0;

  constructor(options: KeeperOptions<Connection>) {
    this.#options = options;
  }

  /** Connections after the first. */
  get reconnects(): number {
    return Math.max(0, this.#connects - 1);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Begins to stop, without waiting for the end. */
  abort(): void {
    this.#stopping.abort();
  }

  /** Resolves when all is quiet; may be called twice. */
  async stop(): Promise<void> {
    this.abort();
    await this.#running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const backoff = new Backoff();
    while (!signal.aborted) {
      try {
        const connection = await this.#options.connect(signal);
        // One that was lost before it could be used was none, and the next attempt waits longer.
        if (await this.#use(connection)) backoff.reset();
      } catch (error) {
        if (signal.aborted) return;
        // Guessing on at a closed door is what a break-in looks like to the logs of Asterisk.
        if (error instanceof AppError && error.code === 'unauthorized') backoff.slowDown();
        this.#tell(messageOf(error));
      }
      await backoff.wait(signal);
    }
  }

  /** From the moment a connection is up to the moment it is gone; true when all that it is for could be set up. */
  async #use(connection: Connection): Promise<boolean> {
    const { signal } = this.#stopping;
    this.current = connection;
    this.#connects += 1;
    this.connectedSinceMs = Date.now();
    this.lastError = null;
    const gone = new AbortController();
    const end = (): void => void connection[Symbol.asyncDispose]();
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
    let usable = false;
    void this.#bringUp(connection, gone.signal).then((done) => (usable = done));
    const reason = await connection.closed;
    signal.removeEventListener('abort', end);
    this.current = null;
    this.connectedSinceMs = null;
    this.lastError = reason;
    gone.abort();
    try {
      this.#options.onDown(reason);
    } catch (error) {
      this.#options.onProblem(`onDown failed: ${String(error)}`);
    }
    return usable;
  }

  /** Until it worked once or the connection is gone; never rejects. */
  async #bringUp(connection: Connection, gone: AbortSignal): Promise<boolean> {
    const backoff = new Backoff();
    while (!gone.aborted) {
      try {
        await this.#options.onUp(connection);
        return true;
      } catch (error) {
        if (gone.aborted) return false;
        const why = messageOf(error);
        this.#options.onProblem(`What Asterisk is doing could not be read; trying again. ${why}`);
      }
      await backoff.wait(gone);
    }
    return false;
  }

  #tell(message: string): void {
    // The same trouble every few seconds is told once.
    if (message !== this.lastError) this.#options.onProblem(message);
    this.lastError = message;
  }
}
