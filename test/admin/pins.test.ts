// Changing PINs: digits that are not guessed, and as many PINs for one caller as a check can try.
import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setExtensions } from '../../src/admin/extensions.ts';
import { addGroupMembers, setGroup } from '../../src/admin/groups.ts';
import { drawDigits, refuseWeakDigits } from '../../src/admin/pin-digits.ts';
import type { DigitChoice } from '../../src/admin/pin-choice.ts';
import { addPin, removePins, renewPin } from '../../src/admin/pins.ts';
import type { AdminContext } from '../../src/admin/change.ts';
import { createPinHasher, type PinHasher } from '../../src/store/pin-hash.ts';
import { readPins } from '../../src/store/pins.ts';
import { verifyPolicy } from '../../src/store/policy.ts';
import { tempContext } from '../store/temp-store.ts';

/** Nothing is like anything: what is compared with what is tested by real hashes elsewhere. */
const blind: PinHasher = {
  made: () => true,
  hash: () => Promise.resolve(randomBytes(8).toString('hex')),
  matches: () => Promise.resolve(false),
};

const give = (
  context: AdminContext,
  holders: { readonly extensions?: readonly string[]; readonly groups?: readonly string[] },
  choice: DigitChoice = { draw: 6 },
  hasher = blind,
) =>
  addPin(
    context,
    {
      name: 'Ana',
      extensions: [],
      groups: [],
      entry: null,
      fromMs: null,
      untilMs: null,
      maxUses: null,
      ...holders,
    },
    choice,
    hasher,
  );

describe('digits of a PIN', () => {
  const weak =
    ' 1 12345 1111111111111 12a456 12345٣ -12345 000000 777777777777 121212 1212121 123123 7897897 123456 012345 ' +
    '890123 987654 210987 12345678 100173 731001 1001001 114321 541143';
  it.each(weak.split(' '))('are refused when they are guessed first, or are none: “%s”', (digits) => {
    const refuse = () => refuseWeakDigits(digits, ['1001', '+541143211234']);
    expect(refuse).toThrow(/^This is no PIN: [a-z ]*(?:6 to 12 )?[a-z, ]*\. Choose other digits\.$/);
  });

  it.each(['739104', '100273', '112358', '202020202021'])('are taken otherwise: %s', (digits) => {
    expect(() => refuseWeakDigits(digits, ['1001', '10', 'reception'])).not.toThrow();
  });

  it('are drawn as many as asked for, never weak, and seldom the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 6, max: 12 }), (count) => {
        const digits = drawDigits(count, ['1001']);
        expect(digits).toHaveLength(count);
        expect(() => refuseWeakDigits(digits, ['1001'])).not.toThrow();
      }),
    );
    expect(new Set(Array.from({ length: 100 }, () => drawDigits(12, []))).size).toBe(100);
  });
});

describe('PINs', () => {
  it('count for one caller twenty at most, those of groups among them', async () => {
    const context = tempContext();
    setExtensions(context, ['1001', '1002'], {});
    setGroup(context, 'sales', {});
    addGroupMembers(context, 'sales', ['1001']);
    for (let n = 0; n < 19; n += 1) await give(context, { extensions: ['1001'] });
    const { id } = await give(context, { groups: ['sales'] });
    await expect(give(context, { extensions: ['1001'] })).rejects.toThrow(/20 PINs count for 1001 already/);
    await expect(give(context, { groups: ['sales'] })).rejects.toThrow(/which is the limit/);
    await give(context, { extensions: ['1002'] });
    removePins(context, [id]);
    await give(context, { extensions: ['1001'] });
    expect(readPins(context.store)).toHaveLength(21);
    verifyPolicy(context.store);
  });

  it('never share digits where they would be confused, their own old ones among them', async () => {
    const context = tempContext();
    const hasher = createPinHasher(randomBytes(32));
    const chosen = { chosen: '739104' };
    const { id } = await give(context, { extensions: ['1001'] }, chosen, hasher);
    await expect(give(context, { extensions: ['1001', '1002'] }, chosen, hasher)).rejects.toThrow(
      /in use there/,
    );
    await expect(renewPin(context, id, {}, chosen, hasher)).rejects.toThrow(/in use there/);
    await give(context, { extensions: ['1002'] }, chosen, hasher);
    expect(readPins(context.store)).toHaveLength(2);
  });

  it('that came in while digits were compared are not overlooked', async () => {
    const context = tempContext();
    let once = true;
    const meddling: PinHasher = {
      ...blind,
      hash: async (digits) => {
        if (once) {
          once = false;
          await give(context, { extensions: ['1001'] });
        }
        return await blind.hash(digits);
      },
    };
    await expect(give(context, { extensions: ['1001'] }, { draw: 6 }, meddling)).rejects.toThrow(/Try again/);
    await give(context, { extensions: ['1001'] }, { draw: 6 }, meddling);
    expect(readPins(context.store)).toHaveLength(2);
  });
});
