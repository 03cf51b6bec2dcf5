// Pickup groups from tables and from the groups of endpoints: all or nothing, beside what is there or in its place.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatPickupTable, readPickupTable } from '../../src/admin/pickup-csv.ts';
import { addPickupGroup } from '../../src/admin/pickup-groups.ts';
import { groupsOfEndpoints, importPickupGroups } from '../../src/admin/pickup-import.ts';
import { addPickupMembers } from '../../src/admin/pickup-members.ts';
import { AppError } from '../../src/errors.ts';
import { policyVersion } from '../../src/store/policy.ts';
import { readPickupGroups } from '../../src/store/pickup-groups.ts';
import { soundPickup } from './policy-file/pickup-rows.ts';
import { tempContext } from '../store/temp-store.ts';

const table = (text: string) => readPickupTable(Buffer.from(text));
const now = { replace: false, dryRun: false };

const detailsOf = (act: () => unknown): readonly string[] => {
  try {
    act();
  } catch (error) {
    if (error instanceof AppError) return [error.message, ...error.details];
    throw error;
  }
  return [];
};

const both = { interceptor: true, target: true };
const interceptor = { interceptor: true, target: false };
const target = { interceptor: false, target: true };

describe('pickup groups that are imported', () => {
  it('stand beside what is there, and take its place where that is asked for', () => {
    const context = tempContext();
    addPickupGroup(context, 'sales', { number: '7' });
    addPickupMembers(context, 'sales', ['1001', '1009'], 'both');
    const groups = table(
      'group,number,extension,member-group,role\nsales,,1001,,target\nnight,8,,sales,\nnight,8,1003,,interceptor\nempty,,,,\n',
    );
    importPickupGroups(context, groups, now);
    expect(readPickupGroups(context.store)).toMatchObject([
      { name: 'empty', members: [] },
      {
        name: 'night',
        number: '8',
        members: [{ extension: '1003', ...interceptor }],
        memberGroups: [{ group: 'sales', ...both }],
      },
      {
        name: 'sales',
        number: '7',
        members: [
          { extension: '1001', ...target },
          { extension: '1009', ...both },
        ],
      },
    ]);
    expect(importPickupGroups(context, groups, now).changes).toEqual([]);
    expect(importPickupGroups(context, groups, { ...now, replace: true }).changes).toMatchObject([
      { action: 'pickup-member-removed', before: { extension: '1009' } },
    ]);
  });

  it('are only told in a dry run', () => {
    const context = tempContext();
    const version = policyVersion(context.store);
    const outcome = importPickupGroups(context, table('group,extension\nsales,1001\n'), {
      ...now,
      dryRun: true,
    });
    expect(outcome.changes.map(({ action }) => action)).toEqual([
      'pickup-group-created',
      'pickup-member-added',
    ]);
    expect(outcome.notices).toEqual(['Nothing was changed: this was a dry run.']);
    expect([readPickupGroups(context.store), policyVersion(context.store)]).toEqual([[], version]);
  });

  it('come back from a table as they were', () => {
    fc.assert(
      fc.property(soundPickup, ({ pickupGroups }) => {
        const context = tempContext();
        importPickupGroups(context, readPickupTable(Buffer.from(formatPickupTable(pickupGroups))), now);
        const stored = readPickupGroups(context.store);
        expect(formatPickupTable(stored).split('\r\n').sort()).toEqual(
          formatPickupTable(pickupGroups).split('\r\n').sort(),
        );
        expect(
          importPickupGroups(context, table(formatPickupTable(stored)), { ...now, replace: true }).changes,
        ).toEqual([]);
        context.store[Symbol.dispose]();
      }),
      { numRuns: 20 },
    );
  });

  it('are refused as a whole with each wrong line and its column', () => {
    expect(
      detailsOf(() =>
        table(
          'group,number,alert-after,extension,member-group,role\n' +
            'a b,,,,,\nsales,7x,,,,\nsales,7,601,,,\nsales,7,,10 01,,\nsales,8,,,-,\nsales,7,,1001,,boss\n' +
            'sales,7,,1002,,\nsales,9,,1003,,\nsales,7,,1002,,\n',
        ),
      ),
    ).toEqual([
      '8 lines are wrong. Nothing was changed.',
      expect.stringMatching(/^line 2: column group: /),
      expect.stringMatching(/^line 3: column number: /),
      expect.stringMatching(/^line 4: column alert-after: /),
      expect.stringMatching(/^line 5: column extension: /),
      expect.stringMatching(/^line 6: column /),
      expect.stringMatching(/^line 7: column role: .*both, interceptor, target/),
      'line 9: column number: another line of sales says 7.',
      'line 10: column extension: 1002 stands in it already.',
    ]);
  });

  it('are refused where they cannot stand together, and nothing is changed', () => {
    const context = tempContext();
    addPickupGroup(context, 'sales', { number: '7' });
    const before = readPickupGroups(context.store);
    for (const [text, problem] of [
      ['group,number\nnight,7\n', /number 7/],
      ['group,member-group\nnight,gone\n', /no pickup group gone/],
      ['group,member-group\nnight,sales\nsales,night\n', /cannot be in itself/],
    ] as const) {
      expect(() => importPickupGroups(context, table(text), now)).toThrow(problem);
    }
    expect(readPickupGroups(context.store)).toEqual(before);
  });

  it('of endpoints have call groups as targets and pickup groups as interceptors', () => {
    const endpoint = (name: string, calls: readonly string[], picks: readonly string[]) => ({
      endpoint: name,
      place: 'pjsip.conf:1',
      callGroups: calls.map((group) => ({ name: group })),
      pickupGroups: picks.map((group) => ({ name: group })),
    });
    const endpoints = [
      endpoint('1001', ['sales team'], ['sales team']),
      endpoint('1002', ['sales team'], []),
      { ...endpoint('reception', [], ['sales team']), callGroups: [{ number: 3 }] },
    ];
    expect(groupsOfEndpoints(endpoints, 'old.')).toEqual([
      {
        name: 'old.sales_team',
        attributes: {},
        groups: [],
        extensions: [
          { extension: '1001', ...both },
          { extension: '1002', ...target },
          { extension: 'reception', ...interceptor },
        ],
      },
      {
        name: 'old.group-3',
        attributes: {},
        groups: [],
        extensions: [{ extension: 'reception', ...target }],
      },
    ]);
  });

  it('of endpoints are never two in one, and never under a name that is none', () => {
    const refused = (callGroups: readonly ({ name: string } | { number: number })[], endpoint = '1001') =>
      detailsOf(() =>
        groupsOfEndpoints([{ endpoint, place: 'pjsip.conf:9', callGroups, pickupGroups: [] }], ''),
      );
    expect(refused([{ name: 'a b' }, { name: 'a_b' }]).join()).toMatch(/pjsip.conf:9: name a b and name a_b/);
    expect(refused([{ name: 'group-1' }, { number: 1 }]).join()).toMatch(/name group-1 and number 1/);
    expect(refused([{ name: 'x'.repeat(41) }]).join()).toContain('pjsip.conf:9');
    expect(refused([{ name: 'sales' }], 'a b').join()).toContain('pjsip.conf:9');
  });
});
