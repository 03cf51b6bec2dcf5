// To which regions and to which kind of number a national number behind a calling code is assigned.
import type { NumberType, Region } from './destination.ts';
import { extraType } from './extra-types.ts';
import { misplacedRegion } from './misplaced-ranges.ts';
import { regionData, regionsOfCallingCode } from './region-data.ts';
import type { RegionData, TypeRule } from './region-data.ts';

export interface Assignment {
  /** Several only where the data cannot tell; never empty. */
  readonly regions: readonly Region[];
  readonly numberType: NumberType;
  /** Whether this is a complete number that the data knows; else it was told by its leading digits. */
  readonly valid: boolean;
}

interface Match {
  readonly data: RegionData;
  readonly rule: TypeRule;
}

/** Types whose numbers belong to a place or a subscriber; all others belong to a numbering plan as a whole. */
const geographicTypes: ReadonlySet<NumberType> = new Set(['fixed', 'mobile', 'fixed-or-mobile']);

/** Types that cost the caller more than an ordinary call. */
const premiumTypes: ReadonlySet<NumberType> = new Set(['premium', 'shared-cost', 'personal']);

/** Fewer leading digits than this tell neither region nor kind of number apart. */
const tellingDigitsMin = 2;
const regionDigitsMin = 3;

/** True where a number of this type costs the caller more than an ordinary call. */
export function isPremiumType(type: NumberType): boolean {
  return premiumTypes.has(type);
}

/** True where a number of this type belongs to a place or a subscriber, false where it belongs to a plan as a whole. */
export function isGeographicType(type: NumberType): boolean {
  return geographicTypes.has(type);
}

/** A complete number that the data knows, or null. `callingCode` must be an assigned one. */
export function assignedNumber(callingCode: string, national: string): Assignment | null {
  const [main, ...others] = plansOf(callingCode);
  if (main === undefined) return null;
  const elsewhere = misplacedRegion(callingCode, national);
  if (elsewhere !== null) {
    return { regions: [elsewhere], numberType: matchingType(main, national)?.type ?? 'unknown', valid: true };
  }
  const mainRule = matchingRule(main, national);
  if (others.length === 0)
    return mainRule === null ? null : assignment([{ data: main, rule: mainRule }], national);
  const claims = others.flatMap((data) => {
    const rule = matchingRule(data, national);
    return rule === null ? [] : [{ data, rule }];
  });
  if (mainRule === null) return claims.length === 0 ? null : assignment(claims, national);
  const own = claims.filter(({ rule }) => geographicTypes.has(rule.type) && !copiedFrom(main, rule));
  return assignment(own.length === 0 ? [{ data: main, rule: mainRule }] : own, national);
}

/**
 * A number that is not complete, or longer than it should be, told by its leading digits: fraud uses odd lengths,
 * and exchanges ignore digits behind a complete number. Where the leading digits tell nothing, every region of the
 * calling code is a candidate.
 */
export function assignedByLeadingDigits(callingCode: string, national: string): Assignment {
  const plans = plansOf(callingCode);
  const [main] = plans;
  const elsewhere = misplacedRegion(callingCode, national);
  if (elsewhere !== null) return { regions: [elsewhere], numberType: 'unknown', valid: false };
  const reaches = plans.map((data) => reachOf(data, national, data === main ? null : (main ?? null)));
  const chosen = chooseRegions(reaches, national);
  const premium = chosen.find(({ premiumType }) => premiumType !== null);
  return {
    regions: chosen.map(({ data }) => data.region),
    numberType: premium?.premiumType ?? 'unknown',
    valid: false,
  };
}

/** As `assignedByLeadingDigits`, for callers of `home`: ranges that it shares with its main region are its own. */
export function likelyForCallersOf(home: RegionData, national: string): Assignment {
  const found = assignedByLeadingDigits(home.callingCode, national);
  if (found.regions.includes(home.region)) return found;
  const [main] = plansOf(home.callingCode);
  const own = reachOf(home, national, null);
  if (main === undefined || main === home || own.digits < regionDigitsMin) return found;
  if (own.digits < reachOf(main, national, null).digits) return found;
  return { regions: [home.region], numberType: own.premiumType ?? 'unknown', valid: false };
}

