// Digits in international order (calling code first), read whatever form they were dialled in.
import { assignedNumber } from './assignment.ts';
import { isPremiumType } from './number-kinds.ts';
import { assignedByLeadingDigits, likelyForCallersOf } from './leading-digits.ts';
import type { Assignment } from './assignment.ts';
import type { CompiledPlan } from './compile-plan.ts';
import type { NumberType, Region } from './destination.ts';
import { readOverseas } from './overseas.ts';
import { asHomeReading, assignedAtHome, withoutTrunkPrefix } from './own-numbers.ts';
import { international, unreadable } from './reading.ts';
import type { Reading } from './reading.ts';
import { regionData, regionsOfCallingCode } from './region-data.ts';
import type { RegionData } from './region-data.ts';
import { isPremiumShortNumber } from './short-numbers.ts';

/** The longest number of the public network (E.164). */
const e164DigitsMax = 15;

/** Behind a calling code; fewer digits could be completed after the verdict (overlap dialling). */
const nationalDigitsMin = 4;

const callingCodeDigitsMax = 3;

export interface E164Reading {
  readonly reading: Reading;
  /** Whether the data knows this very number; else the calling code and leading digits told. */
  readonly valid: boolean;
}

/** Reads `531234…`: a calling code and the number behind it, without any prefix. */
export function readE164Digits(digits: string, plan: CompiledPlan): E164Reading {
  const code = callingCodeOf(digits);
  if (code === null) return refused(causeWithoutCode(digits));
  const rest = digits.slice(code.length);
  if (rest.length < nationalDigitsMin) return refused('incomplete');
  const own = code === plan.home.callingCode;
  const [mainRegion] = regionsOfCallingCode(code) ?? [];
  const main = own ? plan.home : regionData(mainRegion ?? '');
  if (main === null) return refused('unknown-calling-code');
  const assigned = (number: string): Assignment | null =>
    own ? assignedAtHome(plan, number) : assignedNumber(code, number);
  const leading = (number: string): Assignment =>
    own ? likelyForCallersOf(plan.home, number) : assignedByLeadingDigits(code, number);
  const stripped = withoutTrunkPrefix(main, rest);
  const known = firstAssigned(assigned, [rest, stripped, withoutPrefix(rest, main.trunkPrefix)]);
  const overseas = readOverseas(main, known?.number ?? stripped ?? rest, known, plan.home.region);
  if (overseas !== null) return overseas;
  const found = known ?? likely(leading, rest, stripped);
  if (!found.valid && hidesPrefix(rest, main.internationalPrefix, plan)) return refused('double-prefix');
  if (code.length + found.number.length > e164DigitsMax) return refused('too-long');
  const e164 = `+${code}${found.number}`;
  if (own) {
    if (!found.valid && isImpossible(found.number, main)) return refused('no-national-number');
    return { reading: asHomeReading(plan, withShortCost(found, plan), e164), valid: found.valid };
  }
  const numberType = code.length === 3 ? pseudoType(code, found) : found.numberType;
  const { regions } = found;
  return {
    reading: international(
      e164,
      regions,
      !found.valid && shortPremium(regions, code, rest) ? 'premium' : numberType,
    ),
    valid: found.valid,
  };
}

type Found = Assignment & { readonly number: string };

function refused(cause: string): E164Reading {
  return { reading: unreadable(cause), valid: false };
}

function causeWithoutCode(digits: string): string {
  if (digits.startsWith('0')) return 'double-prefix';
  return digits.length < callingCodeDigitsMax ? 'incomplete' : 'unknown-calling-code';
}

/** The assigned calling code that digits begin with: codes are free of prefixes, so at most one fits. */
function callingCodeOf(digits: string): string | null {
  for (let length = 1; length <= callingCodeDigitsMax; length += 1) {
    const code = digits.slice(0, length);
    if (regionsOfCallingCode(code) !== null) return code;
  }
  return null;
}

function firstAssigned(
  assigned: (number: string) => Assignment | null,
  numbers: readonly (string | null)[],
): Found | null {
  for (const number of numbers) {
    const found = number === null ? null : assigned(number);
    if (found !== null && number !== null) return { ...found, number };
  }
  return null;
}

/** The trunk prefix alone: the data may take the digit behind it for a carrier (+57 0 3… in CO). */
function withoutPrefix(rest: string, trunkPrefix: string): string | null {
  return trunkPrefix !== '' && rest.startsWith(trunkPrefix) ? rest.slice(trunkPrefix.length) : null;
}

/** A trunk prefix left in (`+44 0901…`) must not hide what the number costs. */
function likely(leading: (number: string) => Assignment, rest: string, stripped: string | null): Found {
  const whole = { ...leading(rest), number: rest };
  if (stripped === null || isPremiumType(whole.numberType)) return whole;
  return { ...leading(stripped), number: stripped };
}

/** A leading 0, or 1 in the NANP, where no national number begins so: an operator or a prefix, no subscriber. */
function isImpossible(national: string, home: RegionData): boolean {
  const first = national.charAt(0);
  const suspect = first === '0' || (first === '1' && home.callingCode === '1');
  return suspect && !home.generalBeginning.test(first);
}

/** An international prefix behind a calling code: whoever strips what stands before it reaches another country. */
function hidesPrefix(rest: string, published: RegExp | null, plan: CompiledPlan): boolean {
  if (rest.startsWith('00') || published?.test(rest) === true) return true;
  return plan.configuredPrefixes.some((prefix) => rest.startsWith(prefix));
}

function withShortCost(found: Found, plan: CompiledPlan): Assignment {
  if (found.valid || plan.shortNumbers.costOf(found.number) !== 'premium') return found;
  return { ...found, numberType: 'premium' };
}

function shortPremium(regions: readonly Region[], code: string, rest: string): boolean {
  return regions.some((region) => isPremiumShortNumber(region, code, rest));
}

function pseudoType(code: string, found: Assignment): NumberType {
  if (!(found.regions[0] ?? '').startsWith('+')) return found.numberType;
  switch (code) {
    case '800':
      return 'toll-free';
    case '808':
      return 'shared-cost';
    case '979':
      return 'premium';
    default:
      return 'global-network';
  }
}
