// Commands for tests that are about something else than processes: run by one process that a test file keeps for them.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A command that hangs is a failure of its own; on a machine that does other things. */
const COMMAND_DEADLINE_MS = 60_000;

export interface CommandAsked {
  readonly words: readonly string[];
  /** The whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Where it runs. */
  readonly directory: string;
}

export interface CommandDone {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, as they came. */
  readonly output: string;
}

let idle: ChildProcess | null = null;

/** It goes with this process, whatever ends that. */
function started(): ChildProcess {
  return fork(join(import.meta.dirname, 'command-process.ts'), {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    execArgv: [],
  });
}

/** Whoever has nothing else to wait for may end beside an idle one. */
function hold(child: ChildProcess, held: boolean): void {
  if (held) child.ref();
  else child.unref();
  if (held) child.channel?.ref();
  else child.channel?.unref();
}

/** Runs `callwarden` with these words, beside others that still run: each has a process to itself meanwhile. */
export async function runCommand(asked: CommandAsked): Promise<CommandDone> {
  const child = idle?.connected === true ? idle : started();
  idle = null;
  hold(child, true);
  const shown = `callwarden ${asked.words.join(' ')}`;
  const overdue = AbortSignal.timeout(COMMAND_DEADLINE_MS);
  const over = new AbortController();
  const signal = AbortSignal.any([overdue, over.signal]);
  const ended = once(child, 'exit', { signal }).then(([code, by]) => {
    throw new Error(`“${shown}” ended its process: ${code ?? by}.`);
  });
  try {
    const answer = once(child, 'message', { signal });
    child.send(asked);
    const [done] = (await Promise.race([answer, ended])) as [CommandDone];
    hold(child, false);
    if (idle === null) idle = child;
    else child.kill();
    return done;
  } catch (error) {
    child.kill('SIGKILL');
    if (overdue.aborted)
      throw new Error(`“${shown}” did not finish in ${COMMAND_DEADLINE_MS} ms.`, { cause: error });
    throw error;
  } finally {
    over.abort();
    ended.catch(() => undefined);
  }
}
