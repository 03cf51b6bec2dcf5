// The rights beside one's own groups: deputies, groups by number and in groups, PINs, one's own phones.
import { describe, expect, it } from 'vitest';
import { groupsOfTarget, whoMayTake } from '../../src/pickup/access.ts';
import type { PickupGroupRow, PickupPolicyData, PickupRightRow } from '../../src/pickup/call.ts';
import { choose } from '../../src/pickup/choose.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { ask, extension, group, member, protection, right, SALES } from './asking.ts';
import { pickupGroup, pickupPolicy } from './policy.ts';
import { isOpenInTests, NOW_MS, pickupRequest, ringingCall, situationOf } from './situations.ts';

describe('rights beside the groups', () => {
  const boss = ringingCall('a', 5, ['1009']);

  it.each<[string, Partial<PickupRightRow>, boolean]>([
    ['to an extension', {}, true],
    ['to everybody', { target: { kind: 'any' } }, true],
    ['to another extension', { target: extension('1008') }, false],
    ['of somebody else', { picker: extension('1002') }, false],
    ['of the interceptors of his group', { picker: group('sales') }, true],
    ['to the targets of a group', { target: group('board') }, true],
    ['to a group that does not exist', { target: group('gone') }, false],
    ['that begins now', { fromMs: NOW_MS }, true],
    ['that begins in a millisecond', { fromMs: NOW_MS + 1 }, false],
    ['that ends in a millisecond', { untilMs: NOW_MS + 1 }, true],
    ['that ends now', { untilMs: NOW_MS }, false],
    ['inside an open schedule', { schedule: 'always' }, true],
    ['outside its schedule', { schedule: 'never' }, false],
    ['with a schedule that nobody knows', { schedule: 'gone' }, false],
  ])('by a right %s', (_title, rest, opens) => {
    const groups = [SALES, pickupGroup('board', { '1009': 'target' })];
    const policy = { groups, rights: [right(rest)] };
    const directed = ask(policy, [boss], pickupRequest('1001', 'directed', '1009'));
    const refusal = { kind: 'no-right', rule: 'no-shared-group' };
    expect(directed).toMatchObject(opens ? { kind: 'take', rule: 'right:7' } : refusal);
    for (const kind of ['any', 'exact'] as const) {
      const request = pickupRequest('1001', kind, kind === 'exact' ? 'a' : null);
      expect(ask(policy, [boss], request).kind === 'take').toBe(opens);
    }
    expect(ask(policy, [boss], pickupRequest('1001', 'group')).kind).toBe('nothing-ringing');
  });

  it('holds a schedule for closed where none can be asked', () => {
    const rights = compileRights(pickupPolicy({ rights: [right({ schedule: 'always' })] }));
    expect(choose(situationOf([boss]), rights, pickupRequest('1001', 'directed', '1009')).kind).toBe(
      'no-right',
    );
  });

  it('reaches a group by its number for its interceptors, the any-call right and a right to it, and nobody else', () => {
    const groups = [
      pickupGroup('sales', { '1001': 'both', '1002': 'target', '1009': 'interceptor' }, { number: '5' }),
      pickupGroup('other', { '1003': 'both', '1002': 'both' }, { number: '6' }),
    ];
    const calls = [ringingCall('a', 5, ['1002', '1003'])];
    const by = (picker: string, target: string, rest: Partial<PickupPolicyData> = {}) =>
      ask({ groups, ...rest }, calls, pickupRequest(picker, 'other-group', target));
    expect(by('1001', '5')).toEqual({
      kind: 'take',
      callId: 'a',
      rule: 'group:sales',
      candidates: [{ callId: 'a', channelId: 'a-1002', extension: '1002' }],
    });
    expect(by('1009', '5')).toMatchObject({ kind: 'take' });
    // He may take from 1002 by his other group, but has nothing to do with this one.
    expect(by('1003', '5')).toEqual({ kind: 'no-right', rule: 'no-shared-group', pinHelps: true });
    expect(by('1003', '5', { anyRight: ['1003'] })).toMatchObject({ kind: 'take', rule: 'any-right' });
    const rights = [right({ picker: extension('1003'), target: group('sales') })];
    expect(by('1003', '5', { rights })).toMatchObject({ kind: 'take', rule: 'right:7' });
    const toOne = [right({ picker: extension('1003'), target: extension('1002') })];
    expect(by('1003', '5', { rights: toOne })).toMatchObject({ kind: 'no-right' });
    expect(by('1001', '77')).toEqual({ kind: 'no-right', rule: 'no-such-group', pinHelps: false });
  });

  it('carries the role of a group in a group, to any depth and around circles', () => {
    const groups: readonly PickupGroupRow[] = [
      pickupGroup('all', {}, { number: '1', memberGroups: [member('middle', 'interceptor')] }),
      pickupGroup('middle', {}, { memberGroups: [member('inner'), member('all')] }),
      pickupGroup('inner', { '1001': 'both' }, { memberGroups: [member('inner'), member('gone')] }),
    ];
    const watched = pickupGroup(
      'all',
      { '1009': 'target' },
      { memberGroups: [member('middle', 'interceptor')] },
    );
    const policy = { groups: [watched, ...groups.slice(1)] };
    expect(ask(policy, [boss], pickupRequest('1001', 'group'))).toMatchObject({ rule: 'group:all' });
    // 1001 may take in `all`, but is no target of it.
    expect(groupsOfTarget(compileRights(pickupPolicy({ groups })), ['1001'])).toEqual(['inner', 'middle']);
    expect(ask(policy, [ringingCall('b', 5, ['1001'])], pickupRequest('1009', 'group')).kind).toBe(
      'no-right',
    );
  });

  it('lets the call on one’s own extension be taken on another phone of it, with no right and past its protection', () => {
    const own = [ringingCall('a', 5, ['1042', '1002'])];
    const protections = [protection('extension', '1042')];
    for (const request of [
      pickupRequest('1042', 'directed', '1042'),
      pickupRequest('1042', 'any'),
      pickupRequest('1042', 'exact', 'a'),
    ]) {
      expect(ask({ protections }, own, request)).toEqual({
        kind: 'take',
        callId: 'a',
        rule: 'own-phone',
        candidates: [{ callId: 'a', channelId: 'a-1042', extension: '1042' }],
      });
    }
    expect(ask({}, own, pickupRequest('1042', 'group')).kind).toBe('no-right');
    const fromHim = [ringingCall('a', 5, ['1042'], { callerExtension: '1042' })];
    expect(ask({}, fromHim, pickupRequest('1042', 'any'))).toEqual({ kind: 'own-call' });
    const caller = [protection('caller', '5551234')];
    expect(ask({ protections: caller }, own, pickupRequest('1042', 'directed', '1042')).kind).toBe(
      'no-right',
    );
  });
});

