// The numbering data as plain data, to be kept and compared with that of a later version.
import { dataVersions } from './data-versions.ts';
import type { NumberType, Region } from './destination.ts';
import { extraTypes } from './extra-types.ts';
import { homeSupplement } from './home-supplement.ts';
import { moreEmergencyNumbers } from './more-emergency.ts';
import { misplacedRanges } from './misplaced-ranges.ts';
import { knownRegions, regionData, regionsOfCallingCode } from './region-data.ts';
import { shortNumberRow, type ShortNumberRow } from './short-numbers.ts';

/** Raised when the layout below changes: older data is then no longer compared. */
export const NUMBERING_DATA_FORMAT = 1;

type Sources = Readonly<Partial<Record<NumberType, string>>>;

/** All patterns are sources of regular expressions over digits. */
export interface RegionPatterns {
  readonly callingCode: string;
  /** Leading digits that are this region's alone behind a shared calling code; null for none. */
  readonly leading: string | null;
  /** Complete national numbers by type, in the order in which they are tried. */
  readonly types: Sources;
  /** Leading digits of the costlier types that are kept by hand. */
  readonly byHand: Sources;
  /** How its callers dial: prefixes and lengths. */
  readonly dialling: string;
  /** Emergency numbers, also those kept by hand. */
  readonly emergency: readonly string[];
  /** Short numbers by what they cost; null where nothing is known. */
  readonly short: Omit<ShortNumberRow, 'emergency'> | null;
  /** What else is kept by hand about calls from this region. */
  readonly supplement: string;
}

export interface NumberingData {
  readonly format: number;
  readonly versions: Readonly<Record<string, string>>;
  readonly regions: Readonly<Record<Region, RegionPatterns>>;
  /** Calling code -> its regions, the main one first. */
  readonly callingCodes: Readonly<Record<string, readonly Region[]>>;
  /** `+39 0549…` -> the region that these numbers really reach. */
  readonly ranges: Readonly<Record<string, Region>>;
}

/** The data in use. Compiles every region, some 60 ms at the first time. */
export function numberingData(): NumberingData {
  const regions: Record<Region, RegionPatterns> = {};
  const callingCodes: Record<string, readonly Region[]> = {};
  const ranges: Record<string, Region> = {};
  for (const region of knownRegions()) {
    const patterns = patternsOf(region);
    if (patterns === null) continue;
    const { callingCode } = patterns;
    regions[region] = patterns;
    callingCodes[callingCode] ??= regionsOfCallingCode(callingCode) ?? [];
    for (const range of misplacedRanges(callingCode)) {
      ranges[`+${callingCode} ${bare(range.leading)}`] = range.region;
    }
  }
  return { format: NUMBERING_DATA_FORMAT, versions: dataVersions(), regions, callingCodes, ranges };
}

function patternsOf(region: Region): RegionPatterns | null {
  const data = regionData(region);
  if (data === null) return null;
  const supplement = homeSupplement(region, data.callingCode);
  const { emergency, ...short } = shortNumberRow(region) ?? { emergency: [] };
  return {
    callingCode: data.callingCode,
    leading: data.leading === null ? null : bare(data.leading),
    types: Object.fromEntries(data.types.map(({ type, source }) => [type, source])),
    byHand: extraPatterns(region),
    dialling: JSON.stringify([
      data.internationalPrefixes,
      data.trunkPrefix,
      data.strip?.source ?? null,
      data.stripReplacement,
      data.lengths,
    ]),
    emergency: [...new Set([...emergency, ...moreEmergencyNumbers(region)])].sort(),
    short: 'short' in short ? short : null,
    supplement: JSON.stringify(supplement, (_key, value: unknown) =>
      value instanceof RegExp ? value.source : value,
    ),
  };
}

/** The hand-kept patterns by type, several of one type as alternatives. */
function extraPatterns(region: Region): Record<string, string> {
  const byType: Record<string, string> = {};
  for (const { type, pattern } of extraTypes(region)) {
    const before = byType[type];
    byType[type] = before === undefined ? bare(pattern) : `${before}|${bare(pattern)}`;
  }
  return byType;
}

/** `^(?:…)` without what is around the data's own pattern. */
const bare = ({ source }: RegExp) => source.replace(/^\^\(\?:(.*)\)$/, '$1');
