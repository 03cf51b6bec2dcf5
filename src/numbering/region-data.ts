// What libphonenumber-js (full data) knows about one region, as typed and compiled patterns.
import metadata from 'libphonenumber-js/max/metadata';
import type { NumberType, Region } from './destination.ts';
import { prefixPattern } from './digit-pattern.ts';

/** One kind of number of a region: its complete numbers, and every beginning of one. */
export interface TypeRule {
  readonly type: NumberType;
  readonly source: string;
  readonly complete: RegExp;
  /** Matches what can still grow into a complete number: tells an incomplete number by its leading digits. */
  readonly beginning: RegExp;
  readonly lengths: readonly number[];
}

/** The numbering plan of one region, or of a calling code without a country (`+870`). */
export interface RegionData {
  readonly region: Region;
  readonly callingCode: string;
  /** The published international prefixes, as a pattern; null for a code without a country. */
  readonly internationalPrefixes: string | null;
  readonly internationalPrefix: RegExp | null;
  readonly internationalPrefixBeginning: RegExp | null;
  /** National trunk prefix (`0` in DE); '' where there is none. */
  readonly trunkPrefix: string;
  /** What a caller may write in front of the national number: trunk prefix, carrier; null for nothing. */
  readonly strip: RegExp | null;
  readonly stripReplacement: string | null;
  readonly general: RegExp;
  readonly generalBeginning: RegExp;
  /** Where several regions share the calling code: the leading digits that are this region's alone. */
  readonly leading: RegExp | null;
  readonly leadingBeginning: RegExp | null;
  readonly types: readonly TypeRule[];
  readonly lengths: readonly number[];
  /** How numbers are written, the first that fits: tells which ones are dialled without the trunk prefix. */
  readonly formats: readonly NumberFormat[];
}

/** One way to write numbers: their digits as a pattern, those they begin with, and whether no trunk prefix is needed. */
export interface NumberFormat {
  readonly digits: string;
  readonly leading: string | null;
  readonly bare: boolean;
  /** What is dialled in front, where that is more than the trunk prefix (8 0 in BY); '' for nothing. */
  readonly trunk: string;
}

/** The order of the types in format 4 of the library's data (its METADATA.md). */
const typesInOrder: readonly NumberType[] = [
  'fixed',
  'mobile',
  'toll-free',
  'premium',
  'personal',
  'voicemail',
  'uan',
  'pager',
  'voip',
  'shared-cost',
];

/**
 * What was written in front of a national number until a reform and is still dialled, where the data has forgotten it:
 * Mexico's 01 (trunk), 044 and 045 (mobiles), dropped in 2019 (IFT).
 */
const formerPrefixes: Readonly<Record<Region, string>> = { MX: '(?:01|04[45])(?=\\d{10}$)' };

if (metadata.version !== 4) throw new TypeError('The layout of the phone number data has changed.');

const callingCodes: ReadonlyMap<string, readonly Region[]> = new Map<string, readonly Region[]>([
  ...Object.entries(metadata.country_calling_codes),
  ...Object.keys(metadata.nonGeographic).map((code): [string, Region[]] => [code, [`+${code}`]]),
]);

/** At most one entry for each region that the data knows (about 250). */
const compiled = new Map<Region, RegionData>();

/** The regions that share a calling code, the main one first; null where the code is not assigned. */
export function regionsOfCallingCode(callingCode: string): readonly Region[] | null {
  return callingCodes.get(callingCode) ?? null;
}

/** Every region that can be allowed or denied: ISO codes, and pseudo-regions (`+870`) for codes without a country. */
export function knownRegions(): readonly Region[] {
  return [
    ...Object.keys(metadata.countries),
    ...Object.keys(metadata.nonGeographic).map((code) => `+${code}`),
  ];
}

/** The numbering plan of a region; null where the data does not know it. */
export function regionData(region: Region): RegionData | null {
  const known = compiled.get(region);
  if (known !== undefined) return known;
  const raw = rawPlan(region);
  if (raw === null) return null;
  const data = compile(region, raw);
  compiled.set(region, data);
  return data;
}

/** Compiles all regions at once (some 60 ms), so that no call waits for it: for a daemon, at its start. */
export function preloadRegions(): void {
  const steps = preloadRegionsSteps();
  while (steps.next().done !== true);
}

/** The same one region at a time, for who has others to answer in between. */
export function* preloadRegionsSteps(): Generator<void, void, void> {
  for (const region of knownRegions()) {
    regionData(region);
    yield;
  }
}

function rawPlan(region: Region): readonly unknown[] | null {
  const plans: Readonly<Record<string, readonly unknown[]>> = region.startsWith('+')
    ? metadata.nonGeographic
    : metadata.countries;
  const key = region.startsWith('+') ? region.slice(1) : region;
  return Object.hasOwn(plans, key) ? (plans[key] ?? null) : null;
}

function compile(region: Region, raw: readonly unknown[]): RegionData {
  const strip = formerPrefixes[region] ?? text(raw[7]) ?? text(raw[5]);
  const leading = text(raw[10]);
  const abroad = text(raw[1]);
  const lengths = numbers(raw[3]);
  return {
    region,
    callingCode: String(raw[0]),
    internationalPrefixes: abroad,
    internationalPrefix: abroad === null ? null : new RegExp(`^(?:${abroad})`),
    internationalPrefixBeginning: abroad === null ? null : prefixPattern(abroad),
    trunkPrefix: text(raw[5]) ?? '',
    strip: strip === null ? null : new RegExp(`^(?:${strip})`),
    stripReplacement: text(raw[8]),
    general: whole(String(raw[2])),
    generalBeginning: prefixPattern(String(raw[2])),
    leading: leading === null ? null : new RegExp(`^(?:${leading})`),
    leadingBeginning: leading === null ? null : prefixPattern(leading),
    types: typeRules(list(raw[11]), lengths),
    lengths,
    formats: list(raw[4]).map((each) => formatOf(list(each), text(raw[5]) ?? '')),
  };
}

/** In the data: digits, format, leading digits (the last are the most exact), rule of the trunk prefix, optional or not. */
function formatOf(raw: readonly unknown[], trunkPrefix: string): NumberFormat {
  const rule = text(raw[3]);
  return {
    digits: String(raw[0]),
    leading: text(list(raw[2]).at(-1)),
    bare: rule === null || !rule.includes(trunkPrefix) || raw[4] === 1,
    trunk: rule?.replace(/\$1.*$/, '').replaceAll(/\D/g, '') ?? '',
  };
}

function typeRules(entries: readonly unknown[], lengthsOfRegion: readonly number[]): readonly TypeRule[] {
  const sourceOf = (index: number): string | null => text(list(entries[index])[0]);
  // An empty or missing mobile pattern says that mobiles look like fixed lines (NANP).
  const oneForBoth = sourceOf(typesInOrder.indexOf('mobile')) === null;
  return typesInOrder.flatMap((type, index) => {
    const source = sourceOf(index);
    if (source === null) return [];
    const lengths = numbers(list(entries[index])[1]);
    return [
      {
        type: type === 'fixed' && oneForBoth ? 'fixed-or-mobile' : type,
        source,
        complete: whole(source),
        beginning: prefixPattern(source),
        lengths: lengths.length === 0 ? lengthsOfRegion : lengths,
      },
    ];
  });
}

function whole(source: string): RegExp {
  return new RegExp(`^(?:${source})$`);
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Absent parts of the data stand as 0. */
function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function numbers(value: unknown): readonly number[] {
  return list(value).filter((each) => typeof each === 'number');
}
