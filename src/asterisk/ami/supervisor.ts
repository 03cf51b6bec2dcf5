// Keeps one AMI connection up for ever.

import { Keeper } from '../ari/keeper.ts';
import { connectAmi, type AmiConnection, type AmiOptions } from './connection.ts';

export interface AmiSupervisorOptions extends AmiOptions {
  readonly onUp: () => void;
  readonly onDown: (reason: string) => void;
}

interface AmiState {
  readonly connectedSinceMs: number | null;
  /** Connections after the first. */
  readonly reconnects: number;
  /** Why there is no connection, or why the last one ended. */
  readonly lastError: string | null;
}

export interface AmiSupervisor extends AsyncDisposable {
  /** The connection that is up now. */
  connection(): AmiConnection | null;
  state(): AmiState;
  /** Ends the connection and the attempts; resolves when all is quiet. May be called twice. */
  stop(): Promise<void>;
}

/** Starts at once and retries without end; Asterisk may not be up yet. */
export function superviseAmi(options: AmiSupervisorOptions): AmiSupervisor {
  const keeper = new Keeper<AmiConnection>({
    connect: (signal) => connectAmi(options, signal),
    onUp: () => options.onUp(),
    onDown: options.onDown,
    onProblem: options.onProblem,
  });
  keeper.start();
  return {
    connection: () => keeper.current,
    state: () => ({
      connectedSinceMs: keeper.connectedSinceMs,
      reconnects: keeper.reconnects,
      lastError: keeper.lastError,
    }),
    stop: () => keeper.stop(),
    [Symbol.asyncDispose]: () => keeper.stop(),
  };
}
