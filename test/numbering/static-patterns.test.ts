// I3: what the dialplan lets through by itself, while the daemon is away, is certainly internal or national.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { patternPlaces } from '../../src/numbering/asterisk-pattern.ts';
import { compilePlan } from '../../src/numbering/compile-plan.ts';
import type { CompiledPlan } from '../../src/numbering/compile-plan.ts';
import { read } from '../../src/numbering/read.ts';
import { costsExtra } from '../../src/numbering/reading.ts';
import { knownRegions } from '../../src/numbering/region-data.ts';
import { staticPatterns, staticPatternsMax } from '../../src/numbering/static-patterns.ts';
import { planFor } from '../barring/policy.ts';
import { asteriskMatches } from './asterisk-match.ts';

const homes = [
  'MX',
  'DE',
  'US',
  'GB',
  'FR',
  'IT',
  'ES',
  'AU',
  'RU',
  'JP',
  'BR',
  'CH',
  'FI',
  'SG',
  'JM',
  'IE',
  'AT',
  'CO',
  'CN',
  'PE',
  'UY',
  'SA',
  'BY',
];
const outsides = [[], ['9'], ['0']];

interface Generated {
  readonly plan: CompiledPlan;
  readonly patterns: readonly string[];
}

const generated = new Map<string, Generated>(
  homes.flatMap((homeRegion) =>
    outsides.map((outsidePrefixes): [string, Generated] => {
      const plan = compilePlan(planFor({ homeRegion, outsidePrefixes, internationalPrefixes: ['00'] }));
      return [`${homeRegion} ${outsidePrefixes.join()}`, { plan, patterns: staticPatterns(plan).national }];
    }),
  ),
);

/** Every region there is, each with one of the outside prefixes and its own international prefix. */
const everywhere: readonly Generated[] = knownRegions()
  .filter((region) => !region.startsWith('+'))
  .map((homeRegion, place) => {
    const [own = '00'] = compilePlan(planFor({ homeRegion })).publishedPrefixes;
    const outsidePrefixes = outsides[place % outsides.length] ?? [];
    const plan = compilePlan(planFor({ homeRegion, outsidePrefixes, internationalPrefixes: [own] }));
    return { plan, patterns: staticPatterns(plan).national };
  });

function anyDigitsOf(pattern: string): fc.Arbitrary<string> {
  const places = patternPlaces(pattern) ?? [];
  return fc.tuple(...places.map((place) => fc.constantFrom(...place.split('')))).map((all) => all.join(''));
}

test('I3: whatever a national pattern matches is read as an ordinary call at home', () => {
  const cases = [...generated.values(), ...everywhere].flatMap(({ plan, patterns }) =>
    patterns.map((pattern) => ({ plan, pattern })),
  );
  const dialled = fc
    .constantFrom(...cases)
    .chain(({ plan, pattern }) =>
      fc.record({ plan: fc.constant(plan), pattern: fc.constant(pattern), digits: anyDigitsOf(pattern) }),
    );
  fc.assert(
    fc.property(dialled, ({ plan, pattern, digits }) => {
      expect(asteriskMatches(pattern, digits)).toBe(true);
      const destination = read(digits, plan);
      expect(['national', 'service', 'emergency']).toContain(destination.kind);
      expect(costsExtra(destination)).toBe(false);
    }),
    { numRuns: 6000 },
  );
});

test.each([
  ['MX', [], '5512345678', true],
  ['MX', [], '9001234567', false],
  ['MX', [], '00541938384', false],
  ['DE', [], '030123456', true],
  ['DE', [], '015112345678', true],
  ['DE', [], '08001234567', true],
  ['DE', [], '09001234567', false],
  ['DE', [], '01805123456', false],
  ['DE', [], '0043664123456', false],
  ['DE', [], '0103330123456', false],
  ['DE', ['0'], '0030123456', true],
  ['DE', ['0'], '030123456', false],
  ['DE', ['0'], '00043664123456', false],
  ['US', ['9'], '912015550123', true],
  ['US', ['9'], '92015550123', true],
  ['US', ['9'], '12015550123', true],
  ['US', ['9'], '918762101234', false],
  ['US', ['9'], '914162345678', false],
  ['US', ['9'], '912129761234', false],
  ['US', ['9'], '919002345678', false],
  ['US', ['9'], '9011541123456789', false],
  ['GB', [], '02079460018', true],
  ['GB', [], '07624123456', false],
  ['GB', [], '07012345678', false],
  ['IT', [], '0669812345', false],
  ['IT', [], '0612345678', true],
  // Dialled without the trunk prefix of their region, or with more than it.
  ['CO', [], '6012345678', true],
  ['CO', ['9'], '93211234567', true],
  ['CN', [], '13123456789', true],
  ['CN', ['9'], '9013123456789', true],
  ['PE', [], '912345678', true],
  ['UY', [], '21231234', true],
  ['SA', [], '920012345', false],
  ['DE', [], '30123456', false],
  ['BY', [], '80294911911', true],
  ['BY', [], '89021234567', false],
  ['BY', [], '8105351234567', false],
] as const)(
  'home %s, outside %j: %s goes out without the daemon: %s',
  (homeRegion, outsidePrefixes, dialled, expected) => {
    const patterns = generated.get(`${homeRegion} ${outsidePrefixes.join()}`)?.patterns ?? [];
    expect(patterns.some((pattern) => asteriskMatches(pattern, dialled))).toBe(expected);
  },
);

test('the number of patterns is bounded, and no pattern has an open end', () => {
  for (const { patterns } of generated.values()) {
    expect(patterns.length).toBeGreaterThan(0);
    expect(patterns.length).toBeLessThanOrEqual(staticPatternsMax);
    expect(patterns.filter((pattern) => /[.!_]/.test(pattern))).toEqual([]);
  }
});

test('internal patterns stand as they are, unless they are wide enough for an international number', () => {
  const internalPatterns = ['1XXX', '2[0-4]X', '777', 'XXXXXXXX', 'NXXXXXXX'];
  const plan = compilePlan(planFor({ homeRegion: 'MX', internalPatterns }));
  expect(staticPatterns(plan).internal).toEqual(['1XXX', '2[0-4]X', '777', 'NXXXXXXX']);
  expect(read('00431234', plan).kind).toBe('international');
  expect(read('12345678', plan).kind).toBe('internal');
});
