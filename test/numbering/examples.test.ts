// The example numbers that Google's library has for every region and type, dialled at home and from abroad.
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { knownRegions, regionData, regionsOfCallingCode } from '../../src/numbering/region-data.ts';
import { outcomeOf, screen, snapshotFor } from '../barring/policy.ts';

interface PhoneNumber {
  readonly __brand: 'google';
}

interface Library {
  readonly PhoneNumberUtil: { getInstance(): Util };
  readonly PhoneNumberType: Readonly<Record<string, number>>;
  readonly PhoneNumberFormat: Readonly<Record<'E164' | 'NATIONAL', number>>;
}

interface Util {
  getExampleNumberForType(region: string, type: number): PhoneNumber | null | undefined;
  getNumberType(number: PhoneNumber): number;
  format(number: PhoneNumber, format: number): string;
}

// The package has no types; only what stands above is used of it.
// oxlint-disable-next-line typescript/no-unsafe-type-assertion
const google = createRequire(import.meta.url)('google-libphonenumber') as Library;
const util = google.PhoneNumberUtil.getInstance();
const { PhoneNumberType: types, PhoneNumberFormat: formats } = google;
const costly = new Set([types['PREMIUM_RATE'], types['SHARED_COST'], types['PERSONAL_NUMBER']]);
/** Pagers in GB and universal numbers in PT, which the library takes for ordinary. */
const costlyByHand = /^\+(?:4476|35170[78])/;

interface Example {
  readonly region: string;
  readonly national: string;
  readonly e164: string;
  readonly costly: boolean;
}

const regions = knownRegions().filter((region) => !region.startsWith('+'));
const examples = regions.flatMap((region) =>
  Object.values(types).flatMap((type): Example[] => {
    const number = type < 0 || type > 10 ? null : util.getExampleNumberForType(region, type);
    if (number === null || number === undefined) return [];
    const national = util.format(number, formats.NATIONAL).replace(/\D/g, '');
    const e164 = util.format(number, formats.E164);
    const extra = costly.has(util.getNumberType(number)) || costlyByHand.test(e164);
    return [{ region, national, e164, costly: extra }];
  }),
);

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
