// What holds for every home region there is, whatever is dialled.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compilePlan } from '../../src/numbering/compile-plan.ts';
import type { CompiledPlan } from '../../src/numbering/compile-plan.ts';
import { emergencyNumbersOf } from '../../src/numbering/emergency.ts';
import { read } from '../../src/numbering/read.ts';
import { knownRegions } from '../../src/numbering/region-data.ts';
import { outcomeOf, planFor, screen, snapshotFor } from '../barring/policy.ts';

const homes = knownRegions().filter((region) => !region.startsWith('+'));
const bare = homes.map((homeRegion) => compilePlan(planFor({ homeRegion, internationalPrefixes: ['00'] })));
const dressed = homes.map((homeRegion) =>
  compilePlan(planFor({ homeRegion, internationalPrefixes: ['00', '011'], outsidePrefixes: ['9', '0'] })),
);

const digits = (minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'.split('')), minLength, maxLength });

/** Each region as often as its neighbours: by its place, so that a failure shrinks to one region. */
const anyOf = (plans: readonly CompiledPlan[]) => fc.constantFrom(...plans);

const runs = { numRuns: 4000 };

function meaning(dialled: string, plan: CompiledPlan): unknown {
  const { dialled: _dialled, number: _number, steps: _steps, ...rest } = read(dialled, plan);
  return rest;
}

test('there is a plan for every region', () => {
  expect(homes.length).toBeGreaterThan(240);
});

test('reading never throws', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(...'0123456789+*#'.split('')), maxLength: 24 }),
  );
  fc.assert(
    fc.property(text, anyOf([...bare, ...dressed]), (dialled, plan) => {
      expect(read(dialled, plan).dialled).toBe(dialled);
    }),
    runs,
  );
});

test('+ and the international prefix that a region has mean the same', () => {
  const plans = homes.flatMap((homeRegion) => {
    const [prefix] = [...compilePlan(planFor({ homeRegion })).publishedPrefixes];
    return prefix === undefined
      ? []
      : [[prefix, compilePlan(planFor({ homeRegion, internationalPrefixes: [prefix] }))] as const];
  });
  expect(plans.length).toBeGreaterThan(240);
  fc.assert(
    fc.property(digits(4, 16), fc.nat(plans.length - 1), (rest, place) => {
      const [prefix, plan] = plans[place] ?? ['', undefined];
      if (plan === undefined) return;
      // Another prefix of the region that begins so, which chooses a carrier, is another meaning of the same digits.
      const dialled = prefix + rest;
      fc.pre(![...plan.publishedPrefixes].some((other) => other !== prefix && dialled.startsWith(other)));
      // A national number that the plan knows may begin with the prefix, where no foreign one is behind it.
      const isNoneAbroad = read(`+${rest}`, plan).kind === 'unreadable';
      const isHome = isNoneAbroad && read(dialled, plan).kind !== 'international';
      expect([plan.home.region, isHome ? 'at home' : meaning(dialled, plan)]).toEqual([
        plan.home.region,
        isNoneAbroad ? 'at home' : meaning(`+${rest}`, plan),
      ]);
    }),
    runs,
  );
});

test('an outside prefix changes nothing about a number behind it that is known', () => {
  fc.assert(
    fc.property(
      digits(5, 16),
      fc.nat(homes.length - 1),
      fc.constantFrom('9', '77'),
      (rest, place, outside) => {
        const plan = bare[place];
        if (plan === undefined) return;
        const destination = read(rest, plan);
        fc.pre(destination.kind !== 'national' || destination.matched);
        const withOutside = compilePlan({ ...plan.plan, outsidePrefixes: [outside] });
        expect([plan.home.region, meaning(outside + rest, withOutside)]).toEqual([
          plan.home.region,
          meaning(rest, plan),
        ]);
      },
    ),
    { numRuns: 1500 },
  );
});

test('I1: an emergency number is never anything else, bare, with + and behind an outside prefix', () => {
  for (const plan of [...bare, ...dressed]) {
    for (const number of emergencyNumbersOf(plan)) {
      expect([plan.home.region, number, read(number, plan).kind]).toEqual([
        plan.home.region,
        number,
        'emergency',
      ]);
      expect(read(`+${number}`, plan).kind).toBe('emergency');
    }
  }
});

test('what is not made of digits, + * and # is let out nowhere', () => {
  const open = homes.map((homeRegion) =>
    snapshotFor({ homeRegion, internationalPrefixes: ['00'] }, { allowed: knownRegions(), premium: true }),
  );
  const stranger = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 3 })
    .filter((text) => /[^0-9+*# ().-]/.test(text));
  fc.assert(
    fc.property(
      digits(0, 12),
      stranger,
      digits(0, 12),
      fc.constantFrom(...open),
      (before, odd, after, snapshot) => {
        expect(outcomeOf(screen(snapshot, before + odd + after))).toBe('deny');
      },
    ),
    runs,
  );
});
