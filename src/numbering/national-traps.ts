// National-looking digits that are none: carrier and operator codes, hidden international prefixes, neighbours.
import { isGeographicType } from './number-kinds.ts';
import type { CompiledPlan } from './compile-plan.ts';
import { readE164Digits } from './e164-digits.ts';

/** Prefixes that lead to a neighbour do so for whole numbers only; shorter digits are extensions. */
const neighbourDigitsMin = 7;

/** An access or service code in front of an international prefix has this many digits. */
const accessCodeDigitsMin = 2;
const accessCodeDigitsMax = 6;

/** Calling code and number behind a hidden prefix; with fewer digits a local number may look so by chance. */
const hiddenDigitsMin = 7;

/** The shortest string behind an emergency number that can be meant as one dialling string. */
const lookalikeDigitsMin = 7;

/** True for digits behind a carrier code of the settings; a longer international prefix of the settings goes before. */
export function isBehindCarrierCode(digits: string, plan: CompiledPlan): boolean {
  const code = plan.carrierCodes.find((each) => digits.startsWith(each));
  if (code === undefined) return false;
  return !plan.configuredPrefixes.some((prefix) => prefix.length > code.length && digits.startsWith(prefix));
}

/** True for digits behind a carrier access, dial-around or operator code of the home region. */
export function isCarrierCode(digits: string, plan: CompiledPlan): boolean {
  const { carrier, operators } = plan.supplement;
  return carrier?.test(digits) === true || operators.includes(digits);
}

/** The E.164 digits that a prefix of national look stands for (048 in Ireland is Northern Ireland); null for none. */
export function leadsAbroad(digits: string, plan: CompiledPlan): string | null {
  if (digits.length < neighbourDigitsMin) return null;
  if (plan.configuredPrefixes.some((prefix) => digits.startsWith(prefix))) return null;
  for (const [prefix, target] of Object.entries(plan.supplement.abroad)) {
    if (digits.startsWith(prefix)) return target + digits.slice(prefix.length);
  }
  return null;
}

/**
 * True where an international prefix and a foreign number stand behind a short code (`1831 0011 53…`), or behind an
 * emergency number: whoever takes the code off reaches another country.
 */
export function hidesInternationalPrefix(digits: string, plan: CompiledPlan): boolean {
  if (beginsLikeNational(digits, plan)) return false;
  for (let at = accessCodeDigitsMin; at <= accessCodeDigitsMax; at += 1) {
    for (const prefix of prefixesAt(digits.slice(at), plan)) {
      if (digits.length >= lookalikeDigitsMin && plan.shortNumbers.emergency.has(digits.slice(0, at))) {
        return true;
      }
      const behind = digits.slice(at + prefix.length);
      if (behind.length < hiddenDigitsMin) continue;
      if (readE164Digits(behind, plan).reading.kind !== 'unreadable') return true;
    }
  }
  return false;
}

function prefixesAt(rest: string, plan: CompiledPlan): readonly string[] {
  const configured = plan.configuredPrefixes.filter((prefix) => rest.startsWith(prefix));
  const published = plan.home.internationalPrefix?.exec(rest)?.[0];
  return published === undefined || published === '' ? configured : [...configured, published];
}

/** Access codes stand where no national number begins: behind a trunk prefix, or among its ranges, there is none. */
function beginsLikeNational(digits: string, plan: CompiledPlan): boolean {
  if (plan.trunkPrefix !== '') return digits.startsWith(plan.trunkPrefix) || plan.isBareNumber(digits);
  const head = digits.charAt(0);
  return plan.home.types.some(({ type, beginning }) => isGeographicType(type) && beginning.test(head));
}
