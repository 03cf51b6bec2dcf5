// PINs: whether one is asked of a caller, which ones count, and what a right one is worth.
import { isValid } from './entry.ts';
import type { Judging } from './judging.ts';
import type { PinEntry, PinRow, PinUse } from './policy.ts';
import type { PinDemand, Rule } from './verdict.ts';

/** PINs that count for one caller, at most: each that is tried costs a slow hash. */
const PINS_MAX = 20;

/** The PINs of the extension and its groups that count now, by id. How often each was used, only the store knows. */
export function pinCandidates(judging: Judging): readonly PinRow[] {
  return countingPins(pinsOf(judging), judging.call.atMs);
}

/** The PINs of an extension and its groups, whether they count now or not. */
export function pinsOf({ caller }: Pick<Judging, 'caller'>): readonly PinRow[] {
  return [caller.extension, ...caller.groups].flatMap((each) => each?.pins ?? []);
}

/** What an extension is asked for. */
export function pinDemand(judging: Judging): PinDemand {
  return demandOf(judging.caller.payer ?? '', pinsOf(judging), judging.call.atMs);
}

/** Some PINs as a demand: those that count at a time, and those that did before. */
export function demandOf(who: string, pins: readonly PinRow[], atMs: number): PinDemand {
  const counting = countingPins(pins, atMs);
  const expired = [...new Set(pins)].filter(({ untilMs }) => untilMs !== null && atMs >= untilMs);
  return {
    who,
    pins: counting.map(({ id }) => id),
    expiredPins: expired.map(({ id }) => id).slice(0, PINS_MAX - counting.length),
  };
}

/** Of some PINs those that are valid at a time, each once, by id. */
export function countingPins(pins: readonly PinRow[], atMs: number): readonly PinRow[] {
  return [...new Set(pins)]
    .filter((pin) => isValid(pin, atMs))
    .sort((left, right) => (left.id < right.id ? -1 : 1))
    .slice(0, PINS_MAX);
}

/** The PIN that was entered for this call, where it counts for this caller; null where none was or it does not. */
export function enteredPin(judging: Judging): PinRow | null {
  const { call, caller } = judging;
  if (call.pin === undefined) return null;
  if (caller.admission !== null) return caller.admission.pin;
  return pinCandidates(judging).find(({ id }) => id === call.pin?.id) ?? null;
}

/** Of several groups the strictest: always asking lifts no refusal, and `never` opens less than `when-denied`. */
const strictest: readonly PinUse[] = ['always', 'never', 'when-denied'];

export function pinUseOf(judging: Judging): PinUse {
  const { caller, snapshot } = judging;
  // The list alone grants; its PIN was entered already.
  if (caller.admission !== null) return 'never';
  const ofGroups = new Set(caller.groups.map(({ pin }) => pin));
  return caller.extension?.pin ?? strictest.find((use) => ofGroups.has(use)) ?? snapshot.settings.pin;
}

/** Where groups differ, `auto` suits both. */
export function pinEntryOf({ caller, snapshot }: Pick<Judging, 'caller' | 'snapshot'>): PinEntry {
  const [first, ...others] = [...new Set(caller.groups.flatMap(({ pinEntry }) => pinEntry ?? []))];
  const ofGroups = others.length > 0 ? 'auto' : first;
  return caller.extension?.pinEntry ?? ofGroups ?? snapshot.settings.pinEntry;
}

export function pinRule(pin: PinRow): Rule {
  return { id: `pin:${pin.id}`, origin: 'extension', text: `The PIN of ${pin.name} was entered.` };
}
