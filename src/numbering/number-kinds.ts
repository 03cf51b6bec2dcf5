// What the kind of a number says about its place and its price.
import type { NumberType } from './destination.ts';

/** Types whose numbers belong to a place or a subscriber; all others belong to a numbering plan as a whole. */
const geographicTypes: ReadonlySet<NumberType> = new Set(['fixed', 'mobile', 'fixed-or-mobile']);

/** Types that cost the caller more than an ordinary call. */
const premiumTypes: ReadonlySet<NumberType> = new Set(['premium', 'shared-cost', 'personal']);

/** True where a number of this type belongs to a place or a subscriber, false where it belongs to a plan as a whole. */
export function isGeographicType(type: NumberType): boolean {
  return geographicTypes.has(type);
}

/** True where a number of this type costs the caller more than an ordinary call. */
export function isPremiumType(type: NumberType): boolean {
  return premiumTypes.has(type);
}

/** So many leading digits of a national number tell its range well enough where a number can be read in two ways. */
export const tellingDigits = 3;

/** True for the types that every caller may dial: fixed lines, mobiles, toll-free. */
export function isOrdinaryType(type: NumberType): boolean {
  return isGeographicType(type) || type === 'toll-free';
}
