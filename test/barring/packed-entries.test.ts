// Packed entries come out as they went in, however many there are.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/barring/entry.ts';
import { createPackedEntries } from '../../src/barring/packed-entries.ts';
import { addPattern, createPatternIndex, hitsOf } from '../../src/barring/pattern-index.ts';

const time = fc.option(fc.integer({ min: 0, max: 2 ** 50 }));

const entries: fc.Arbitrary<Entry> = fc.record({
  kind: fc.constantFrom('rule', 'exception'),
  id: fc.integer({ min: 1, max: 2 ** 40 }),
  action: fc.constantFrom('allow', 'deny', 'pin', 'block'),
  exact: fc.boolean(),
  premium: fc.boolean(),
  observe: fc.boolean(),
  fromMs: time,
  untilMs: time,
  reason: fc.string({ unit: 'grapheme', maxLength: 20 }),
});

const digits = fc.string({ unit: fc.integer({ min: 0, max: 9 }).map(String), minLength: 1, maxLength: 15 });
const patterns = fc.oneof(
  digits,
  digits.map((text) => `+${text}`),
  // Few enough to meet again.
  fc.constantFrom('0', '00', '+0', '1', '+1', '+54', '+5411'),
);

describe('packed entries', () => {
  it('are found by their pattern alone, in their order', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(patterns, entries), { maxLength: 2000, size: 'max' }), (rows) => {
        const packed = createPackedEntries();
        const expected = new Map<string, Entry[]>();
        for (const [pattern, entry] of rows) {
          expect(packed.add(pattern, entry)).toBe(true);
          expected.set(pattern, [...(expected.get(pattern) ?? []), entry]);
        }
        for (const [pattern, found] of expected) expect(packed.at(pattern)).toEqual(found);
        expect(packed.at('+99999999')).toEqual(expected.get('+99999999') ?? []);
      }),
      { numRuns: 30 },
    );
  });

  it.each(['+1234567890123456', '*21', '12a', '+ 54', '１２'])(
    'have no form for the pattern %j',
    (pattern) => {
      const packed = createPackedEntries();
      const taken = fc.sample(entries, 10).map((entry) => packed.add(pattern, entry));
      expect(new Set(taken)).toEqual(new Set([false]));
      expect(packed.at(pattern)).toEqual([]);
    },
  );

  it('make an index of many say the same as one of few', () => {
    const others = Array.from({ length: 300 }, (_, index) => `+99${1000 + index}`);
    const rows = fc.array(fc.tuple(fc.oneof(patterns, fc.constantFrom('*21', '#5')), entries), {
      maxLength: 50,
    });
    fc.assert(
      fc.property(rows, fc.array(fc.oneof(patterns, fc.constant('*215'))), (given, numbers) => {
        const few = createPatternIndex();
        const many = createPatternIndex();
        const [filler] = given;
        if (filler) for (const pattern of others) addPattern(many, pattern, filler[1]);
        for (const [pattern, entry] of given) {
          addPattern(few, pattern, entry);
          addPattern(many, pattern, entry);
        }
        const asked = numbers.filter((number) => !number.startsWith('+99'));
        for (const number of asked) expect(hitsOf(many, number)).toEqual(hitsOf(few, number));
      }),
    );
  });
});
