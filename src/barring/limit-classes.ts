// What a call counts as where limits are kept.
import type { Destination } from '../numbering/destination.ts';
import { isOpenedBy, type LevelTable } from './levels.ts';
import type { LimitClass, PremiumClass } from './policy.ts';

const nothing: readonly LimitClass[] = Object.freeze([]);

/** Empty for calls that cost nothing extra. */
export function classesOf(
  levels: LevelTable,
  destination: Destination,
  premium: readonly PremiumClass[],
): readonly LimitClass[] {
  const abroad = destination.kind === 'international';
  if (!abroad) return premium.length > 0 ? ['chargeable', 'premium'] : nothing;
  const costsExtra = premium.length > 0;
  const isHot =
    costsExtra ||
    destination.regions.length === 0 ||
    destination.regions.some((region) => !isOpenedBy(levels, 'medium', region));
  const classes: LimitClass[] = ['chargeable', 'international'];
  if (costsExtra) classes.push('premium');
  if (isHot) classes.push('hot');
  return classes;
}
