// Why somebody may take a call or not, step by step and in words.
import { describe, expect, it } from 'vitest';
import type { PickupPolicyData } from '../../src/pickup/call.ts';
import { explainPickup, type PickupQuestion } from '../../src/pickup/explain.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { extension, group, member, protection, right, SALES } from './asking.ts';
import { pickupGroup, pickupPolicy } from './policy.ts';
import { isOpenInTests, NOW_MS } from './situations.ts';

function why(policy: Partial<PickupPolicyData>, question: Partial<PickupQuestion>) {
  const explained = explainPickup(
    compileRights(pickupPolicy(policy), isOpenInTests),
    {
      picker: '1001',
      target: '1002',
      kind: 'directed',
      callerNumber: '',
      dialled: '',
      atMs: NOW_MS,
      ...question,
    },
    (atMs) => `second ${atMs / 1000}`,
  );
  return { ...explained, steps: new Map(explained.trace.map(({ step, result }) => [step, result])) };
}

describe('the explanation of a pickup', () => {
  it('names the group that opens, and the groups through which both stand in it', () => {
    const groups = [
      SALES,
      pickupGroup('all', { '1009': 'target' }, { memberGroups: [member('sales', 'interceptor')] }),
    ];
    expect(why({ groups }, {})).toMatchObject({ verdict: 'take', rule: 'group:sales', untilMs: null });
    const through = why({ groups }, { target: '1009' });
    expect(through).toMatchObject({ verdict: 'take', rule: 'group:all' });
    expect(through.steps.get('group')).toBe(
      '1001 may take in all (1001 stands there through sales), and 1009 may be taken from there',
    );
    const other = why({ groups }, { picker: '1009', target: '1001' });
    expect(other).toMatchObject({ verdict: 'no-right', rule: 'no-shared-group' });
    expect(other.steps.get('group')).toBe('1009 may take in no group; 1001 may be taken from in sales');
  });

  it('tells each right of his to it with its dates, its schedule and why it does not hold, and when the holding one ends', () => {
    const minute = 60_000;
    const rights = [
      right({ id: 1, untilMs: NOW_MS, reason: 'holidays' }),
      right({ id: 2, fromMs: NOW_MS + minute }),
      right({ id: 3, schedule: 'never' }),
      right({ id: 4, target: extension('1008') }),
    ];
    const closed = why({ rights }, { target: '1009' });
    expect(closed).toMatchObject({ verdict: 'no-right', untilMs: null });
    expect(closed.steps.get('right')?.split('; ')).toEqual([
      `right 1 of 1001 to 1009, until second ${NOW_MS / 1000} (holidays): it is over`,
      `right 2 of 1001 to 1009, from second ${(NOW_MS + minute) / 1000}: it does not hold yet`,
      'right 3 of 1001 to 1009, inside the schedule never: its schedule is closed',
    ]);
    const open = [
      ...rights,
      right({ id: 5, untilMs: NOW_MS + minute }),
      right({
        id: 6,
        untilMs: NOW_MS + 2 * minute,
        picker: group('sales'),
        target: group('board'),
        schedule: 'always',
      }),
    ];
    const groups = [SALES, pickupGroup('board', { '1009': 'target' })];
    const opened = why({ groups, rights: open }, { target: '1009' });
    expect(opened).toMatchObject({ verdict: 'take', rule: 'right:6', untilMs: NOW_MS + 2 * minute });
    expect(opened.steps.get('right')).toContain(
      'right 6 of the interceptors of sales to the targets of board',
    );
  });

  it('names the protection that keeps it closed, whom it names, and what was not looked at', () => {
    const protections = [
      { ...protection('extension', '1002', [extension('1005'), group('sales')]), reason: 'the director' },
      protection('caller', '+525512345678'),
      protection('dialled', '600', [extension('1001')]),
    ];
    const named = why({ groups: [SALES], protections }, {});
    expect(named).toMatchObject({ verdict: 'take', protectedBy: null });
    expect(named.steps.get('protected extension')).toBe(
      'the protection of the extension 1002 (the director): only 1005, the interceptors of sales may take; 1001 is named',
    );
    expect(named.steps.get('protected caller')).toBe('not looked at: no caller is given');
    const lawyer = why({ groups: [SALES], protections }, { callerNumber: '5512345678', dialled: '600' });
    expect(lawyer).toMatchObject({
      verdict: 'no-right',
      rule: 'protected:caller:+525512345678',
      protectedBy: { kind: 'caller', value: '+525512345678' },
    });
    expect(lawyer.steps.get('protected caller')).toContain('nobody may take; 1001 is not named');
    const byName = why({ protections }, { picker: '1005' });
    expect(byName).toMatchObject({ verdict: 'take', rule: 'named:extension:1002' });
    expect(byName.steps.get('named')).toContain('no other right is needed');
    const own = why({ protections }, { picker: '1002' });
    expect(own).toMatchObject({ verdict: 'take', rule: 'own-phone' });
    expect(own.steps.get('protected extension')).toBe('1002 is protected, but not from its own phones');
  });

  it('tells what the code of the own groups does not reach, and that nobody takes his own call', () => {
    const rights = [right({ target: extension('1002') })];
    const byCode = why({ rights }, { kind: 'group' });
    expect(byCode).toMatchObject({ verdict: 'no-right', rule: 'no-group' });
    expect(byCode.steps.get('code')).toContain('by the directed code it opens');
    expect(why({ rights }, { callerNumber: '1001' })).toMatchObject({
      verdict: 'no-right',
      rule: 'own-call',
    });
  });

  it('explains a group by its number, and which of its targets stay closed', () => {
    const groups = [
      pickupGroup('sales', { '1001': 'interceptor', '1002': 'target', '1003': 'target' }, { number: '5' }),
      pickupGroup('empty', { '1001': 'interceptor' }, { number: '6' }),
    ];
    const protections = [protection('extension', '1002')];
    const ask = (target: string, picker = '1001') =>
      why({ groups, protections }, { kind: 'other-group', target, picker });
    expect(ask('5')).toMatchObject({ verdict: 'take', rule: 'group:sales', closed: ['1002'] });
    expect(ask('5').steps.get('protected')).toBe('not from 1002: protected');
    expect(ask('5', '1042')).toMatchObject({ verdict: 'no-right', rule: 'no-shared-group' });
    expect(ask('6')).toMatchObject({ verdict: 'no-right', rule: 'no-targets' });
    expect(ask('7')).toMatchObject({ verdict: 'no-right', rule: 'no-such-group' });
    const both = [...protections, protection('extension', '1003')];
    const closed = why({ groups, protections: both }, { kind: 'other-group', target: '5' });
    expect(closed).toMatchObject({
      verdict: 'no-right',
      rule: 'protected:extension:1002',
      closed: ['1002', '1003'],
    });
  });

  it('tells whether a PIN would open it, where PINs are asked for', () => {
    const settings = { ...pickupPolicy({}).settings, pin: 'when-denied' as const };
    expect(why({}, {})).toMatchObject({ verdict: 'no-right', pinHelps: false });
    const helps = why({ settings }, {});
    expect(helps).toMatchObject({ verdict: 'no-right', pinHelps: true });
    expect(helps.steps.get('pin')).toBe('a PIN that counts for 1001 opens it');
    const protections = [protection('extension', '1002')];
    expect(why({ settings, protections }, {}).steps.get('pin')).toBe('a PIN does not open it');
    expect(why({ settings }, { kind: 'group' })).toMatchObject({ pinHelps: false });
  });
});
