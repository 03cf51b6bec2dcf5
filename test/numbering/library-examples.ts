// The example numbers that Google's library has for every region and type.
import { createRequire } from 'node:module';
import { knownRegions } from '../../src/numbering/region-data.ts';

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

export interface Example {
  readonly region: string;
  /** As it is dialled at home, digits only. */
  readonly national: string;
  readonly e164: string;
  readonly costly: boolean;
}

export const regionsWithExamples = knownRegions().filter((region) => !region.startsWith('+'));

export const examples: readonly Example[] = regionsWithExamples.flatMap((region) =>
  Object.values(types).flatMap((type): Example[] => {
    const number = type < 0 || type > 10 ? null : util.getExampleNumberForType(region, type);
    if (number === null || number === undefined) return [];
    const national = util.format(number, formats.NATIONAL).replace(/\D/g, '');
    const e164 = util.format(number, formats.E164);
    const extra = costly.has(util.getNumberType(number)) || costlyByHand.test(e164);
    return [{ region, national, e164, costly: extra }];
  }),
);
