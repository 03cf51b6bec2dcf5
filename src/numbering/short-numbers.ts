// Emergency and short numbers of a home region: generated data and the hand-kept supplement, compiled.
import type { CostClass, Region } from './destination.ts';
import { prefixPattern } from './digit-pattern.ts';
import { homeSupplement } from './home-supplement.ts';
import type { HomeSupplement } from './home-supplement.ts';
import { moreEmergencyNumbers } from './more-emergency.ts';
import table from './short-numbers.json' with { type: 'json' };

export interface ShortNumberRow {
  readonly emergency: readonly string[];
  readonly short: string | null;
  readonly free: string | null;
  readonly standard: string | null;
  readonly premium: string | null;
  readonly sms: string | null;
}

export interface ShortNumbers {
  readonly emergency: ReadonlySet<string>;
  /** What a complete short number costs; null for digits that are no short number. */
  readonly costOf: (digits: string) => CostClass | null;
  /** Whether a premium short number is directory enquiry. */
  readonly isDirectory: (digits: string) => boolean;
  /** Matches every beginning of a premium short number of the table; null where there is none. */
  readonly premiumBeginning: RegExp | null;
}

/** Package and version of the generated table. */
export const shortNumbersVersion = `${table.package} ${table.version}`;

/** The longest short number that any region has. */
const shortNumberDigitsMax = 12;

/** Short numbers of a region, its supplement and the extra emergency numbers of the settings. */
export function compileShortNumbers(
  region: Region,
  supplement: HomeSupplement,
  extraEmergency: readonly string[],
): ShortNumbers {
  const row = rowOf(region);
  const [short, free, standard, premium, sms] = [
    whole(row?.short),
    whole(row?.free),
    whole(row?.standard),
    whole(row?.premium),
    whole(row?.sms),
  ];
  const costOf = (digits: string): CostClass | null => {
    if (digits.length > shortNumberDigitsMax) return null;
    if (supplement.premiumShort?.test(digits) === true) return 'premium';
    // Premium numbers for text messages only take no call: they may be extensions.
    if (premium?.test(digits) === true && sms?.test(digits) !== true) return 'premium';
    if (free?.test(digits) === true) return 'free';
    if (standard?.test(digits) === true) return 'standard';
    return short?.test(digits) === true ? 'unknown' : null;
  };
  const emergency = new Set([...(row?.emergency ?? []), ...moreEmergencyNumbers(region), ...extraEmergency]);
  const premiumSource = row?.premium ?? null;
  return {
    emergency,
    costOf,
    isDirectory: (digits) =>
      supplement.premiumShort?.test(digits) === true || supplement.directory.test(digits),
    premiumBeginning: premiumSource === null ? null : prefixPattern(premiumSource),
  };
}

/** At most one entry for each region of the table. */
const premiumByRegion = new Map<Region, readonly RegExp[]>();

/** True for a short number of another region that costs extra there, as its carriers may let it be reached. */
export function isPremiumShortNumber(region: Region, callingCode: string, digits: string): boolean {
  if (digits.length > shortNumberDigitsMax) return false;
  let patterns = premiumByRegion.get(region);
  if (patterns === undefined) {
    const generated = whole(rowOf(region)?.premium);
    const { premiumShort } = homeSupplement(region, callingCode);
    patterns = [generated, premiumShort].flatMap((pattern) => pattern ?? []);
    if (rowOf(region) !== undefined) premiumByRegion.set(region, patterns);
  }
  return patterns.some((pattern) => pattern.test(digits));
}

/** The row of a region as it was generated, for the comparison with another version; null for a region without one. */
export function shortNumberRow(region: Region): ShortNumberRow | null {
  return rowOf(region) ?? null;
}

function rowOf(region: Region): ShortNumberRow | undefined {
  const rows: Readonly<Record<Region, ShortNumberRow>> = table.regions;
  return Object.hasOwn(rows, region) ? rows[region] : undefined;
}

function whole(source: string | null | undefined): RegExp | null {
  return source === null || source === undefined ? null : new RegExp(`^(?:${source})$`);
}
