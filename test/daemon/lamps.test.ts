// The lamps of groups as Asterisk is told of them: each change once, all of them over a new link, and what is gone is dark.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AriLink } from '../../src/asterisk/ari/link.ts';
import type { Logger } from '../../src/config/logger.ts';
import { createLamps } from '../../src/daemon/lamps.ts';
import type { RingingCall } from '../../src/pickup/call.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { fakeLink } from '../asterisk/pickup/fake-link.ts';
import { pickupGroup, pickupPolicy } from '../pickup/policy.ts';
import { ringingCall } from '../pickup/situations.ts';

const A_LOOK_MS = 200;

const rightsWith = (number: string) =>
  compileRights(
    pickupPolicy({ groups: [pickupGroup('sales', { '1002': 'both', '1003': 'both' }, { number })] }),
  );

function house(answer: 'done' | 'gone' = 'done') {
  const told: string[] = [];
  const warned: object[] = [];
  const newLink = (): AriLink => {
    const link = fakeLink();
    link.setDeviceState = async (name, state) => {
      told.push(`${name} ${state}`);
      return answer;
    };
    return link;
  };
  const now = { link: newLink(), rights: rightsWith('7'), ringing: [] as readonly RingingCall[] };
  const lamps = createLamps({
    // Only warnings are given.
    logger: { warn: (_event: string, fields: object) => warned.push(fields) } as unknown as Logger,
    rights: () => now.rights,
    ringing: () => now.ringing,
    link: () => now.link,
  });
  const look = async () => {
    told.length = 0;
    lamps.onBoardChange();
    await vi.advanceTimersByTimeAsync(A_LOOK_MS);
    return told.toSorted();
  };
  return { now, lamps, look, told, warned, newLink };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('the lamps of pickup groups', () => {
  it('are told when they change, and not again', async () => {
    const { now, look } = house();
    expect(await look()).toEqual(['callwarden-any NOT_INUSE', 'callwarden-group-7 NOT_INUSE']);
    now.ringing = [ringingCall('c', 1, ['1002'])];
    expect(await look()).toEqual(['callwarden-any RINGING', 'callwarden-group-7 RINGING']);
    expect(await look()).toEqual([]);
  });

  it('are all told over a new link', async () => {
    const { now, look, newLink } = house();
    await look();
    now.link = newLink();
    expect(await look()).toEqual(['callwarden-any NOT_INUSE', 'callwarden-group-7 NOT_INUSE']);
  });

  it('go dark when their group is gone or has another number, and are then forgotten', async () => {
    const { now, look } = house();
    now.ringing = [ringingCall('c', 1, ['1002'])];
    await look();
    now.rights = rightsWith('8');
    expect(await look()).toEqual(['callwarden-group-7 NOT_INUSE', 'callwarden-group-8 RINGING']);
    now.ringing = [];
    expect(await look()).toEqual(['callwarden-any NOT_INUSE', 'callwarden-group-8 NOT_INUSE']);
  });

  it('go dark at the stop where they blink', async () => {
    const { now, look, lamps, told } = house();
    now.ringing = [ringingCall('c', 1, ['1002'])];
    await look();
    told.length = 0;
    lamps.stop();
    expect(told.toSorted()).toEqual(['callwarden-any NOT_INUSE', 'callwarden-group-7 NOT_INUSE']);
  });

  it('cost one warning for each link where Asterisk does not take them', async () => {
    const { now, look, warned, newLink } = house('gone');
    await look();
    now.ringing = [ringingCall('c', 1, ['1002'])];
    expect(await look()).toEqual([]);
    expect(warned).toHaveLength(1);
    now.link = newLink();
    await look();
    expect(warned).toHaveLength(2);
  });
});
