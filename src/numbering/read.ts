// What was dialled? The dialled string and the numbering plan give a destination.
import { readAlphabet } from './alphabet.ts';
import type { CompiledPlan } from './compile-plan.ts';
import type { CostClass, Destination } from './destination.ts';
import { readE164Digits } from './e164-digits.ts';
import { emergencyService } from './emergency.ts';
import { readBehindPrefix } from './international-prefix.ts';
import { readKnownNational, readNational } from './national-number.ts';
import { isBehindCarrierCode, leadsAbroad } from './national-traps.ts';
import { isOrdinaryType, tellingDigits } from './number-kinds.ts';
import { costsExtra, unreadable } from './reading.ts';
import type { Reading, Steps } from './reading.ts';

/** Behind a prefix that only the home region publishes, so few digits are an extension. */
const extensionDigitsMax = 4;

/** No subscriber number without its area code is longer. */
const localDigitsMax = 8;

/**
 * Reads a dialled string. Never throws, whatever a caller typed; what cannot be understood is `unreadable`.
 * The order: alphabet, emergency, internal, service, international prefix, national. `number` is the dialled string
 * without its visual separators, nothing else changed: what is judged is what is dialled (I5).
 */
export function read(dialled: string, plan: CompiledPlan): Destination {
  const steps: Steps = [];
  const compact = readAlphabet(dialled);
  steps.push({ step: 'alphabet', result: compact.ok ? compact.text : compact.cause });
  if (!compact.ok) return { ...unreadable(compact.cause), dialled, number: '', steps };
  const reading = readCompact(compact.text, plan, steps);
  const number = reading.kind === 'unreadable' ? '' : compact.text;
  return { ...reading, dialled, number, steps };
}

function readCompact(compact: string, plan: CompiledPlan, steps: Steps): Reading {
  const service = emergencyService(compact, plan);
  steps.push({ step: 'emergency', result: service ?? 'no' });
  if (service !== null) return { kind: 'emergency', service };
  const inside = readInside(compact, plan);
  if (inside !== null) {
    steps.push({ step: inside.kind, result: compact });
    return inside;
  }
  const plain = compact.endsWith('#') ? compact.slice(0, -1) : compact;
  const outside = plan.outsidePrefixes.filter(
    (prefix) => plain.startsWith(prefix) && plain.length > prefix.length,
  );
  const behind = outside.map((prefix) => {
    steps.push({ step: 'outside-prefix', result: prefix });
    return readBody(plain.slice(prefix.length), plan, steps);
  });
  if (behind.some((reading) => certain(reading))) return strictest(behind);
  const whole = readBody(plain, plan, steps);
  return strictest(
    behind.length === 0 || lacksOutsidePrefix(whole, plain, plan) ? [...behind, whole] : behind,
  );
}

/** Extensions and service numbers of the settings: dialled as they stand, without an outside prefix. */
function readInside(compact: string, plan: CompiledPlan): Reading | null {
  if (plan.serviceNumbers.has(compact)) return { kind: 'service', costClass: 'unknown' };
  const match = plan.internal.find(({ pattern }) => pattern.test(compact));
  if (match === undefined) return null;
  // A pattern as wide as XXXXXXXX must not open what begins with an international prefix.
  const abroad = match.literal ? null : readBehindPrefix(compact, plan, []);
  if (abroad !== null && abroad.reading.kind !== 'unreadable') return null;
  return { kind: 'internal', extension: compact };
}

