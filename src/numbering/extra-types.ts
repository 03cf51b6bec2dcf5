// Kinds of numbers that cost extra and that the phone number data calls ordinary, kept by hand with their reason.
import { prefixPattern } from './digit-pattern.ts';
import type { NumberType, Region } from './destination.ts';

export interface ExtraType {
  readonly regions: readonly Region[];
  readonly pattern: RegExp;
  /** Matches what can still grow to match `pattern`. */
  readonly beginning: RegExp;
  readonly type: NumberType;
}

const extras: readonly ExtraType[] = [
  // Exchange 976 of every area code is pay-per-call in the NANP; the data sees fixed lines in it.
  extra(['US', 'CA'], '\\d{3}976', 'premium'),
  // 190 was the premium range before 0900 and is still routed by some carriers; 191 to 194 are online services.
  extra(['DE'], '19[0-4]', 'premium'),
  // Televoting and data services.
  extra(['ES'], '90[57]', 'premium'),
];

const byRegion: ReadonlyMap<Region, readonly ExtraType[]> = new Map(
  [...new Set(extras.flatMap(({ regions }) => regions))].map((region) => [
    region,
    extras.filter(({ regions }) => regions.includes(region)),
  ]),
);

function extra(regions: readonly Region[], leading: string, type: NumberType): ExtraType {
  return { regions, pattern: new RegExp(`^(?:${leading})`), beginning: prefixPattern(leading), type };
}

/** The hand-kept rules of a region. */
export function extraTypes(region: Region): readonly ExtraType[] {
  return byRegion.get(region) ?? [];
}

/** The costlier type of a national number by the hand-kept list, or null. */
export function extraType(region: Region, national: string): NumberType | null {
  return extraTypes(region).find(({ pattern }) => pattern.test(national))?.type ?? null;
}
