// Kinds of numbers that cost extra and that the phone number data calls ordinary, kept by hand with their reason.
import { prefixPattern } from './digit-pattern.ts';
import type { NumberType, Region } from './destination.ts';
import { isPremiumType } from './number-kinds.ts';

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
  // 700 reaches a service of whichever carrier the line has, at the price of that carrier (ATIS INC guidelines).
  extra(['US', 'CA'], '700', 'premium'),
  // 190 was the premium range before 0900 and is still routed by some carriers; 191 to 194 are online services.
  extra(['DE'], '19[0-4]', 'premium'),
  // Televoting and data services.
  extra(['ES'], '90[57]', 'premium'),
  // Radio paging (Ofcom, National Telephone Numbering Plan: 076), charged like premium numbers; 07624 is Isle of Man.
  extra(['GB', 'GG', 'IM', 'JE'], '76(?:[013-9]|2[0-35-9])', 'premium'),
  // Universal access numbers at a price of their own, outside every bundle of minutes (ANACOM).
  extra(['PT'], '70[78]', 'shared-cost'),
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

/** The type of a complete number: as the data tells it, where the hand-kept list knows none that costs more. */
export function costlierType(type: NumberType, region: Region, national: string): NumberType {
  if (type === 'toll-free' || isPremiumType(type)) return type;
  return extraType(region, national) ?? type;
}
