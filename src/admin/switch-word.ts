// The words for on and off.
import { AppError } from '../errors.ts';

const ON = new Set(['on', 'true', 'yes']);
const OFF = new Set(['off', 'false', 'no']);

/** Throws `AppError('invalid')`; `what` names the switch in the sentence. */
export function readSwitch(word: string, what: string): boolean {
  const lower = word.toLowerCase();
  if (ON.has(lower)) return true;
  if (OFF.has(lower)) return false;
  throw new AppError('invalid', `${what} is on or off, not ${JSON.stringify(word)}.`);
}
