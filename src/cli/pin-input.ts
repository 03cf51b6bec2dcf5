// What `callwarden pin` reads beside its words: digits that a person chose, and the key file.
import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import type { DigitChoice } from '../admin/pin-choice.ts';
import { AppError } from '../errors.ts';
import type { PinHasher } from '../store/pin-hash.ts';
import { placesOf } from './context.ts';
import { serviceOwner } from './init-files.ts';

/** Longer input is no PIN, and is not read to its end. */
const INPUT_LENGTH_MAX = 200;
const DIGITS_DEFAULT = 6;

export interface DigitOptions {
  readonly digits?: string;
  readonly stdin?: boolean;
}

/** Never from an argument: whoever may list processes would read it there. */
export async function readDigitChoice(options: DigitOptions): Promise<DigitChoice> {
  if (options.stdin !== true) {
    const { readDigitCount } = await import('../admin/pin-digits.ts');
    return { draw: options.digits === undefined ? DIGITS_DEFAULT : readDigitCount(options.digits) };
  }
  if (options.digits !== undefined) {
    throw new AppError('invalid', 'Give either --stdin or --digits: chosen digits are as many as they are.');
  }
  return { chosen: process.stdin.isTTY ? await askUnseen() : await readLine() };
}

/** Digits that were typed behind the command would be told back by commander's own error, and stay in a journal. */
export function refuseWordsBehind(command: Command, wordsMax: number): void {
  if (command.args.length <= wordsMax) return;
  throw new AppError(
    'invalid',
    'There are too many words. Digits are never given as one: leave them out to have some drawn, or use --stdin.',
  );
}

/** The first line of what is piped in. */
async function readLine(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.includes('\n') || text.length > INPUT_LENGTH_MAX) break;
  }
  return text.split('\n')[0]?.trim() ?? '';
}

/** At a terminal: asked on stderr, and not shown while it is typed. */
async function askUnseen(): Promise<string> {
  process.stderr.write('New PIN: ');
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

/** With the key of the key file; one is made where there is none and no PIN depends on a lost one. */
export async function openHasher(command: Command): Promise<PinHasher> {
  const { keyFile, database } = placesOf(command);
  const { makeKeyFile, readKeyFile } = await import('../config/key-file.ts');
  const { createPinHasher } = await import('../store/pin-hash.ts');
  try {
    return createPinHasher(readKeyFile(keyFile));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-found') throw error;
    const { openStore } = await import('../store/open.ts');
    const { readPins } = await import('../store/pins.ts');
    using store = openStore(database, { readonly: true });
    if (readPins(store).length > 0) throw error;
    makeKeyFile(keyFile, serviceOwner());
    return createPinHasher(readKeyFile(keyFile));
  }
}
