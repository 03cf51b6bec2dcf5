// How a PIN is told: in the audit, and in tables, always without its digits.
import type { PinRow } from '../barring/policy.ts';
import type { PinUse } from '../store/pin-uses.ts';
import { isoMoment } from './moment-words.ts';
import { validityState, type ValidityState } from './validity-state.ts';

export type PinStateWord = ValidityState | 'disabled' | 'used-up';

export const pinSubject = ({ id, name }: Pick<PinRow, 'id' | 'name'>): string => `pin ${id} (${name})`;

/** What the audit shows of a PIN; what it does not say is left out. */
export function spokenPin(
  pin: PinRow,
  entry: { readonly list: string; readonly number: string } | null,
): Readonly<Record<string, unknown>> {
  const { extensions, groups, fromMs, untilMs, maxUses, enabled } = pin;
  return {
    ...(extensions.length === 0 ? {} : { extensions }),
    ...(groups.length === 0 ? {} : { groups }),
    ...(entry === null ? {} : { entry: `${entry.list}/${entry.number}` }),
    ...(fromMs === null ? {} : { from: isoMoment(fromMs) }),
    ...(untilMs === null ? {} : { until: isoMoment(untilMs) }),
    ...(maxUses === null ? {} : { maxUses }),
    ...(enabled ? {} : { enabled }),
  };
}

/** Whether it counts at a moment, and why not. */
export function pinStateWord(pin: PinRow, used: PinUse | undefined, atMs: number): PinStateWord {
  if (!pin.enabled) return 'disabled';
  const state = validityState(pin, atMs);
  const isUsedUp = pin.maxUses !== null && (used?.uses ?? 0) >= pin.maxUses;
  return isUsedUp && state !== 'expired' ? 'used-up' : state;
}
