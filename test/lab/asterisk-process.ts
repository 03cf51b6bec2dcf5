// Runs one Asterisk on files of its own: start, wait until it is fully booted, console, signals, end.
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { AppError } from '../../src/errors.ts';
import { type AsteriskInstall, inRoot } from './install.ts';
import type { LabDirectory } from './lab-directory.ts';
import { endProcess, eventually, identify, type ProcessIdentity, run, spawnBound } from './processes.ts';

const startDeadlineMs = 60_000;
const consoleDeadlineMs = 20_000;
const endDeadlineMs = 20_000;
const logTailBytes = 4000;

/** What the console of a running Asterisk is found by. */
export interface ConsoleAddress {
  /** Folder that Asterisk sees as `/`; '' for the machine itself. */
  readonly root: string;
  /** Its asterisk.conf, as it sees it. */
  readonly config: string;
}

/** Runs a console command and returns what it printed; rejects with `AppError('unavailable')`. */
export async function runConsole({ root, config }: ConsoleAddress, command: string): Promise<string> {
  const [program, args] = inRoot(root, 'asterisk', ['-C', config, '-rx', command]);
  const { code, output } = await run(program, args, { deadlineMs: consoleDeadlineMs });
  if (code !== 0) {
    throw new AppError('unavailable', `The console did not take “${command}”: ${output.trim()}`);
  }
  return output;
}

/** One Asterisk process; `start` may be called again after it has ended. */
export class AsteriskProcess implements AsyncDisposable {
  readonly #install: AsteriskInstall;
  readonly #directory: LabDirectory;
  #child: ChildProcess | null = null;
  #identity: ProcessIdentity | null = null;

  constructor(install: AsteriskInstall, directory: LabDirectory) {
    this.#install = install;
    this.#directory = directory;
  }

  get identity(): ProcessIdentity | null {
    return this.#identity;
  }

  /**
   * Resolves when Asterisk is fully booted; rejects with `AppError('unavailable')` and the end of its log.
   */
  async start(): Promise<void> {
    rmSync(this.#controlSocket, { force: true });
    const output = openSync(join(this.#directory.outside, 'log/stdout'), 'a');
    const [command, args] = inRoot(this.#install.root, 'asterisk', ['-f', '-C', this.config]);
    const child = spawnBound(command, args, { output, env: { PATH: process.env['PATH'], TERM: 'dumb' } });
    closeSync(output);
    this.#child = child;
    this.#identity = child.pid === undefined ? null : identify(child.pid);
    const running = (): boolean => child.exitCode === null && child.signalCode === null;
    await eventually(() => existsSync(this.#controlSocket) || !running(), startDeadlineMs);
    if (running()) await this.#waitFullyBooted(running);
    if (!running()) throw this.#failure('ended while it was starting');
  }

  /** Runs a console command (`asterisk -rx`) and returns what it printed. */
  async console(command: string): Promise<string> {
    return runConsole({ root: this.#install.root, config: this.config }, command);
  }

  /** Sends a signal; with SIGKILL or SIGTERM resolves when the process is gone. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    const identity = this.#identity;
    if (identity === null) return;
    if (signal !== 'SIGKILL' && signal !== 'SIGTERM') {
      process.kill(identity.pid, signal);
    } else if (!(await endProcess(identity, signal, endDeadlineMs))) {
      throw this.#failure(`did not end after ${signal}`);
    }
  }

  /** For the end of our own process, where nothing can be awaited. */
  killNow(): void {
    this.#child?.kill('SIGKILL');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.kill('SIGKILL');
  }

  get config(): string {
    return join(this.#directory.inside, 'etc/asterisk.conf');
  }

  get #controlSocket(): string {
    return join(this.#directory.outside, 'run/asterisk.ctl');
  }

  /**
   * The control socket exists a moment before it takes connections, and takes some before all modules are
   * loaded.
   */
  async #waitFullyBooted(running: () => boolean): Promise<void> {
    const [program, args] = inRoot(this.#install.root, 'asterisk', [
      '-C',
      this.config,
      '-rx',
      'core waitfullybooted',
    ]);
    const booted = await eventually(async () => {
      if (!running()) return true;
      const { output } = await run(program, args, { deadlineMs: startDeadlineMs });
      return output.includes('fully booted');
    }, startDeadlineMs);
    if (!booted) throw this.#failure('did not boot in time');
  }

  #failure(what: string): AppError {
    const tail = ['log/stdout', 'log/full'].map((name) => {
      const file = join(this.#directory.outside, name);
      return existsSync(file) ? readFileSync(file, 'utf8').slice(-logTailBytes) : '';
    });
    return new AppError('unavailable', `Asterisk ${what}.\n${tail.join('\n')}`);
  }
}
