// Starts programs that cannot outlive us, runs short ones with a deadline, and tells a process from its
// successor.
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { AppError } from '../../src/errors.ts';

const outputBytesMax = 1_000_000;

/**
 * What a finished program left: its exit code (null when a signal ended it) and its output, both streams
 * merged.
 */
export interface Finished {
  readonly code: number | null;
  readonly output: string;
}

export interface SpawnBoundOptions {
  /** Nothing unless told otherwise. */
  readonly input?: 'pipe';
  /** File descriptor for both output streams, or `pipe` to read them, or `ignore`. */
  readonly output: number | 'pipe' | 'ignore';
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
}

/**
 * Starts `command` so that the kernel kills it when we die, whatever kills us (`PR_SET_PDEATHSIG`, prctl(2)).
 * The child's pid is that of the program itself, as setpriv and chroot only exec.
 */
export function spawnBound(
  command: string,
  args: readonly string[],
  options: SpawnBoundOptions,
): ChildProcess {
  return spawn('setpriv', ['--pdeathsig', 'KILL', '--', command, ...args], {
    stdio: [options.input ?? 'ignore', options.output, options.output],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    ...(options.env === undefined ? {} : { env: options.env }),
  });
}

/**
 * Runs a program to its end. Rejects with `AppError('unavailable')` when it cannot be started or passes its
 * deadline (it is killed then); a non-zero exit code is a result, not an error. `onLine` gets each line as it
 * appears.
 */
export async function run(
  command: string,
  args: readonly string[],
  options: { deadlineMs: number; onLine?: (line: string) => void },
): Promise<Finished> {
  const child = spawnBound(command, args, { output: 'pipe' });
  let output = '';
  let unfinishedLine = '';
  const take = (chunk: Buffer): void => {
    const text = chunk.toString('utf8');
    output = (output + text).slice(-outputBytesMax);
    if (options.onLine === undefined) return;
    const lines = (unfinishedLine + text).split('\n');
    unfinishedLine = lines.pop() ?? '';
    lines.forEach(options.onLine);
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const { promise, resolve, reject } = Promise.withResolvers<Finished>();
  const shown = [command, ...args].join(' ');
  const deadline = setTimeout(() => {
    child.kill('SIGKILL');
    const details = [output.slice(-2000)];
    reject(
      new AppError('unavailable', `“${shown}” did not finish in ${options.deadlineMs} ms.`, { details }),
    );
  }, options.deadlineMs);
  child.on('error', (cause) =>
    reject(new AppError('unavailable', `“${shown}” cannot be started.`, { cause })),
  );
  child.on('close', (code) => resolve({ code, output }));
  try {
    return await promise;
  } finally {
    clearTimeout(deadline);
  }
}

/** A process as the kernel knows it: a pid alone may belong to somebody else by now. */
export interface ProcessIdentity {
  readonly pid: number;
  /** Clock ticks from boot to its start, field 22 of /proc/pid/stat (proc(5)). */
  readonly startTicks: string;
}

/** The identity of a living process, or null when there is none (a zombie counts as none). */
export function identify(pid: number): ProcessIdentity | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return null;
  }
  // The name in field 2 may hold spaces and brackets: count from the last closing one.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const startTicks = fields[19];
  return startTicks === undefined || fields[0] === 'Z' ? null : { pid, startTicks };
}

/** True while this very process lives. */
export function lives(process: ProcessIdentity): boolean {
  return identify(process.pid)?.startTicks === process.startTicks;
}

/** Resolves to true when `condition` holds, or to false at the deadline; asks every few milliseconds. */
export async function eventually(
  condition: () => boolean | Promise<boolean>,
  deadlineMs: number,
  intervalMs = 5,
): Promise<boolean> {
  const giveUpAt = performance.now() + deadlineMs;
  while (!(await condition())) {
    if (performance.now() >= giveUpAt) return false;
    await new Promise((wake) => setTimeout(wake, intervalMs));
  }
  return true;
}

/** Sends a signal to this very process, if it still lives, and waits until it is gone. */
export async function endProcess(
  target: ProcessIdentity,
  signal: NodeJS.Signals,
  deadlineMs: number,
): Promise<boolean> {
  if (!lives(target)) return true;
  try {
    process.kill(target.pid, signal);
  } catch {
    return true;
  }
  return eventually(() => !lives(target), deadlineMs);
}
