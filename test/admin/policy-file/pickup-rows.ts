// Pickup policies that can be, in which the same few names come and go: groups in groups, swapped numbers, rights, protections.
import * as fc from 'fast-check';
import type { PolicyRows } from '../../../src/admin/policy-file/rows.ts';
import type { PickupParty } from '../../../src/pickup/call.ts';

const extensions = ['1001', '1002', '1003'];
const sides = fc.constantFrom(
  { interceptor: true, target: true },
  { interceptor: true, target: false },
  { interceptor: false, target: true },
);

export const soundPickup: fc.Arbitrary<
  Pick<PolicyRows, 'pickupGroups' | 'pickupRights' | 'pickupProtections'>
> = fc
  .record({
    names: fc.shuffledSubarray(['all', 'east', 'west']),
    numbers: fc.shuffledSubarray(['1', '2', '3'], { minLength: 3 }),
    members: fc.subarray(extensions),
    roles: fc.array(sides, { minLength: 4, maxLength: 4 }),
    holders: fc.integer({ min: 0, max: 2 }),
    untilMs: fc.constantFrom(null, 5_000_000_000_000),
  })
  .map(({ names, numbers, members, roles, holders, untilMs }) => {
    const role = (at: number) => roles[at % roles.length] ?? { interceptor: true, target: true };
    const parties: readonly PickupParty[] = [
      ...members.map((name) => ({ kind: 'extension' as const, name })),
      ...names.map((name) => ({ kind: 'group' as const, name })),
    ];
    return {
      // Those in front hold those behind them, so that none is in itself; the next policy has them the other way round.
      pickupGroups: names.map((name, index) => ({
        name,
        number: index < 2 ? (numbers[index] ?? null) : null,
        alertAfterS: index === 0 ? 20 : null,
        members: members.map((extension, at) => Object.assign({ extension }, role(index + at))),
        memberGroups: names
          .slice(index + 1, index + 1 + holders)
          .map((group, at) => Object.assign({ group }, role(at))),
      })),
      pickupRights: parties.map((picker, index) => ({
        id: index + 1,
        picker,
        target: { kind: 'any' },
        fromMs: null,
        untilMs,
        schedule: '',
        reason: 'deputy',
      })),
      pickupProtections: members.map((value) => ({
        kind: 'extension',
        value,
        allowed: parties.slice(-2),
        reason: '',
      })),
    };
  });
