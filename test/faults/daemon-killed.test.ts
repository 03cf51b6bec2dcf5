// The daemon down, killed again and again, and frozen, while calls go on: the balance of a hundred calls each.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { expectSafe, faultPolicy, mixed, placeCalls, type Outcome } from './load.ts';

const KILLS = 4;
const FREEZES_MS = [1500, 2500, 4000];
const PAUSE_MS = 700;

describe('with the daemon dying under calls', { timeout: 240_000 }, () => {
  let pbx: Pbx;
  let phone: Phone;
  beforeAll(async () => {
    pbx = await startPbx({ policy: faultPolicy, decisionMs: 1000 });
    phone = await pbx.lab.phone('1001');
  }, 900_000);
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });
  beforeEach(() => {
    // What the carrier has seen belongs to the test before.
    pbx.lab.carrier.incoming.length = 0;
  });

  const answered = (outcomes: readonly Outcome[], kind: Outcome['kind']) =>
    outcomes.filter((one) => one.kind === kind && one.status === 200).length;

  it('refuses each of many calls abroad while it is down, and lets each emergency call out between them', async () => {
    await pbx.endDaemon('SIGKILL');
    const outcomes = await placeCalls(phone, { perSecond: 20, count: 100, kindOf: mixed });
    await expectSafe(pbx, outcomes);
    expect(answered(outcomes, 'allowed')).toBe(0);
    expect(answered(outcomes, 'emergency')).toBe(10);
    await pbx.startDaemon();
  });

  it(`leaks and hangs nothing over ${KILLS} kills, and keeps every record that was written`, async () => {
    const acknowledged = new Set<string>();
    const placing = placeCalls(phone, { perSecond: 20, count: 140, kindOf: mixed });
    for (let kills = 0; kills < KILLS; kills += 1) {
      await sleep(PAUSE_MS);
      for (const id of await recordIds()) acknowledged.add(id);
      await pbx.endDaemon('SIGKILL');
      await pbx.startDaemon();
    }
    const outcomes = await placing;
    await expectSafe(pbx, outcomes);
    expect(answered(outcomes, 'allowed')).toBeGreaterThan(0);
    expect(acknowledged.size).toBeGreaterThan(0);
    const kept = new Set(await recordIds());
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
  });

  it('holds nobody beyond the deadline when it freezes, and heals by itself', async () => {
    const placing = placeCalls(phone, { perSecond: 10, count: 100, kindOf: mixed });
    for (const frozenMs of FREEZES_MS) {
      await sleep(PAUSE_MS);
      pbx.signalDaemon('SIGSTOP');
      await sleep(frozenMs);
      pbx.signalDaemon('SIGCONT');
    }
    const outcomes = await placing;
    await expectSafe(pbx, outcomes);
    const after = await placeCalls(phone, { perSecond: 10, count: 3, kindOf: () => 'allowed' });
    expect(after.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  async function recordIds(): Promise<string[]> {
    const { calls } = (await pbx.json('calls --kind decision --limit 400')) as { calls: { id: string }[] };
    return calls.map(({ id }) => id);
  }
});
