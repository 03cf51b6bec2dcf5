// Digits without an international prefix: national, local, or what only looks so.
import { assignedNumber } from './assignment.ts';
import { likelyForCallersOf } from './leading-digits.ts';
import type { CompiledPlan } from './compile-plan.ts';
import { hidesInternationalPrefix, isCarrierCode } from './national-traps.ts';
import { mainPlanOf, readOverseas } from './overseas.ts';
import { asHomeReading, assignedAtHome, withoutTrunkPrefix } from './own-numbers.ts';
import { international, national, unreadable } from './reading.ts';
import type { Reading, Steps } from './reading.ts';
import { regionData } from './region-data.ts';

/** Subscriber numbers without area code have up to this many digits where a trunk prefix opens the national form. */
const localDigitsMax = 7;

/** Up to this length, digits that the plan does not know may be an extension, whatever they begin with. */
const extensionDigitsMax = 4;

/** Reads digits as a national number of the home region. */
export function readNational(digits: string, plan: CompiledPlan, steps: Steps): Reading {
  const known = readKnownNational(digits, plan);
  if (known !== null) {
    steps.push({ step: 'national-number', result: known.kind });
    return known;
  }
  const refusal = refusedNational(digits, plan);
  if (refusal !== null) {
    steps.push({ step: 'national-number', result: refusal });
    return unreadable(refusal);
  }
  const guess = readUnknownNational(digits, plan);
  steps.push({ step: 'national-number', result: `${guess.kind} by length and leading digits` });
  return guess;
}

/** A complete number that the home plan, or one that is dialled like it, really knows; else null. */
export function readKnownNational(digits: string, plan: CompiledPlan): Reading | null {
  for (const number of nationalForms(digits, plan)) {
    const found = assignedAtHome(plan, number);
    if (found === null) continue;
    const overseas = readOverseas(plan.home, number, found, plan.home.region);
    return overseas?.reading ?? asHomeReading(plan, found, e164Of(digits, number, plan));
  }
  return readSibling(digits, plan);
}

/** The national number behind trunk prefix and carrier, as the data strips them, as the settings do, and as dialled. */
function nationalForms(digits: string, plan: CompiledPlan): readonly string[] {
  const bare = withoutTrunkPrefix(plan.home, digits);
  const stripped = bare === null || beginsWithEmergency(digits, bare, plan) ? null : bare;
  const forms = stripped === null ? [] : [stripped];
  // A carrier or service code may stand before the trunk prefix (1831 02… in AU hides the caller's number).
  if (stripped !== null && !digits.startsWith(plan.trunkPrefix) && hasTrunkPrefix(stripped, plan)) {
    forms.push(stripped.slice(plan.trunkPrefix.length));
  }
  if (hasTrunkPrefix(digits, plan)) forms.push(digits.slice(plan.trunkPrefix.length));
  forms.push(digits);
  return forms;
}

/** Whether what was taken off as a carrier code is an emergency number and more (11000 in CN): no carrier has it. */
function beginsWithEmergency(digits: string, bare: string, plan: CompiledPlan): boolean {
  const removed = digits.length - bare.length;
  return [...plan.shortNumbers.emergency].some(
    (number) => number.length < removed && digits.startsWith(number),
  );
}

function readSibling(digits: string, plan: CompiledPlan): Reading | null {
  for (const region of plan.supplement.siblings) {
    const data = regionData(region);
    if (data === null) continue;
    for (const number of nationalForms(digits, plan)) {
      const found = assignedNumber(data.callingCode, number);
      if (found === null) continue;
      const overseas = readOverseas(data, number, found, plan.home.region);
      return (
        overseas?.reading ?? international(`+${data.callingCode}${number}`, found.regions, found.numberType)
      );
    }
  }
  return null;
}

function refusedNational(digits: string, plan: CompiledPlan): string | null {
  if (isCarrierCode(digits, plan)) return 'carrier-code';
  if (hidesInternationalPrefix(digits, plan)) return 'hidden-prefix';
  if (digits.startsWith('00') && digits.length > extensionDigitsMax) return 'unknown-prefix';
  return withoutTrunk(digits, plan).length > plan.nationalDigitsMax ? 'too-long' : null;
}

/** Could be national by its length: another region or a premium range is told by the leading digits. */
function readUnknownNational(digits: string, plan: CompiledPlan): Reading {
  const { home } = plan;
  if (plan.supplement.premiumLocal?.test(digits) === true) {
    return national(null, home.region, 'premium', false);
  }
  if (isLocal(digits, plan)) return national(null, home.region, 'unknown', false);
  const overseas = readOverseas(mainPlanOf(home), withoutTrunk(digits, plan), null, home.region);
  if (overseas !== null) return overseas.reading;
  return asHomeReading(plan, likelyForCallersOf(home, withoutTrunk(digits, plan)), null);
}

function isLocal(digits: string, plan: CompiledPlan): boolean {
  if (digits.length <= extensionDigitsMax) return true;
  if (hasTrunkPrefix(digits, plan)) return false;
  if (plan.needsTrunkPrefix) return true;
  return plan.home.callingCode === '1' ? digits.length <= localDigitsMax : digits.length < localDigitsMax;
}

function withoutTrunk(digits: string, plan: CompiledPlan): string {
  return digits.slice(plan.trunkPrefixes.find((prefix) => digits.startsWith(prefix))?.length ?? 0);
}

function hasTrunkPrefix(digits: string, plan: CompiledPlan): boolean {
  return plan.trunkPrefix !== '' && digits.startsWith(plan.trunkPrefix);
}

/** Null for digits that only look like a national number: without trunk prefix they are local where one is needed. */
function e164Of(digits: string, number: string, plan: CompiledPlan): string | null {
  return plan.needsTrunkPrefix && digits === number ? null : `+${plan.home.callingCode}${number}`;
}
