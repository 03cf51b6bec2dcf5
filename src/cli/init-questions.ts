// What `callwarden init` asks at a terminal where a flag was not given.
import { createInterface } from 'node:readline/promises';

/** Whether there is somebody to ask. */
export function canAsk(): boolean {
  return process.stdin.isTTY && process.stderr.isTTY;
}

/** On stderr, so that stdout stays the answer of the command. Ctrl-C and a closed terminal end with `''`. */
export async function ask(questions: readonly string[]): Promise<readonly string[]> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  const stop = new AbortController();
  terminal.once('close', () => stop.abort());
  const answers: string[] = [];
  for (const question of questions) answers.push(await answer(question));
  terminal.close();
  return answers;

  async function answer(question: string): Promise<string> {
    try {
      return (await terminal.question(`${question} `, { signal: stop.signal })).trim();
    } catch {
      return '';
    }
  }
}
