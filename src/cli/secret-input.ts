// Secrets that a person chose: piped in, or typed at a terminal that does not show them; never an argument.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** Longer input is none of ours, and is not read to its end. */
const INPUT_LENGTH_MAX = 500;

/** The first line of standard input; asked for with `prompt` where somebody sits there. */
export async function readSecretInput(prompt: string): Promise<string> {
  return process.stdin.isTTY ? askUnseen(prompt) : readLine();
}

async function readLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.includes('\n') || text.length > INPUT_LENGTH_MAX) break;
  }
  return text.split('\n')[0]?.trim() ?? '';
}

/** On stderr, as stdout is the answer of the command. */
async function askUnseen(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  const stop = new AbortController();
  terminal.once('close', () => stop.abort());
  try {
    return (await terminal.question('', { signal: stop.signal })).trim();
  } catch {
    return '';
  } finally {
    terminal.close();
    process.stderr.write('\n');
  }
}
