// What `callwarden pin` reads beside its words: digits that a person chose, and the key file.
import type { Command } from 'commander';
import type { DigitChoice } from '../admin/pin-choice.ts';
import { AppError } from '../errors.ts';
import type { PinHasher } from '../store/pin-hash.ts';
import { placesOf } from './context.ts';
import { serviceOwner } from './init-files.ts';
import { readSecretInput } from './secret-input.ts';

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
  return { chosen: await readSecretInput('New PIN: ') };
}

/** Digits that were typed behind the command would be told back by commander's own error, and stay in a journal. */
export function refuseWordsBehind(command: Command, wordsMax: number): void {
  if (command.args.length <= wordsMax) return;
  throw new AppError(
    'invalid',
    'There are too many words. Digits are never given as one: leave them out to have some drawn, or use --stdin.',
  );
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
