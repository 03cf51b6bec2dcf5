// The soak: the same seed is the same run, the balance finds each kind of wrong, and a short run is even.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { balance, type Accounts } from '../../scripts/soak/balance.ts';
import type { PlacedCall } from '../../scripts/soak/load.ts';
import { planSoak } from '../../scripts/soak/plan.ts';
import { run } from '../lab/processes.ts';

const soakDeadlineMs = 120_000;

const call = (given: Partial<PlacedCall>): PlacedCall => ({
  atMs: 0,
  kind: 'allowed',
  from: '1001',
  number: '00541194000001',
  stayMs: 0,
  placedAtMs: 10_000,
  status: 200,
  cause: null,
  settledAfterMs: 5,
  ...given,
});
const record = { channelId: '1.1', atMs: 10_001, dialled: '00541194000001', outcome: 'said' };
const said = { ...record, verdict: 'continue' };
const good: Accounts = {
  placed: [call({})],
  decisions: [said],
  cdr: new Set(['1.1']),
  carrier: ['00541194000001'],
  faults: [],
  waitMaxMs: 7000,
};
const fault = { atMs: 0, lastsMs: 100, fromMs: 10_100, untilMs: 10_200 } as const;
const without = { decisions: [], cdr: new Set<string>() };

describe('a soak', () => {
  it('draws the same plan from the same seed, and another from another', () => {
    const options = { seed: 7, seconds: 60, callsPerSecond: 20, faultEverySeconds: 5 };
    expect(planSoak(options)).toEqual(planSoak(options));
    expect(planSoak({ ...options, seed: 8 })).not.toEqual(planSoak(options));
    const { calls, faults } = planSoak(options);
    expect(new Set(calls.map(({ kind }) => kind)).size).toBe(6);
    expect(faults.length).toBeGreaterThan(3);
  });

  it.each<[string, Partial<Accounts>, Partial<ReturnType<typeof balance>>]>([
    ['a call that went out', {}, { continued: 1 }],
    [
      'a call whose record the kill took with it',
      { ...without, faults: [{ ...fault, kind: 'kill' }] },
      { unwritten: 1 },
    ],
    [
      'a call without verdict in a fault',
      {
        ...without,
        placed: [call({ status: 503, cause: 42, settledAfterMs: 2050 })],
        carrier: [],
        faults: [{ ...fault, kind: 'freeze' }],
      },
      { withoutVerdict: 1 },
    ],
    [
      'a caller who gave up',
      { ...without, placed: [call({ kind: 'abandoned', status: 487 })], carrier: [] },
      { abandoned: 1 },
    ],
  ])('finds nothing wrong with %s', (_what, accounts, expected) => {
    expect(balance({ ...good, ...accounts })).toMatchObject({ placed: 1, wrong: [], ...expected });
  });

  it.each<[string, Partial<Accounts>]>([
    ['a barred call at the carrier', { placed: [call({ kind: 'denied', status: 403, cause: 21 })] }],
    ['a barred call that was answered', { placed: [call({ kind: 'denied' })], carrier: [] }],
    ['a call without verdict at the carrier', { placed: [call({ status: 503, cause: 42 })] }],
    ['an allowed call refused for no fault', { placed: [call({ status: 503, cause: 42 })], carrier: [] }],
    ['an allowed call refused by policy', { placed: [call({ status: 403, cause: 21 })], carrier: [] }],
    ['an emergency call refused', { placed: [call({ kind: 'emergency', number: '911', status: 503 })] }],
    ['a call that went out twice', { carrier: ['00541194000001', '00541194000001'] }],
    ['a call recorded twice', { decisions: [said, said] }],
    ['a call without record', without],
    ['a record without call', { placed: [], carrier: [] }],
    ['a record without CDR', { cdr: new Set<string>() }],
    ['a call that went out against its record', { decisions: [{ ...record, verdict: 'deny' }] }],
    ['a caller who waited too long', { placed: [call({ settledAfterMs: 7001 })] }],
    ['a caller who never heard an end', { placed: [call({ status: 0 })] }],
    ['a number nobody dialled', { carrier: ['00541194000001', '0088199'] }],
  ])('finds %s', (_what, accounts) => {
    expect(balance({ ...good, ...accounts }).wrong.length).toBeGreaterThan(0);
  });

  it(
    'comes out even on a real PBX with faults',
    async () => {
      const script = join(import.meta.dirname, '../../scripts/soak.ts');
      const words = '--seconds 20 --rate 15 --fault-every 3 --seed 5'.split(' ');
      const { code, output } = await run('node', [script, ...words], { deadlineMs: soakDeadlineMs });
      expect(output).toContain('even: phones, CDR, records and carrier agree');
      expect(code).toBe(0);
    },
    soakDeadlineMs,
  );
});
