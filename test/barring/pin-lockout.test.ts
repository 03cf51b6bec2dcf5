// Lockout after wrong PINs: five in a row, then ever longer, an hour at most (PIN-2).
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  laterPinFailures,
  noPinFailures,
  pinLockLeftMs,
  withoutPinFailures,
  withPinFailure,
  type PinFailures,
} from '../../src/barring/pin-lockout.ts';

const START = 1_800_000_000_000;
const MINUTE = 60_000;

/** After so many wrong PINs, each after the lock of the one before. */
function after(count: number): PinFailures {
  let state = noPinFailures;
  let atMs = START;
  for (let n = 0; n < count; n += 1) {
    state = withPinFailure(state, atMs);
    atMs = (state.lockedUntilMs ?? atMs) + 1;
  }
  return state;
}

const lockMinutes = (state: PinFailures) => pinLockLeftMs(state, state.lastMs) / MINUTE;

describe('the lockout', () => {
  it('begins with the fifth wrong PIN, doubles with each further one, and ends at an hour', () => {
    const minutes = Array.from({ length: 13 }, (_, index) => lockMinutes(after(index + 1)));
    expect(minutes).toEqual([0, 0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(lockMinutes(after(5_000))).toBe(60);
  });

  it('ends by itself, and forgets nothing: the next wrong PIN locks for longer', () => {
    const locked = after(5);
    expect(pinLockLeftMs(locked, locked.lastMs + MINUTE - 1)).toBe(1);
    expect(pinLockLeftMs(locked, locked.lastMs + MINUTE)).toBe(0);
    const aDayLater = withPinFailure(locked, locked.lastMs + 24 * 60 * MINUTE);
    expect([aDayLater.failures, lockMinutes(aDayLater)]).toEqual([6, 2]);
  });

  it('is gone after the right PIN', () => {
    const free = withoutPinFailures(after(9), START);
    expect([free.failures, pinLockLeftMs(free, START)]).toEqual([0, 0]);
    expect(lockMinutes(withPinFailure(free, START))).toBe(0);
  });

  it('orders its states by their times, whatever a clock did, and never lasts for more than an hour', () => {
    const times = fc.array(fc.integer({ min: -1e12, max: 4e12 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(times, fc.integer({ min: -1e12, max: 4e12 }), (moments, lookedAtMs) => {
        let state = noPinFailures;
        for (const atMs of moments) {
          const next = atMs % 7 === 0 ? withoutPinFailures(state, atMs) : withPinFailure(state, atMs);
          expect(next.lastMs).toBeGreaterThan(state.lastMs);
          expect(laterPinFailures(state, next)).toBe(next);
          expect(laterPinFailures(next, state)).toBe(next);
          expect(pinLockLeftMs(next, lookedAtMs)).toBeLessThanOrEqual(60 * MINUTE);
          expect(pinLockLeftMs(next, lookedAtMs)).toBeGreaterThanOrEqual(0);
          state = next;
        }
      }),
    );
  });
});
