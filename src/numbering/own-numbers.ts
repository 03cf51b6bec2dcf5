// The numbers of the home region, in whatever form they were dialled.
import { assignedNumber, commonRule } from './assignment.ts';
import type { Assignment } from './assignment.ts';
import type { CompiledPlan } from './compile-plan.ts';
import { costlierType } from './extra-types.ts';
import type { Reading } from './reading.ts';
import { international, national } from './reading.ts';
import type { RegionData } from './region-data.ts';

/** The complete number of the home calling code, or null; ranges that a whole shared plan uses count as home. */
export function assignedAtHome(plan: CompiledPlan, digits: string): Assignment | null {
  const common = commonRule(plan.home, digits);
  if (common !== null) {
    const { region } = plan.home;
    return { regions: [region], numberType: costlierType(common.type, region, digits), valid: true };
  }
  return assignedNumber(plan.home.callingCode, digits);
}

/** National where the home region is among the candidates, else another region of the shared calling code. */
export function asHomeReading(plan: CompiledPlan, found: Assignment, e164: string | null): Reading {
  const { region } = plan.home;
  const isHome = plan.plan.sharedCodes === 'code' || found.regions.includes(region);
  if (isHome) return national(e164, region, found.numberType, found.valid);
  return international(e164, found.regions, found.numberType);
}

/** The digits without what callers of a region write in front of a national number; null where nothing stands there. */
export function withoutTrunkPrefix(data: RegionData, digits: string): string | null {
  if (data.strip === null) return null;
  const match = data.strip.exec(digits);
  if (match === null) return null;
  const captured = match.at(-1);
  const stripped =
    data.stripReplacement !== null && match.length > 1 && captured !== undefined && captured !== ''
      ? digits.replace(data.strip, data.stripReplacement)
      : digits.slice(match[0].length);
  return stripped === digits || stripped === '' ? null : stripped;
}
