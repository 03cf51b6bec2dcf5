// The commands of AGI: one line each, read by Asterisk as the words that were meant.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { setVariable, streamFile, waitForDigit } from '../../../src/asterisk/agi/command.ts';
import { AppError } from '../../../src/errors.ts';

/** `parse_args` of res_agi.c, for what our commands consist of. */
function wordsOf(line: string): string[] {
  const words: string[] = [];
  let [quoted, escaped, isBetween] = [false, false, true];
  for (const character of line) {
    const isPlain = escaped || !(character === '"' || character === '\\' || (character === ' ' && !quoted));
    if (isPlain || (character === '"' && !quoted)) {
      if (isBetween) words.push('');
      isBetween = false;
    }
    if (isPlain) words.push((words.pop() ?? '') + character);
    else if (character === '"') quoted = !quoted;
    else if (character === ' ') isBetween = true;
    escaped = !escaped && character === '\\';
  }
  return words;
}

describe('a command of AGI', () => {
  it('is one line that Asterisk reads as it was meant, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (value) => {
        if (/\p{Cc}/u.test(value)) return;
        const line = setVariable('CALLWARDEN_VERDICT', value);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(wordsOf(line.slice(0, -1))).toEqual(['SET', 'VARIABLE', 'CALLWARDEN_VERDICT', value]);
      }),
    );
  });

  it('is refused with a control character in it', () => {
    const control = fc.constantFrom('\n', '\r', '\0', '\t', '\u007f', '\u0085');
    fc.assert(
      fc.property(fc.string(), control, fc.string(), (before, between, after) => {
        expect(() => setVariable('NAME', before + between + after)).toThrow(AppError);
        expect(() => streamFile(before + between + after)).toThrow(AppError);
      }),
    );
  });

  it('is refused beyond its length, and for a variable of another name', () => {
    expect(() => setVariable('NAME', 'x'.repeat(1500))).toThrow(AppError);
    for (const name of ['', 'A B', 'SHELL(rm)x', 'A"', '1A', 'A(B)', 'CURL(a b)']) {
      expect(() => setVariable(name, 'x')).toThrow(AppError);
    }
    expect(setVariable('TIMEOUT(absolute)', '57')).toBe('SET VARIABLE TIMEOUT(absolute) "57"\n');
  });

  it('waits for a digit in whole milliseconds, and never for ever', () => {
    expect(waitForDigit(7900.5)).toBe('WAIT FOR DIGIT 7900\n');
    expect(waitForDigit(-1)).toBe('WAIT FOR DIGIT 1\n');
  });
});
