// To which region and which kind of number a complete national number behind a calling code is assigned.
import type { NumberType, Region } from './destination.ts';
import { costlierType } from './extra-types.ts';
import { misplacedRegion } from './misplaced-ranges.ts';
import { isGeographicType } from './number-kinds.ts';
import { regionData } from './region-data.ts';
import type { RegionData, TypeRule } from './region-data.ts';
import { isCopied, kindOf, matchingType, plansOf } from './shared-plans.ts';

export interface Assignment {
  /** Several only where the data cannot tell; empty only behind a code that is not assigned. */
  readonly regions: readonly Region[];
  readonly numberType: NumberType;
  /** Whether this is a complete number that the data knows; else it was told by its leading digits. */
  readonly valid: boolean;
}

interface Claim {
  readonly data: RegionData;
  readonly rule: TypeRule;
}

/** Where a complete number belongs that the data knows; null for every other. `callingCode` must be assigned. */
export function assignedNumber(callingCode: string, national: string): Assignment | null {
  const [main, ...others] = plansOf(callingCode);
  if (main === undefined) return null;
  const elsewhere = misplacedRegion(callingCode, national);
  if (elsewhere !== null) {
    return { regions: [elsewhere], numberType: typeIn(elsewhere, main, national), valid: true };
  }
  const [mainClaim] = claimsOf([main], national);
  const claims = claimsOf(others, national);
  if (mainClaim === undefined) return claims.length === 0 ? null : assignment(claims, national);
  const own = claims.filter(({ rule }) => isGeographicType(rule.type) && !isCopied(rule, main));
  return assignment(own.length === 0 ? [mainClaim] : own, national);
}

/**
 * The rule of a number for the region's own callers: what a whole calling code has in common (toll-free, premium, the
 * mobiles that a dependency shares with its main region) is theirs too. Null for numbers of one region only.
 */
export function commonRule(data: RegionData, national: string): TypeRule | null {
  const rule = matchingType(data, national);
  const [main] = plansOf(data.callingCode);
  return rule !== null && main === data && isGeographicType(rule.type) ? null : rule;
}

function claimsOf(plans: readonly RegionData[], national: string): readonly Claim[] {
  return plans.flatMap((data) => {
    if (data.leading !== null && !data.leading.test(national)) return [];
    const rule = matchingType(data, national);
    return rule === null ? [] : [{ data, rule }];
  });
}

/** The kind of a number of a misplaced range: by its own region's data where that knows it. */
function typeIn(region: Region, main: RegionData, national: string): NumberType {
  const own = regionData(region);
  const rule = (own === null ? null : matchingType(own, national)) ?? matchingType(main, national);
  return rule?.type ?? 'unknown';
}

function assignment(claims: readonly Claim[], national: string): Assignment {
  const [first] = claims;
  const regions = claims.map(({ data }) => data.region);
  if (first === undefined) return { regions, numberType: 'unknown', valid: true };
  const { data, rule } = first;
  const numberType = costlierType(kindOf(rule, data, national), data.region, national);
  return { regions, numberType, valid: true };
}