/** Reads what stands behind the outside prefix, or the whole where there is none. */
function readBody(body: string, plan: CompiledPlan, steps: Steps): Reading {
  if (body.startsWith('+')) {
    const rest = body.slice(1);
    if (!/^\d*$/.test(rest)) return unreadable('bad-character');
    steps.push({ step: 'international-prefix', result: '+' });
    return rest === '' ? unreadable('incomplete') : readE164Digits(rest, plan).reading;
  }
  if (!/^\d+$/.test(body)) return unreadable('bad-character');
  const costClass = plan.serviceNumbers.has(body) ? 'unknown' : plan.shortNumbers.costOf(body);
  if (costClass !== null) {
    steps.push({ step: 'service', result: costClass });
    return serviceReading(body, costClass, plan);
  }
  if (isBehindCarrierCode(body, plan)) return unreadable('carrier-code');
  if (isPrefixOnly(body, plan)) return unreadable('incomplete');
  const neighbour = leadsAbroad(body, plan);
  if (neighbour !== null) {
    steps.push({ step: 'national-form', result: `leads abroad: +${neighbour}` });
    return readE164Digits(neighbour, plan).reading;
  }
  const abroad = readBehindPrefix(body, plan, steps);
  if (abroad === null) return readNational(body, plan, steps);
  if (abroad.reading.kind !== 'unreadable') return abroad.reading;
  if (!abroad.configured && body.length <= extensionDigitsMax) return readNational(body, plan, steps);
  return readKnownNational(body, plan) ?? abroad.reading;
}

function serviceReading(digits: string, costClass: CostClass, plan: CompiledPlan): Reading {
  if (costClass !== 'premium') return { kind: 'service', costClass };
  const premiumClass = plan.shortNumbers.isDirectory(digits) ? 'directory' : 'premium';
  return { kind: 'service', costClass, premiumClass };
}

/** A prefix alone opens a dial tone, and what follows is never seen. */
function isPrefixOnly(body: string, plan: CompiledPlan): boolean {
  return body === plan.trunkPrefix || plan.outsidePrefixes.includes(body);
}

/** True where nothing but digits of unknown meaning is left open. */
function certain(reading: Reading): boolean {
  return reading.kind !== 'national' || reading.matched || costsExtra(reading);
}

/**
 * Whether digits that begin with an outside prefix may be meant without one. Where `0` is the outside prefix and
 * national and international numbers begin with it, everything would look so: there the prefix is taken as dialled.
 */
function mayLackOutsidePrefix(plain: string, plan: CompiledPlan): boolean {
  if (plan.needsTrunkPrefix && !plain.startsWith(plan.trunkPrefix)) return false;
  const { internationalPrefixBeginning } = plan.home;
  return !plan.outsidePrefixes.some(
    (outside) =>
      plain.startsWith(outside) &&
      (internationalPrefixBeginning?.test(outside) === true ||
        plan.configuredPrefixes.some((prefix) => prefix.startsWith(outside))),
  );
}

/**
 * With an unknown number behind the outside prefix, the prefix may as well be part of a number that costs. Where it is
 * taken as dialled, only for a known number behind a configured international prefix, and where too long to be local.
 */
function lacksOutsidePrefix(whole: Reading, plain: string, plan: CompiledPlan): boolean {
  if (whole.kind !== 'international' && !costsExtra(whole)) return false;
  if (mayLackOutsidePrefix(plain, plan)) return true;
  if (plan.outsidePrefixes.some((prefix) => beginsOrdinary(plain, prefix, plan))) return false;
  if (whole.kind !== 'international') {
    const isTooLong = plain.length > longestOf(plan.outsidePrefixes) + localDigitsMax;
    return plan.needsTrunkPrefix && plain.startsWith(plan.trunkPrefix) && isTooLong;
  }
  return plan.configuredPrefixes.some(
    (prefix) => plain.startsWith(prefix) && readE164Digits(plain.slice(prefix.length), plan).valid,
  );
}

/** Whether the digits behind an outside prefix begin like an ordinary national number. */
function beginsOrdinary(plain: string, outside: string, plan: CompiledPlan): boolean {
  if (!plain.startsWith(outside)) return false;
  const body = plain.slice(outside.length);
  const national = body.startsWith(plan.trunkPrefix) ? body.slice(plan.trunkPrefix.length) : body;
  const leading = national.slice(0, tellingDigits);
  return plan.home.types.some(({ type, beginning }) => isOrdinaryType(type) && beginning.test(leading));
}

function longestOf(prefixes: readonly string[]): number {
  return Math.max(0, ...prefixes.map(({ length }) => length));
}

function strictest(readings: readonly Reading[]): Reading {
  return readings.reduce((left, right) => (severity(right) > severity(left) ? right : left));
}

function severity(reading: Reading): number {
  if (reading.kind === 'unreadable') return 3;
  if (reading.kind === 'international') return 2;
  return costsExtra(reading) ? 1 : 0;
}
