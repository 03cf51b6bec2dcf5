// What a dialled string was read as, before it is put together with the string itself and the steps taken.
import type { Destination, NumberType, Region, TraceStep } from './destination.ts';
import { isPremiumType } from './number-kinds.ts';

type WithoutRead<D> = D extends Destination ? Omit<D, 'dialled' | 'number' | 'steps'> : never;

export type Reading = WithoutRead<Destination>;

export type Steps = TraceStep[];

export function unreadable(cause: string): Reading {
  return { kind: 'unreadable', cause };
}

export function international(
  e164: string | null,
  regions: readonly Region[],
  numberType: NumberType,
): Reading {
  return { kind: 'international', e164, regions, numberType };
}

export function national(
  e164: string | null,
  region: Region,
  numberType: NumberType,
  matched: boolean,
): Reading {
  return { kind: 'national', e164, regions: [region], numberType, matched };
}

/** True for a reading that costs extra wherever it goes. */
export function costsExtra(reading: Reading): boolean {
  switch (reading.kind) {
    case 'service':
      return reading.costClass === 'premium';
    case 'national':
    case 'international':
      return isPremiumType(reading.numberType);
    case 'emergency':
    case 'internal':
    case 'unreadable':
      return false;
  }
}
