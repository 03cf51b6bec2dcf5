// `scripts/lab console`: one command on the lab's Asterisk, or its console.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { runConsole } from '../asterisk-process.ts';
import { inRoot } from '../install.ts';
import { chooseLab, type WhichLab } from './running.ts';

/** Runs the words as one command and prints the answer; without words opens the console here. */
export async function openConsole(words: readonly string[], which: WhichLab): Promise<void> {
  const { root, config } = chooseLab(which).access.console;
  if (words.length > 0) {
    process.stdout.write(await runConsole({ root, config }, words.join(' ')));
    return;
  }
  const [program, args] = inRoot(root, 'asterisk', ['-C', config, '-r']);
  const child = spawn(program, args, { stdio: 'inherit' });
  // Ctrl-C belongs to the console, which leaves by it.
  process.on('SIGINT', () => {});
  await once(child, 'exit');
}