interface Reach {
  readonly data: RegionData;
  /** How many leading digits can still grow into a number of this region. */
  readonly digits: number;
  /** Whether a range of fixed lines or mobiles is among those reached. */
  readonly placed: boolean;
  readonly premiumType: NumberType | null;
}

function chooseRegions(reaches: readonly Reach[], national: string): readonly Reach[] {
  if (reaches.length === 1) return reaches;
  const byLeading = reaches.filter(({ data }) => leadingAgrees(data, national));
  const open = reaches.filter(({ data }) => data.leading === null);
  const [main] = reaches;
  const longest = Math.max(0, ...open.map(({ digits }) => digits));
  const furthest = open.filter(({ digits }) => digits === longest && longest >= regionDigitsMin);
  // Ranges without a place belong to the plan as a whole, so to its main region where that one reaches as far.
  const byReach = furthest.filter(
    (reach) => reach.placed || reach === main || !furthest.includes(main ?? reach),
  );
  if (byLeading.length === 0) return byReach.length === 0 ? reaches : byReach;
  return [...byLeading, ...byReach.filter((reach) => reach !== main)];
}

function leadingAgrees(data: RegionData, national: string): boolean {
  return data.leading?.test(national) === true || data.leadingBeginning?.test(national) === true;
}

function reachOf(data: RegionData, national: string, main: RegionData | null): Reach {
  const rules = main === null ? data.types : data.types.filter((rule) => !copiedFrom(main, rule));
  for (let digits = national.length; digits >= tellingDigitsMin; digits -= 1) {
    const head = national.slice(0, digits);
    const reached = rules.filter((rule) => rule.beginning.test(head));
    if (reached.length === 0) continue;
    const premium = reached.find((rule) => premiumTypes.has(rule.type));
    const telling = digits >= regionDigitsMin || reached.every((rule) => premiumTypes.has(rule.type));
    const premiumType = telling ? (premium?.type ?? null) : null;
    const placed = reached.some((rule) => geographicTypes.has(rule.type));
    return { data, digits, placed, premiumType: premiumType ?? extraType(data.region, national) };
  }
  return { data, digits: 0, placed: false, premiumType: extraType(data.region, national) };
}

/** The rule of a region's data that a complete number matches, its leading digits included; null for none. */
function matchingRule(data: RegionData, national: string): TypeRule | null {
  if (data.leading !== null && !data.leading.test(national)) return null;
  return matchingType(data, national);
}

/**
 * The rule of a number for the region's own callers: what a whole calling code has in common (toll-free, premium, the
 * mobiles that a dependency shares with its main region) is theirs too. Null for numbers of one region only.
 */
export function commonRule(data: RegionData, national: string): TypeRule | null {
  const rule = matchingType(data, national);
  const [main] = plansOf(data.callingCode);
  return rule !== null && main === data && geographicTypes.has(rule.type) ? null : rule;
}

function matchingType(data: RegionData, national: string): TypeRule | null {
  if (!data.general.test(national)) return null;
  return data.types.find((rule) => rule.complete.test(national)) ?? null;
}

/** Dependencies repeat the ranges of the main region (all mobiles of AU stand in CC and CX): no claim of their own. */
function copiedFrom(main: RegionData, rule: TypeRule): boolean {
  return main.types.some((own) => own.type === rule.type && own.source === rule.source);
}

function assignment(matches: readonly Match[], national: string): Assignment {
  const [first] = matches;
  const placed = first !== undefined && geographicTypes.has(first.rule.type);
  const extra = placed ? extraType(first.data.region, national) : null;
  return {
    regions: matches.map(({ data }) => data.region),
    numberType: extra ?? first?.rule.type ?? 'unknown',
    valid: true,
  };
}

function plansOf(callingCode: string): readonly RegionData[] {
  const regions = regionsOfCallingCode(callingCode) ?? [];
  return regions.flatMap((region) => regionData(region) ?? []);
}
