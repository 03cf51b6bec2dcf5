// The forms of a number by which rules may name it: E.164, or as dialled where it has no E.164 form.
import type { CompiledPlan } from '../numbering/compile-plan.ts';
import type { Destination } from '../numbering/destination.ts';

/** Mexico dialled its mobiles from abroad with a 1 until 2020, and carriers still take both. */
const oldMobileForm = /^\+521(?=\d{10}$)/;

/**
 * E.164 where there is one. Else the digits as dialled, with and without outside prefix, and the E.164 form that they
 * would have as a national number, so that what is denied cannot be dialled in a form that hides it.
 */
export function numberForms(plan: CompiledPlan, destination: Destination): readonly string[] {
  switch (destination.kind) {
    case 'emergency':
    case 'unreadable':
      return [];
    case 'internal':
    case 'service':
      return bareForms(plan, destination.number);
    case 'national':
    case 'international': {
      const { e164 } = destination;
      if (e164 === null) return formsWithoutE164(plan, destination.number, isKnown(destination));
      return oldMobileForm.test(e164) ? [e164, e164.replace(oldMobileForm, '+52')] : [e164];
    }
  }
}

function isKnown(destination: Destination): boolean {
  return destination.kind === 'international' || (destination.kind === 'national' && destination.matched);
}

function bareForms(plan: CompiledPlan, number: string): readonly string[] {
  const plain = number.endsWith('#') ? number.slice(0, -1) : number;
  const behind = plan.outsidePrefixes
    .filter((prefix) => plain.startsWith(prefix) && plain.length > prefix.length)
    .map((prefix) => plain.slice(prefix.length));
  return [...new Set([number, plain, ...behind])];
}

function formsWithoutE164(plan: CompiledPlan, number: string, known: boolean): readonly string[] {
  const bare = bareForms(plan, number).filter((form) => !form.startsWith('+'));
  const { trunkPrefix, needsTrunkPrefix } = plan;
  const national = bare.flatMap((form) => {
    if (trunkPrefix !== '' && form.startsWith(trunkPrefix)) return form.slice(trunkPrefix.length);
    // Without the trunk prefix that opens national numbers, unknown digits are a local number of some area.
    return needsTrunkPrefix && !known ? [] : form;
  });
  return [...new Set([...bare, ...national.map((digits) => `+${plan.home.callingCode}${digits}`)])];
}
