// The commands that we give over FastAGI, as whole lines that Asterisk reads as they were meant.
import { AppError } from '../../errors.ts';

/** AGI_BUF_LEN is 2,048 in Asterisk 16 and 8,192 in 22 (res_agi.c); ours are far shorter. */
const LINE_LENGTH_MAX = 1500;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*(\([a-z]+\))?$/;

/** Throws `AppError('invalid')` for a name that is none, and for a value that would not stay one word of one line. */
export function setVariable(name: string, value: string): string {
  if (!NAME.test(name)) throw new AppError('invalid', `${JSON.stringify(name)} is no name of a variable.`);
  return whole(`SET VARIABLE ${name} ${quoted(value)}`);
}

export const answer = whole('ANSWER');
/** Offers early media. */
export const progress = whole('EXEC Progress ""');
/** Does nothing; a sound that plays ends where it comes (res_agi.c, handle_streamfile). */
export const noop = whole('NOOP');

/** Plays one sound; any digit ends it. Throws as `setVariable` does. */
export function streamFile(sound: string): string {
  return whole(`STREAM FILE ${quoted(sound)} "0123456789*#ABCD"`);
}

export function waitForDigit(deadlineMs: number): string {
  return whole(`WAIT FOR DIGIT ${Math.max(1, Math.trunc(deadlineMs))}`);
}

/** As `parse_args` of res_agi.c reads it: only `"` and `\` mean something inside quotes. */
function quoted(value: string): string {
  return `"${value.replaceAll(/["\\]/g, '\\$&')}"`;
}

/** With its newline: half a line would keep a core of Asterisk busy until the rest comes (res_agi.c, run_agi). */
function whole(line: string): string {
  if (/\p{Cc}/u.test(line)) {
    throw new AppError('invalid', 'What is to be told to Asterisk holds a control character; remove it.');
  }
  if (line.length > LINE_LENGTH_MAX) {
    throw new AppError(
      'invalid',
      `What is to be told to Asterisk is longer than ${LINE_LENGTH_MAX}; shorten it.`,
    );
  }
  return `${line}\n`;
}
