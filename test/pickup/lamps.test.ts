// Which lamps of groups blink for what rings.
import { describe, expect, it } from 'vitest';
import type { RingingCall } from '../../src/pickup/call.ts';
import { litLamps } from '../../src/pickup/lamps.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { pickupGroup, pickupPolicy } from './policy.ts';

const GROUPS = [
  pickupGroup('sales', { '1001': 'both', '1002': 'both', '1005': 'interceptor' }, { number: '1' }),
  pickupGroup(
    'house',
    {},
    {
      number: '2',
      memberGroups: [{ group: 'sales', interceptor: false, target: true }],
    },
  ),
  pickupGroup('silent', { '1001': 'both' }),
];

function call(extensions: readonly string[], rest: Partial<RingingCall> = {}): RingingCall {
  return {
    callId: 'a',
    callerChannelId: 'a',
    callerExtension: null,
    callerNumber: '5551234',
    callerName: '',
    dialled: ['600'],
    ringingSinceMs: 0,
    legs: extensions.map((extension) => ({
      channelId: `leg-${extension}`,
      channelName: `PJSIP/${extension}-00000001`,
      extension,
      ringingSinceMs: 0,
    })),
    ...rest,
  };
}

describe('the lamps of groups', () => {
  const rights = compileRights(pickupPolicy({ groups: GROUPS }));

  it('blink for the groups in which a ringing phone is a target, groups in groups too', () => {
    expect(litLamps(rights, [call(['1002'])])).toEqual({ groups: new Set(['1', '2']), any: true });
  });

  it('do not blink for phones that nobody may take from, and for nothing', () => {
    expect(litLamps(rights, [call(['1005'])])).toEqual({ groups: new Set(), any: true });
    expect(litLamps(rights, [])).toEqual({ groups: new Set(), any: false });
  });

  it.each([
    ['extension', '1002'],
    ['caller', '5551234'],
    ['dialled', '600'],
  ] as const)('do not blink for a call that is protected by its %s', (kind, value) => {
    const protections = [{ kind, value, allowed: [], reason: '' }];
    const closed = compileRights(pickupPolicy({ groups: GROUPS, protections }));
    expect(litLamps(closed, [call(['1002'])])).toEqual({ groups: new Set(), any: false });
    const other = call(['1001'], { callId: 'b', callerNumber: '5559999', dialled: ['601'] });
    expect(litLamps(closed, [call(['1002']), other]).groups).toEqual(new Set(['1', '2']));
  });
});
