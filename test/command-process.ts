// Runs commands of `callwarden` one after another in one process, as its parent asks: a start of Node for each is what tests
// of commands would otherwise spend their time with.
import { commands } from '../src/cli/commands.ts';
import { buildProgram, runProgram } from '../src/cli/program.ts';
import { programVersion } from '../src/cli/version.ts';
import type { CommandAsked, CommandDone } from './commands.ts';

/** What the streams of this process are given while a command runs, in order. */
let written: { to: 'stdout' | 'stderr'; text: string }[] = [];

for (const to of ['stdout', 'stderr'] as const) {
  process[to].write = (text: string | Uint8Array) => {
    written.push({ to, text: typeof text === 'string' ? text : Buffer.from(text).toString('utf8') });
    return true;
  };
}

async function runOne({ words, env, directory }: CommandAsked): Promise<CommandDone> {
  written = [];
  process.exitCode = undefined;
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  process.chdir(directory);
  const status = await runProgram(buildProgram(programVersion(), commands), words);
  // Each run listens anew.
  process.stdout.removeAllListeners('error');
  const textOf = (to: string) => written.flatMap((one) => (one.to === to ? [one.text] : [])).join('');
  return {
    status,
    stdout: textOf('stdout'),
    stderr: textOf('stderr'),
    output: written.map(({ text }) => text).join(''),
  };
}

/** Where our parent is gone, nobody hears it. */
const answer = async (asked: CommandAsked) =>
  process.send?.(await runOne(asked), undefined, undefined, () => undefined);

process.on('message', (asked: CommandAsked) => void answer(asked));
// Ctrl-C reaches the whole process group; our parent decides what ends.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
