// Protections: what only the named ones may take, whatever rights the others have.
import { describe, expect, it } from 'vitest';
import type { PickupPolicyData, PickupProtectionRow, RingingCall } from '../../src/pickup/call.ts';
import { choose } from '../../src/pickup/choose.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { ask, extension, group, protection, right, SALES } from './asking.ts';
import { pickupGroup, pickupPolicy } from './policy.ts';
import { NOW_MS, pickupRequest, ringingCall, situationOf } from './situations.ts';

describe('protections', () => {
  const fromLaw = { callerNumber: '5512345678' };

  it('close an extension to everybody but the named ones, whatever rights the others have', () => {
    const policy: Partial<PickupPolicyData> = {
      groups: [SALES, pickupGroup('desk', { '1007': 'interceptor', '1006': 'target' })],
      anyRight: ['1001'],
      rights: [right({ target: extension('1002') })],
      protections: [protection('extension', '1002', [extension('1005'), group('desk')])],
    };
    const calls = [ringingCall('a', 5, ['1002'])];
    const closed = { kind: 'no-right', rule: 'protected:extension:1002', pinHelps: false };
    const directed = (picker: string) => pickupRequest(picker, 'directed', '1002');
    expect(ask(policy, calls, directed('1001'))).toEqual(closed);
    expect(ask(policy, calls, directed('1001'), { grant: { pin: 'p-1' } })).toEqual(closed);
    expect(ask(policy, [], directed('1001'))).toEqual(closed);
    expect(ask(policy, calls, pickupRequest('1001', 'group')).kind).toBe('nothing-ringing');
    expect(ask(policy, calls, pickupRequest('1001', 'any')).kind).toBe('nothing-ringing');
    expect(ask(policy, calls, pickupRequest('1001', 'other-group', '5')).kind).toBe('nothing-ringing');
    expect(ask(policy, calls, pickupRequest('1001', 'exact', 'a'))).toEqual(closed);
    for (const picker of ['1005', '1007']) {
      expect(ask(policy, calls, directed(picker))).toMatchObject({
        kind: 'take',
        rule: 'named:extension:1002',
      });
      expect(ask(policy, calls, pickupRequest(picker, 'any')).kind).toBe('take');
      expect(ask(policy, calls, pickupRequest(picker, 'exact', 'a')).kind).toBe('take');
    }
    // A group's interceptors are named, its targets are not.
    expect(ask(policy, calls, directed('1006'))).toEqual(closed);
    expect(ask(policy, [], pickupRequest('1005', 'any'))).toEqual({ kind: 'nothing-ringing' });
    // The code of his own groups is for groups.
    expect(ask(policy, calls, pickupRequest('1005', 'group')).kind).toBe('no-right');
  });

  it('guard the phone, not the other phones of the same ring group', () => {
    const policy = { groups: [pickupGroup('sales', { '1001': 'both', '1002': 'both', '1003': 'both' })] };
    const protections = [protection('extension', '1002')];
    const choice = ask(
      { ...policy, protections },
      [ringingCall('a', 5, ['1002', '1003'])],
      pickupRequest('1001', 'group'),
    );
    expect(choice).toMatchObject({ kind: 'take', candidates: [{ channelId: 'a-1003' }] });
  });

  it.each<[string, PickupProtectionRow, Partial<RingingCall>, boolean]>([
    ['a caller as he is stored', protection('caller', '5512345678'), fromLaw, true],
    ['a caller stored internationally', protection('caller', '+52 55 1234 5678'), fromLaw, true],
    [
      'a caller shown internationally',
      protection('caller', '55-1234-5678'),
      { callerNumber: '005255 12345678' },
      true,
    ],
    [
      'a caller behind a zero of the trunk',
      protection('caller', '+44 20 7946 0000'),
      { callerNumber: '02079460000' },
      true,
    ],
    [
      'not a longer number with another end',
      protection('caller', '5512345678'),
      { callerNumber: '55123456789' },
      false,
    ],
    ['not a number of which six digits meet', protection('caller', '345678'), fromLaw, false],
    ['not a number by an empty caller', protection('caller', '5512345678'), { callerNumber: '' }, false],
    [
      'an extension that calls, whatever number it shows',
      protection('caller', '1009'),
      { callerExtension: '1009', ...fromLaw },
      true,
    ],
    [
      'not an extension by a part of it',
      protection('caller', '100'),
      { callerExtension: '1009', callerNumber: '1009' },
      false,
    ],
    [
      'an anonymous caller by his word',
      protection('caller', 'anonymous'),
      { callerNumber: 'anonymous' },
      true,
    ],
    ['not a name by the digits in it', protection('caller', 'anna2'), { callerNumber: '2' }, false],
    [
      'what the caller dialled',
      protection('dialled', '+525550001111'),
      { dialled: ['5550001111', '600'] },
      true,
    ],
    [
      'what a Local channel was called for',
      protection('dialled', '600'),
      { dialled: ['5550001111', '600'] },
      true,
    ],
    ['not another number that was dialled', protection('dialled', '60'), { dialled: ['600'] }, false],
    ['not a caller by what was dialled', protection('caller', '600'), { dialled: ['600'] }, false],
  ])('know %s', (_title, row, facts, guarded) => {
    const calls = [ringingCall('a', 5, ['1002'], facts)];
    const choice = ask(
      { groups: [SALES], protections: [row] },
      calls,
      pickupRequest('1001', 'directed', '1002'),
    );
    const refusal = { kind: 'no-right', rule: `protected:${row.kind}:${row.value}`, pinHelps: false };
    expect(choice).toMatchObject(guarded ? refusal : { kind: 'take' });
    const inGroup = ask({ groups: [SALES], protections: [row] }, calls, pickupRequest('1001', 'group'));
    expect(inGroup.kind).toBe(guarded ? 'nothing-ringing' : 'take');
  });

  it('must all name the picker, and leave the other calls of the phone as they are', () => {
    const calls = [ringingCall('a', 9, ['1002'], fromLaw), ringingCall('b', 3, ['1002'])];
    const both = [
      protection('extension', '1002', [extension('1001'), extension('1005')]),
      protection('caller', '5512345678', [extension('1005')]),
    ];
    const policy = { groups: [SALES], protections: both };
    expect(ask(policy, calls, pickupRequest('1001', 'directed', '1002'))).toMatchObject({ callId: 'b' });
    expect(ask(policy, calls, pickupRequest('1005', 'directed', '1002'))).toMatchObject({ callId: 'a' });
  });

  it('tell who has no right to a phone nothing of a protected call there, with or without a name in it', () => {
    const protections = [protection('caller', '5512345678', [extension('1005')])];
    const directed = (picker: string) => pickupRequest(picker, 'directed', '1002');
    const calls = [ringingCall('a', 9, ['1002'], fromLaw)];
    expect(ask({ protections }, calls, directed('1006'))).toEqual(ask({ protections }, [], directed('1006')));
    expect(ask({ protections }, calls, directed('1005'))).toMatchObject({ rule: 'named:caller:5512345678' });
    const other = [ringingCall('b', 9, ['1002'])];
    expect(ask({ protections }, other, directed('1005'))).toEqual(ask({ protections }, [], directed('1005')));
  });

  it('say nothing of a call that was answered a moment ago to who might not have taken it', () => {
    const rights = compileRights(
      pickupPolicy({
        groups: [pickupGroup('sales', { '1001': 'both', '1002': 'both', '1004': 'both' })],
        protections: [protection('caller', '5512345678', [extension('1004')])],
      }),
    );
    const call = { callerNumber: '+525512345678', callerExtension: null, dialled: ['600'] };
    const answered = [{ callId: 'a', extensions: ['1002'], by: '1002', atMs: NOW_MS, call }];
    for (const [kind, target] of [
      ['directed', '1002'],
      ['group', null],
      ['any', null],
      ['exact', 'a'],
    ] as const) {
      const told = (picker: string) =>
        choose(situationOf([], { answered }), rights, pickupRequest(picker, kind, target));
      expect(told('1001')).toEqual({ kind: 'nothing-ringing' });
      expect(told('1004')).toEqual({ kind: 'already-taken', by: '1002' });
    }
  });
});
