// Calling codes that several regions share: their plans, and what one of them merely repeats from the main one.
import type { NumberType } from './destination.ts';
import { regionData, regionsOfCallingCode } from './region-data.ts';
import type { RegionData, TypeRule } from './region-data.ts';

/** At most one entry for each assigned calling code (about 215). */
const plansByCode = new Map<string, readonly RegionData[]>();

/** The plans behind a calling code, the main region's first; empty for a code that is not assigned. */
export function plansOf(callingCode: string): readonly RegionData[] {
  const known = plansByCode.get(callingCode);
  if (known !== undefined) return known;
  const regions = regionsOfCallingCode(callingCode);
  if (regions === null) return [];
  const plans = regions.flatMap((region) => regionData(region) ?? []);
  plansByCode.set(callingCode, plans);
  return plans;
}

/** Dependencies repeat the ranges of the main region (all mobiles of AU stand in CC and CX): no claim of their own. */
export function isCopied(rule: TypeRule, main: RegionData): boolean {
  return main.types.some((own) => own.type === rule.type && own.source === rule.source);
}

/** The rule of a region's data that a complete number matches, whatever its leading digits say; null for none. */
export function matchingType(data: RegionData, national: string): TypeRule | null {
  if (!data.general.test(national)) return null;
  return data.types.find((rule) => rule.complete.test(national)) ?? null;
}

/** The kind of a complete number: what fixed lines and mobiles have in common is told as both. */
export function kindOf(rule: TypeRule, data: RegionData, national: string): NumberType {
  if (rule.type !== 'fixed') return rule.type;
  const isMobileToo = data.types.some(({ type, complete }) => type === 'mobile' && complete.test(national));
  return isMobileToo ? 'fixed-or-mobile' : 'fixed';
}
