// `callwarden watch` as a process of a test: what it prints, and a terminal for it where the test needs one.
import { once } from 'node:events';
import type { HeardEvent } from '../../src/http/live-ports.ts';
import { binary } from '../daemon-process.ts';
import { eventually } from '../lab/processes.ts';
import { spawn } from 'node:child_process';

const DEADLINE_MS = 20_000;

/** An event, or what the command says of the daemon itself. */
export type Told = { readonly type: HeardEvent['type'] | 'away' | 'back' } & Record<string, unknown>;

export interface Watching extends AsyncDisposable {
  /** All that it has printed. */
  output(): string;
  /** What it has printed as JSON, line by line. */
  told(): readonly Told[];
  /** Waits until something that it told fits. */
  sees(what: string, fits: (told: Told) => boolean): Promise<Told>;
  /** Waits until the output holds it. */
  shows(text: string | RegExp): Promise<void>;
  /** What somebody types. */
  types(keys: string): void;
  /** Sends a signal and resolves with the exit code. */
  end(signal: NodeJS.Signals): Promise<number | null>;
  /** Resolves with the exit code when it ends by itself. */
  ended(): Promise<number | null>;
}

/** Starts it; `terminal` gives it a terminal of its own, by `script` of util-linux. */
export function watch(configFile: string, words: readonly string[], terminal = false): Watching {
  const command = [binary, '--config', configFile, 'watch', ...words];
  const [program = '', ...args] = terminal
    ? [
        'script',
        '--quiet',
        '--flush',
        '--return',
        '--command',
        `stty cols 80 rows 20; exec ${command.join(' ')}`,
        '/dev/null',
      ]
    : command;
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', '--', program, ...args], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, TERM: 'xterm-256color' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8');
    stream.on('data', (chunk: string) => (output += chunk));
  }
  const exit = once(child, 'close', { signal: AbortSignal.timeout(120_000) });
  exit.catch(() => undefined);
  const ended = async () => {
    await exit;
    return child.exitCode;
  };
  const told = () =>
    output
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Told);
  return {
    output: () => output,
    told,
    async sees(what, fits) {
      if (!(await eventually(() => told().some(fits), DEADLINE_MS, 20))) {
        throw new Error(`${what} was not told:\n${output}`);
      }
      const found = told().find(fits);
      if (!found) throw new Error('nothing is told');
      return found;
    },
    async shows(text) {
      const isThere = () => (typeof text === 'string' ? output.includes(text) : text.test(output));
      if (!(await eventually(isThere, DEADLINE_MS, 20))) {
        throw new Error(`${String(text)} is not shown:\n${JSON.stringify(output)}`);
      }
    },
    types: (keys) => void child.stdin.write(keys),
    async end(signal) {
      child.kill(signal);
      return await ended();
    },
    ended,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL');
      await exit.catch(() => undefined);
    },
  };
}
