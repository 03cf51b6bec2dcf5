// One daemon of a test: started, signalled and ended as a process, asked over its own local socket.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { askStatus } from '../src/http/client.ts';
import type { DaemonStatus } from '../src/http/ports.ts';
import { eventually, spawnBound } from './lab/processes.ts';

export const binary: string = join(import.meta.dirname, '../scripts/callwarden');
const upDeadlineMs = 60_000;
const endDeadlineMs = 20_000;

interface DaemonFiles {
  readonly configFile: string;
  readonly socket: string;
  readonly logFile: string;
  /** More for its environment. */
  readonly env: NodeJS.ProcessEnv | undefined;
}

export interface DaemonProcess {
  /** Starts the daemon and waits until it is connected. */
  readonly start: () => Promise<void>;
  /** Ends the daemon with a signal and waits until it is gone; resolves with its exit code, null after SIGKILL. */
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
  /** Sends a signal and does not wait (SIGSTOP, SIGCONT). */
  readonly signal: (signal: NodeJS.Signals) => void;
  readonly status: () => Promise<DaemonStatus>;
  /** Everything that it has logged. */
  readonly log: () => string;
}

export function daemonProcess({ configFile, socket, logFile, env }: DaemonFiles): DaemonProcess {
  let child: ChildProcess | null = null;
  const status = () => askStatus(socket);
  const isUp = async () => {
    try {
      const { ari, ami } = await status();
      return ari.state === 'up' && ami.state === 'up';
    } catch {
      return false;
    }
  };
  const log = () => readFileSync(logFile, 'utf8');
  return {
    async start() {
      const output = openSync(logFile, 'a');
      child = spawnBound(binary, ['--config', configFile, 'run'], {
        output,
        ...(env === undefined ? {} : { env: { ...process.env, ...env } }),
      });
      closeSync(output);
      const running = child;
      const up = await eventually(async () => running.exitCode !== null || (await isUp()), upDeadlineMs, 20);
      if (!up || running.exitCode !== null) throw new Error(`The daemon did not come up:\n${log()}`);
    },
    async end(signal) {
      if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
      const gone = once(child, 'exit', { signal: AbortSignal.timeout(endDeadlineMs) });
      child.kill(signal);
      await gone;
      return child.exitCode;
    },
    signal: (signal) => void child?.kill(signal),
    status,
    log,
  };
}
