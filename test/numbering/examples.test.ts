// The example numbers of Google's library, dialled at home and from abroad.
import { expect, test } from 'vitest';
import { regionData, regionsOfCallingCode } from '../../src/numbering/region-data.ts';
import { outcomeOf, screen, snapshotFor } from '../barring/policy.ts';
import { examples, regionsWithExamples as regions } from './library-examples.ts';

test('there are examples for all regions', () => {
  expect(examples.length).toBeGreaterThan(1000);
  expect(new Set(examples.map(({ region }) => region)).size).toBeGreaterThan(240);
});

test('at home, in national and in international form, ordinary numbers go out and costly ones do not', () => {
  const wrong = examples.flatMap(({ region, national, e164, costly: extra }) => {
    const home = snapshotFor({ homeRegion: region }, { international: false });
    const expected = extra ? 'deny' : 'not-international';
    return [national, e164]
      .filter((dialled) => outcomeOf(screen(home, dialled)) !== expected)
      .map((dialled) => `${region} ${dialled}`);
  });
  expect(wrong).toEqual([]);
});

test('from abroad, with only its main region allowed, every ordinary number goes out and costly ones do not', () => {
  const wrong = examples.flatMap(({ region, e164, costly: extra }) => {
    const homeRegion = region === 'DE' ? 'FR' : 'DE';
    const plan = { homeRegion, internationalPrefixes: ['00'] };
    const [main = region] = regionsOfCallingCode(regionData(region)?.callingCode ?? '') ?? [];
    const dialled = `00${e164.slice(1)}`;
    const outcomes = [[region], [region, main]].map((allowed) =>
      outcomeOf(screen(snapshotFor(plan, { allowed }), dialled)),
    );
    const open = outcomeOf(screen(snapshotFor(plan, { allowed: regions }), dialled));
    const expected = extra ? 'deny' : 'allow';
    const isMain = region === main;
    return open === expected && (!isMain || outcomes.every((outcome) => outcome === expected))
      ? []
      : [`${region} ${dialled}: ${outcomes.join()} ${open}`];
  });
  expect(wrong).toEqual([]);
});

test('from abroad, with no country allowed, nothing goes out', () => {
  const closed = snapshotFor({ homeRegion: 'DE', internationalPrefixes: ['00'] }, { premium: true });
  const open = examples.filter(
    ({ region, e164 }) => region !== 'DE' && outcomeOf(screen(closed, `00${e164.slice(1)}`)) !== 'deny',
  );
  expect(open).toEqual([]);
});

test('the published international prefixes of every region are recognised', () => {
  const cuba = '5351234567';
  const passed = regions
    .filter((region) => region !== 'CU')
    .flatMap((region) => {
      const home = snapshotFor({ homeRegion: region }, { international: false });
      return [...home.plan.publishedPrefixes]
        .filter((prefix) => outcomeOf(screen(home, prefix + cuba)) !== 'deny')
        .map((prefix) => `${region} ${prefix}`);
    });
  expect(passed).toEqual([]);
});
