// Names and reasons that people write: one line, not too long.
import { AppError } from '../errors.ts';

/**
 * Line breaks and whatever else moves the cursor or turns what follows round (UAX #9, 2.1 and 2.2): such a text would forge lines
 * in tables and logs, and be read as another on a phone. Half a character is none.
 */
const MOVES = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u;

export function isLine(text: string, lengthMax: number): boolean {
  return text.length <= lengthMax && !MOVES.test(text);
}

/** The text without the spaces around it. Throws `AppError('invalid')`; `what` begins the sentence: `A reason`. */
export function readLine(text: string, lengthMax: number, what: string): string {
  const trimmed = text.trim();
  if (isLine(trimmed, lengthMax)) return trimmed;
  throw new AppError('invalid', `${what} has ${lengthMax} characters at most and stands on one line.`);
}

/** The same where it must not be empty. */
export function requireLine(text: string, lengthMax: number, what: string): string {
  const line = readLine(text, lengthMax, what);
  if (line !== '') return line;
  throw new AppError('invalid', `${what} is needed: say it in a few words.`);
}