describe('a PIN and a second try', () => {
  const calls = [ringingCall('a', 9, ['1002']), ringingCall('b', 3, ['1003'])];

  it('opens what the any-call right opens, under its own name', () => {
    const grant = { pin: 'p-7k3m' };
    const by = (request: ReturnType<typeof pickupRequest>) =>
      ask({ groups: [SALES] }, calls, request, { grant });
    expect(by(pickupRequest('1042', 'directed', '1003'))).toMatchObject({ callId: 'b', rule: 'pin:p-7k3m' });
    expect(by(pickupRequest('1042', 'any'))).toMatchObject({ callId: 'a', rule: 'pin:p-7k3m' });
    expect(by(pickupRequest('1042', 'exact', 'b'))).toMatchObject({ callId: 'b', rule: 'pin:p-7k3m' });
    expect(by(pickupRequest('1042', 'other-group', '5'))).toMatchObject({ callId: 'a', rule: 'pin:p-7k3m' });
    expect(by(pickupRequest('1042', 'group'))).toEqual({
      kind: 'no-right',
      rule: 'no-group',
      pinHelps: false,
    });
    expect(by(pickupRequest('1001', 'any'))).toMatchObject({ callId: 'a', rule: 'group:sales' });
  });

  it('says whether a PIN would help by the rights alone, whatever rings', () => {
    const protections = [protection('extension', '1003')];
    const policy = { groups: [SALES], protections };
    for (const ringing of [calls, []]) {
      const helps = (request: ReturnType<typeof pickupRequest>) => {
        const choice = ask(policy, ringing, request);
        return choice.kind === 'no-right' ? choice.pinHelps : null;
      };
      expect(helps(pickupRequest('1042', 'directed', '1002'))).toBe(true);
      expect(helps(pickupRequest('1042', 'directed', '1003'))).toBe(false);
      expect(helps(pickupRequest('1042', 'any'))).toBe(true);
      expect(helps(pickupRequest('1042', 'other-group', '5'))).toBe(true);
      expect(helps(pickupRequest('1042', 'other-group', '6'))).toBe(false);
      expect(helps(pickupRequest('1042', 'group'))).toBe(false);
      expect(helps(pickupRequest(null, 'directed', '1002'))).toBe(false);
    }
  });

  it('passes over the calls that were tried in vain', () => {
    const policy = { anyRight: ['1005'] };
    const except = (...ids: string[]) =>
      ask(policy, calls, pickupRequest('1005', 'any'), { except: new Set(ids) });
    expect(except()).toMatchObject({ callId: 'a' });
    expect(except('a')).toMatchObject({ callId: 'b' });
    expect(except('a', 'b')).toEqual({ kind: 'nothing-ringing' });
  });
});

describe('who may take a call', () => {
  it('names them by groups, rights that hold, the any-call right and protections, and never the caller', () => {
    const policy = pickupPolicy({
      groups: [SALES, pickupGroup('deputies', { '1007': 'interceptor' })],
      anyRight: ['1005'],
      rights: [
        right({ id: 1, picker: group('deputies'), target: extension('1002') }),
        right({ id: 2, picker: extension('1008'), target: extension('1002'), untilMs: NOW_MS }),
      ],
    });
    const rights = compileRights(policy, isOpenInTests);
    const call = ringingCall('a', 5, ['1002']);
    expect(whoMayTake(rights, call, NOW_MS)).toEqual(['1001', '1005', '1007']);
    expect(whoMayTake(rights, call, NOW_MS - 1)).toEqual(['1001', '1005', '1007', '1008']);
    expect(whoMayTake(rights, { ...call, callerExtension: '1001' }, NOW_MS)).toEqual(['1005', '1007']);
    const protections = [protection('extension', '1002', [extension('1006')])];
    const guarded = compileRights({ ...policy, protections });
    expect(whoMayTake(guarded, call, NOW_MS)).toEqual(['1006']);
  });

  it('names the groups in which one of the phones is a target', () => {
    const rights = compileRights(
      pickupPolicy({ groups: [SALES, pickupGroup('desk', { '1002': 'interceptor', '1009': 'target' })] }),
    );
    expect(groupsOfTarget(rights, ['1002', '1009'])).toEqual(['desk', 'sales']);
    expect(groupsOfTarget(rights, ['1042'])).toEqual([]);
  });
});
