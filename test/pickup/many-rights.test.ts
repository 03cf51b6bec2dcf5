// Rights, groups and protections by the thousand: what they cost does not multiply.
import { describe, expect, it } from 'vitest';
import { groupsOfTarget, whoMayTake } from '../../src/pickup/access.ts';
import { choose } from '../../src/pickup/choose.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { extension, member, protection, right } from './asking.ts';
import { pickupGroup, pickupPolicy } from './policy.ts';
import { NOW_MS, pickupRequest, ringingCall, situationOf } from './situations.ts';

describe('ten thousand extensions in a thousand groups', () => {
  const name = (index: number) => String(10_000 + index);
  /** Each group has ten extensions and is a part of the next, so that the last one holds everybody. */
  const groups = Array.from({ length: 1_000 }, (_, index) => {
    const own = Array.from({ length: 10 }, (_each, nth) => [name(index * 10 + nth), 'both'] as const);
    const memberGroups = index === 0 ? [] : [member(`g${index - 1}`)];
    return pickupGroup(`g${index}`, Object.fromEntries(own), { memberGroups, number: String(index) });
  });
  let schedulesAsked = 0;
  const rights = compileRights(
    pickupPolicy({
      groups,
      rights: Array.from({ length: 10_000 }, (_, index) =>
        right({
          id: index,
          picker: extension(name(index)),
          target: extension(name(9_999 - index)),
          schedule: 'always',
        }),
      ),
      protections: Array.from({ length: 10_000 }, (_, index) => protection('caller', `55${name(index)}000`)),
    }),
    () => {
      schedulesAsked += 1;
      return true;
    },
  );

  it('are compiled to what they are, not to what they come to', () => {
    let held = 0;
    for (const one of rights.groups.byName.values()) {
      held += one.members.interceptor.length + one.members.target.length;
      held += one.parts.interceptor.length + one.parts.target.length;
      held += one.wholes.interceptor.length + one.wholes.target.length;
    }
    for (const lists of Object.values(rights.groups.ofMember)) {
      for (const list of lists.values()) held += list.length;
    }
    // Twice ten members and their places, and both ends of a link for each role.
    expect(held).toBe(1_000 * 40 + 999 * 4);
  });

  it('cost a question what concerns the picker and the calls, with ten thousand calls ringing', () => {
    const calls = Array.from({ length: 10_000 }, (_, index) =>
      ringingCall(`c${index}`, index % 60, [name(index)]),
    );
    schedulesAsked = 0;
    const choice = choose(situationOf(calls), rights, pickupRequest(name(9_999), 'any'));
    expect(choice).toMatchObject({ kind: 'take', rule: 'group:g999' });
    expect(schedulesAsked).toBe(1);
    const outsider = choose(situationOf(calls), rights, pickupRequest('1', 'any'));
    expect(outsider).toMatchObject({ kind: 'no-right' });
    expect(schedulesAsked).toBe(1);
    const first = choose(situationOf(calls), rights, pickupRequest(name(0), 'group'));
    expect(first).toMatchObject({ kind: 'take' });
  });

  it('are told of one call in a list that ends', () => {
    expect(whoMayTake(rights, ringingCall('a', 5, [name(0)]), NOW_MS)).toHaveLength(1_000);
    expect(groupsOfTarget(rights, [name(0)])).toHaveLength(1_000);
  });
});
