// What holds for every dialled string, whatever the plan.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePlan } from '../../src/numbering/compile-plan.ts';
import type { CompiledPlan } from '../../src/numbering/compile-plan.ts';
import { emergencyNumbersOf } from '../../src/numbering/emergency.ts';
import { read } from '../../src/numbering/read.ts';
import { knownRegions, regionsOfCallingCode } from '../../src/numbering/region-data.ts';
import { outcomeOf, planFor, screen, snapshotFor } from '../barring/policy.ts';

const homes = [
  'DE',
  'US',
  'MX',
  'GB',
  'IT',
  'FR',
  'RU',
  'JP',
  'BR',
  'AU',
  'SG',
  'CN',
  'HU',
  'ES',
  'KE',
  'JM',
];
const plans: readonly CompiledPlan[] = homes.flatMap((homeRegion) => [
  compilePlan(planFor({ homeRegion, internationalPrefixes: ['00'], internalPatterns: ['1XXX', '2[0-4]X'] })),
  compilePlan(planFor({ homeRegion, internationalPrefixes: ['011', '00'], outsidePrefixes: ['9', '0'] })),
]);
const anyPlan = fc.constantFrom(...plans);

const ascii = '0123456789+*#() .-ABCabc,;&@/$[]{}"\'\\\n\r\t\u0000';
const dialledText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 90 }),
  fc.string({ unit: fc.constantFrom(...ascii.split('')), maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...'0123456789+'.split('')), maxLength: 24 }),
);
const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength, maxLength });

const runs = { numRuns: 700 };

/** What a verdict depends on: everything but the string itself and the steps. */
function meaning(dialled: string, plan: CompiledPlan): unknown {
  const { dialled: _dialled, number: _number, steps: _steps, ...rest } = read(dialled, plan);
  return rest;
}

test('reading never throws, and says what it read', () => {
  fc.assert(
    fc.property(dialledText, anyPlan, (dialled, plan) => {
      const destination = read(dialled, plan);
      expect(destination.dialled).toBe(dialled);
      expect(destination.steps.length).toBeGreaterThan(0);
    }),
    runs,
  );
});

test('I5: what is read at all is dialled as it stands without separators; everything else is unreadable', () => {
  fc.assert(
    fc.property(dialledText, anyPlan, (dialled, plan) => {
      const { kind, number } = read(dialled, plan);
      const expected = kind === 'unreadable' ? '' : dialled.replace(/[ ().-]/g, '');
      expect(number).toBe(expected);
      expect(number).toMatch(/^(?:\*\d\d)?\d*\+?(?:\*\d\d)?\d*#?$/);
    }),
    runs,
  );
});

test('separators change nothing', () => {
  const separators = fc.array(fc.constantFrom(' ', '-', '.', '(', ')', ''), { minLength: 20, maxLength: 20 });
  fc.assert(
    fc.property(digits(1, 18), separators, anyPlan, (dialled, between, plan) => {
      const spaced = dialled
        .split('')
        .map((digit, index) => (between[index] ?? '') + digit)
        .join('');
      expect(meaning(spaced, plan)).toEqual(meaning(dialled, plan));
    }),
    runs,
  );
});

test('a trailing # changes nothing', () => {
  const outside = plans.filter(({ internal }) => internal.length === 0);
  fc.assert(
    fc.property(digits(1, 18), fc.constantFrom(...outside), (dialled, plan) => {
      expect(meaning(`${dialled}#`, plan)).toEqual(meaning(dialled, plan));
    }),
    runs,
  );
});

test('+ and a configured international prefix mean the same', () => {
  const germany = compilePlan(planFor({ homeRegion: 'DE', internationalPrefixes: ['00'] }));
  const mexico = compilePlan(planFor({ homeRegion: 'MX', internationalPrefixes: ['00'] }));
  fc.assert(
    fc.property(digits(4, 16), fc.constantFrom(germany, mexico), (rest, plan) => {
      // No number of either country begins with 00, so nothing else can be meant.
      expect(meaning(`00${rest}`, plan)).toEqual(meaning(`+${rest}`, plan));
    }),
    runs,
  );
});

test('an outside prefix changes nothing about a number behind it that is known', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...homes),
      fc.constantFrom('9', '0', '77'),
      digits(5, 16),
      (homeRegion, outside, rest) => {
        const bare = compilePlan(planFor({ homeRegion }));
        const plan = compilePlan(planFor({ homeRegion, outsidePrefixes: [outside] }));
        const destination = read(rest, bare);
        fc.pre(destination.kind !== 'national' || destination.matched);
        fc.pre(rest !== outside);
        expect(meaning(outside + rest, plan)).toEqual(meaning(rest, bare));
      },
    ),
    { numRuns: 600 },
  );
});

test('I1: an emergency number is never anything else, and nothing that is longer is one', () => {
  fc.assert(
    fc.property(
      anyPlan,
      fc.nat(),
      digits(3, 12),
      fc.constantFrom('', '+', '*67'),
      (plan, index, tail, before) => {
        const numbers = emergencyNumbersOf(plan);
        const number = numbers[index % numbers.length] ?? '';
        expect(read(before + number, plan).kind).toBe('emergency');
        const isLonger = read(number + tail, plan).kind === 'emergency';
        expect(isLonger).toBe(numbers.includes(number + tail));
      },
    ),
    runs,
  );
});

test('with no right nothing international continues, and what continues costs nothing extra', () => {
  const snapshots = homes.map((homeRegion) =>
    snapshotFor({ homeRegion, outsidePrefixes: ['9'] }, { allowed: knownRegions(), international: false }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...snapshots), dialledText, (snapshot, dialled) => {
      expect(outcomeOf(screen(snapshot, dialled))).not.toBe('allow');
    }),
    runs,
  );
});

/** Regions with a code of their own that are reached by this code too. */
function beside(code: string): readonly string[] {
  const overseas = ['262', '590', '594', '596'].flatMap((own) => regionsOfCallingCode(own) ?? []);
  const others: Readonly<Record<string, readonly string[]>> = {
    33: [...overseas, 'PM'],
    39: ['SM'],
    44: ['IM'],
    972: ['PS'],
  };
  return others[code] ?? [];
}

test('every number behind an assigned calling code of another country is international', () => {
  const codes = Array.from({ length: 999 }, (_, index) => String(index + 1)).filter(
    (code) => regionsOfCallingCode(code) !== null,
  );
  const germany = compilePlan(planFor({ homeRegion: 'DE', internationalPrefixes: ['00'] }));
  fc.assert(
    fc.property(fc.constantFrom(...codes), digits(4, 12), (code, rest) => {
      fc.pre(code !== '49');
      const destination = read(`00${code}${rest}`, germany);
      expect(['international', 'unreadable']).toContain(destination.kind);
      if (destination.kind !== 'international') return;
      const regions = [...(regionsOfCallingCode(code) ?? []), ...beside(code)];
      expect(regions).toEqual(expect.arrayContaining([...destination.regions]));
      expect(destination.regions.length).toBeGreaterThan(0);
    }),
    runs,
  );
});
