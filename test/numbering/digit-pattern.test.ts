// The patterns of numbering data as trees: their beginnings, and all their strings.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { canBeginWith, patternPlaces, placeSource } from '../../src/numbering/asterisk-pattern.ts';
import { expandPattern, prefixPattern } from '../../src/numbering/digit-pattern.ts';
import { asteriskMatches } from './asterisk-match.ts';

const sources = [
  '1(?:1[02]|9\\d)',
  '00(?:[125-7]|3[46]5)?',
  '9\\d{2,4}',
  '(?:4[0-2]|5)?6{2}',
  '(?:1|23){1,2}4',
  '',
];

test.each(sources)('the beginnings of %j are the beginnings of its strings, and nothing else', (source) => {
  const strings = expandPattern(source, 20_000);
  const whole = new RegExp(`^(?:${source})$`);
  const beginning = prefixPattern(source);
  const beginnings = new Set(
    strings.flatMap((text) => Array.from({ length: text.length + 1 }, (_, length) => text.slice(0, length))),
  );
  expect(strings.every((text) => whole.test(text))).toBe(true);
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), maxLength: 6 }), (text) => {
      expect(beginning.test(text)).toBe(beginnings.has(text));
      expect(strings.includes(text)).toBe(whole.test(text));
    }),
    { numRuns: 300 },
  );
});

test('a pattern that stands for too many strings is refused', () => {
  expect(() => expandPattern('\\d{6}', 1000)).toThrow(/too many/);
});

test.each(['(?=1)2', '[1-', '1{2,}', 'a', '(12', '12)', '\\w', '(?:1){9}'])(
  '%j is not taken for a pattern',
  (source) => {
    expect(() => prefixPattern(source)).toThrow(/pattern|repeats/);
  },
);

test.each([
  ['0123456789', 'X'],
  ['123456789', 'Z'],
  ['98765432', 'N'],
  ['7', '7'],
  ['125679', '[125-79]'],
  ['0134', '[0134]'],
  ['1239', '[1-39]'],
])('the digits %s are written %s', (digits, source) => {
  expect(placeSource(digits)).toBe(source);
  const places = patternPlaces(source) ?? [];
  expect((places[0] ?? '').split('').sort()).toEqual(digits.split('').sort());
  for (const digit of '0123456789') expect(asteriskMatches(source, digit)).toBe(digits.includes(digit));
});

test.each(['', 'X.', 'X!', '1 2', '[a-c]', '[]', '[4-2]', 'Y'])('%j has no places', (source) => {
  expect(patternPlaces(source)).toBeNull();
});

test('a pattern can begin with what its first places hold', () => {
  const places = patternPlaces('0[0-2]X') ?? [];
  expect(canBeginWith(places, '00')).toBe(true);
  expect(canBeginWith(places, '0012')).toBe(true);
  expect(canBeginWith(places, '03')).toBe(false);
});
