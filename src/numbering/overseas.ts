// Parts of a home plan that have calling codes of their own (France's overseas departments): which of them a number reaches.
import { assignedNumber } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import type { NumberType, Region } from './destination.ts';
import { homeSupplement } from './home-supplement.ts';
import { isGeographicType, tellingDigits } from './number-kinds.ts';
import { international, national } from './reading.ts';
import type { Reading } from './reading.ts';
import { regionData } from './region-data.ts';
import type { RegionData } from './region-data.ts';

/**
 * The overseas number that a national number of `main` is, whatever code it was dialled behind; null for every other one.
 * `found` is what the data of `main` says of it, null where it knows none. It calls all of 026x, 059x and 09 its own
 * (libphonenumber-js 1.13); overseas data names its blocks in them, and fixed lines that begin like an overseas one are there.
 */
export function readOverseas(
  main: RegionData,
  number: string,
  found: Assignment | null,
  home: Region,
): { readonly reading: Reading; readonly valid: boolean } | null {
  if (found !== null && !isPlaced(found.numberType)) return null;
  const overseas = overseasOf(main);
  for (const code of new Set(overseas.map(({ callingCode }) => callingCode))) {
    const own = assignedNumber(code, number);
    if (own === null || (found !== null && !isPlaced(own.numberType))) continue;
    return { reading: readingOf(`+${code}${number}`, own.regions, own.numberType, home), valid: true };
  }
  const near = nearTo(main, overseas, number.slice(0, tellingDigits), found);
  const [first] = near;
  if (first === undefined) return null;
  const regions = near.map(({ region }) => region);
  return {
    reading: readingOf(`+${first.callingCode}${number}`, regions, 'unknown', home),
    valid: false,
  };
}

function readingOf(e164: string, regions: readonly Region[], type: NumberType, home: Region): Reading {
  return regions.includes(home) ? national(null, home, type, false) : international(e164, regions, type);
}

/** Where a number that nobody overseas has belongs by its leading digits. */
function nearTo(
  main: RegionData,
  overseas: readonly RegionData[],
  leading: string,
  found: Assignment | null,
): readonly RegionData[] {
  if (found !== null && found.numberType !== 'fixed') return [];
  const fixed = overseas.filter((data) => begins(data, leading, (type) => type === 'fixed'));
  if (found !== null) return fixed;
  if (begins(main, leading, (type) => !isPlaced(type))) return [];
  if (fixed.length > 0) return fixed;
  return begins(main, leading) ? [] : overseas.filter((data) => begins(data, leading));
}

function begins(
  { types }: RegionData,
  leading: string,
  counts: (type: NumberType) => boolean = () => true,
): boolean {
  return types.some(({ type, beginning }) => counts(type) && beginning.test(leading));
}

/** The plan that a region is dialled in: that of the sibling whose calling code is shorter (FR for RE), else its own. */
export function mainPlanOf(region: RegionData): RegionData {
  return (
    siblingsOf(region).find(({ callingCode }) => callingCode.length < region.callingCode.length) ?? region
  );
}

function overseasOf(main: RegionData): readonly RegionData[] {
  return siblingsOf(main).filter(({ callingCode }) => callingCode.length > main.callingCode.length);
}

function siblingsOf({ region, callingCode }: RegionData): readonly RegionData[] {
  return homeSupplement(region, callingCode).siblings.flatMap((sibling) => regionData(sibling) ?? []);
}

/** All else (toll-free, 089x) is the same from everywhere in the plan. */
function isPlaced(type: NumberType): boolean {
  return isGeographicType(type) || type === 'voip';
}
