// Kinds of numbers that cost extra and that the phone number data calls ordinary, kept by hand with their reason.
import type { NumberType, Region } from './destination.ts';

interface ExtraType {
  readonly regions: readonly Region[];
  readonly pattern: RegExp;
  readonly type: NumberType;
}

const extras: readonly ExtraType[] = [
  // Exchange 976 of every area code is pay-per-call in the NANP; the data sees fixed lines in it.
  { regions: ['US', 'CA'], pattern: /^\d{3}976\d/, type: 'premium' },
  // 190, the premium range before 0900, is still routed by some carriers.
  { regions: ['DE'], pattern: /^190\d/, type: 'premium' },
];

const byRegion: ReadonlyMap<Region, readonly ExtraType[]> = new Map(
  [...new Set(extras.flatMap(({ regions }) => regions))].map((region) => [
    region,
    extras.filter(({ regions }) => regions.includes(region)),
  ]),
);

/** The costlier type of a national number by the hand-kept list, or null. */
export function extraType(region: Region, national: string): NumberType | null {
  const rules = byRegion.get(region);
  if (rules === undefined) return null;
  return rules.find(({ pattern }) => pattern.test(national))?.type ?? null;
}
