// Numbers that are not complete, or longer than they should be, told by their leading digits.
import type { Assignment } from './assignment.ts';
import type { NumberType } from './destination.ts';
import { extraType } from './extra-types.ts';
import { misplacedRegion } from './misplaced-ranges.ts';
import { isGeographicType, isPremiumType } from './number-kinds.ts';
import type { RegionData } from './region-data.ts';
import { isCopied, plansOf } from './shared-plans.ts';

/** Fewer leading digits than these tell neither the kind of a number nor its region. */
const kindDigitsMin = 2;
const regionDigitsMin = 3;

/** How far the leading digits of a number agree with a region's plan. */
interface Reach {
  readonly data: RegionData;
  /** How many leading digits can still grow into a number of this region. */
  readonly digits: number;
  /** Whether a range of fixed lines or mobiles is among those reached. */
  readonly placed: boolean;
  readonly premiumType: NumberType | null;
}

/**
 * Where a number belongs by its leading digits: fraud uses odd lengths, and exchanges ignore digits behind a complete
 * number. Where they tell nothing, every region of the calling code is a candidate.
 */
export function assignedByLeadingDigits(callingCode: string, national: string): Assignment {
  const plans = plansOf(callingCode);
  const [main] = plans;
  const elsewhere = misplacedRegion(callingCode, national);
  if (main === undefined || elsewhere !== null) {
    return { regions: elsewhere === null ? [] : [elsewhere], numberType: 'unknown', valid: false };
  }
  const reaches = candidates(plans, national).map((data) => reachOf(data, national, main));
  const chosen = plans.length === 1 ? reaches : chooseRegions(reaches, main, national);
  const premium = chosen.find(({ premiumType }) => premiumType !== null);
  const [byHand] = reaches.flatMap(({ data }) => extraType(data.region, national) ?? []);
  return {
    regions: chosen.length === 0 ? plans.map(({ region }) => region) : chosen.map(({ data }) => data.region),
    numberType: premium?.premiumType ?? (chosen.length === 0 ? byHand : undefined) ?? 'unknown',
    valid: false,
  };
}

/** As `assignedByLeadingDigits`, for callers of `home`: ranges that it shares with its main region are its own. */
export function likelyForCallersOf(home: RegionData, national: string): Assignment {
  const found = assignedByLeadingDigits(home.callingCode, national);
  if (found.regions.includes(home.region)) return found;
  const [main] = plansOf(home.callingCode);
  if (main === undefined || main === home) return found;
  const own = reachOf(home, national, home);
  if (own.digits < regionDigitsMin || own.digits < reachOf(main, national, main).digits) return found;
  return { regions: [home.region], numberType: own.premiumType ?? 'unknown', valid: false };
}

/** Regions with leading digits of their own are out unless those agree. */
function candidates(plans: readonly RegionData[], national: string): readonly RegionData[] {
  return plans.filter((data) => data.leading === null || leadingAgrees(data, national));
}

function chooseRegions(reaches: readonly Reach[], main: RegionData, national: string): readonly Reach[] {
  const byLeading = reaches.filter(({ data }) => data.leading !== null && leadingAgrees(data, national));
  const open = reaches.filter(({ data }) => data.leading === null);
  const longest = Math.max(regionDigitsMin, ...open.map(({ digits }) => digits));
  const furthest = open.filter(({ digits }) => digits === longest);
  // Ranges without a place belong to the plan as a whole, so to its main region where that one reaches as far.
  const mainReaches = furthest.some(({ data }) => data === main);
  const byReach = furthest.filter(({ placed, data }) => placed || data === main || !mainReaches);
  return byLeading.length === 0 ? byReach : [...byLeading, ...byReach.filter(({ data }) => data !== main)];
}

function leadingAgrees(data: RegionData, national: string): boolean {
  return data.leading?.test(national) === true || data.leadingBeginning?.test(national) === true;
}

function reachOf(data: RegionData, national: string, main: RegionData): Reach {
  const rules = data === main ? data.types : data.types.filter((rule) => !isCopied(rule, main));
  const extra = extraType(data.region, national);
  for (let digits = national.length; digits >= kindDigitsMin; digits -= 1) {
    const head = national.slice(0, digits);
    const reached = rules.filter((rule) => rule.beginning.test(head));
    if (reached.length === 0) continue;
    const premium = reached.find(({ type }) => isPremiumType(type));
    // Two digits that begin ordinary numbers too are no sign of a price.
    const tells = digits >= regionDigitsMin || reached.every(({ type }) => isPremiumType(type));
    const placed = reached.some(({ type }) => isGeographicType(type));
    return { data, digits, placed, premiumType: (tells ? premium?.type : null) ?? extra };
  }
  return { data, digits: 0, placed: false, premiumType: extra };
}
