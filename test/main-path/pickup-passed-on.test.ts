// A call that was passed on while it rang: an attended transfer to a phone that has not answered yet, and the rights over it.
import { describe, expect, it } from 'vitest';
import { pickupScene } from './pickup-scene.ts';

const scene = pickupScene({
  policy: [
    'extension set 1001-1005',
    'pickup group create sales',
    'pickup group add sales 1002 1003 1004 1005',
    'pickup protect caller 1001',
  ],
});

/** 1001 calls 1002, who answers, calls 1003, and connects the two while 1003 rings. */
async function passOn() {
  const { call, incoming } = await scene.letRing('1001', '1002');
  await incoming.answer();
  await Promise.all([call.waitVoice('1002'), incoming.waitVoice('1001')]);
  const { call: second, incoming: ringing } = await scene.letRing('1002', '1003');
  expect(await incoming.referTo(second)).toBe(202);
  await expect
    .poll(async () => (await scene.ringing())[0]?.callerExtension, { timeout: 20_000 })
    .toBe('1001');
  return { call, ringing };
}

describe('a call that is passed on while it rings', () => {
  it('is protected by who calls now, and taken from nobody', async () => {
    const { call, ringing } = await passOn();
    // Nor does he hear that 1002 has answered a call of 1001 a moment ago.
    expect((await (await scene.phone('1005').call('**1003')).waitFinal()).status).toBe(403);
    expect((await (await scene.phone('1005').call('*8')).waitFinal()).status).toBe(480);
    await ringing.answer();
    await Promise.all([call.waitVoice('1003'), ringing.waitVoice('1001')]);
    await call.hangup();
    await scene.quiet();
  });

  it('is his who may take it, and no lost call in the figures', async () => {
    await scene.pbx.change('pickup unprotect caller 1001');
    const { call } = await passOn();
    const picker = await scene.phone('1005').call('*8');
    await Promise.all([call.waitVoice('1005'), picker.waitVoice('1001')]);
    await scene.recorded({ party: '1005', outcome: 'won', number: '1003' });
    await picker.hangup();
    await scene.quiet();
    const rung = async () =>
      ((await scene.pbx.json('pickup calls --limit 1')) as { calls: Record<string, unknown>[] }).calls[0];
    await expect
      .poll(rung, { timeout: 20_000 })
      .toMatchObject({ outcome: 'rescued', answeredBy: '1005', callerExtension: '1001' });
  });

  it('is protected by what its transferer dialled, also by a daemon that was started later', async () => {
    await scene.pbx.change('pickup protect dialled 1003');
    const { call, incoming } = await scene.letRing('1001', '1002');
    await incoming.answer();
    await Promise.all([call.waitVoice('1002'), incoming.waitVoice('1001')]);
    expect(await incoming.refer('1003')).toBe(202);
    const ringing = await scene.rings('1003');
    await scene.untilOnBoard(1);
    expect((await scene.ringing())[0]?.dialled).toEqual(['1002', '1003']);
    const refused = async () => (await (await scene.phone('1005').call('**1003')).waitFinal()).status;
    expect(await refused()).toBe(403);
    await scene.pbx.endDaemon('SIGKILL');
    await scene.pbx.startDaemon();
    await scene.untilOnBoard(1);
    expect((await scene.ringing())[0]?.dialled).toEqual(['1002', '1003']);
    expect(await refused()).toBe(403);
    await ringing.answer();
    await Promise.all([call.waitVoice('1003'), ringing.waitVoice('1001')]);
    await call.hangup();
    await scene.quiet();
  });

  it('rings from then on, also where somebody had taken it out of a queue', async () => {
    const call = await scene.phone('1006').call('601');
    await scene.rings('1002');
    await scene.untilOnBoard(1);
    const picker = await scene.phone('1005').call('**1002');
    await Promise.all([picker.waitVoice('1006'), call.waitVoice('1005')]);
    await scene.untilOnBoard(0);
    expect(await picker.refer('1003')).toBe(202);
    await scene.untilOnBoard(1);
    const [now] = await scene.ringing();
    expect(now?.legs.map(({ extension }) => extension)).toEqual(['1003']);
    expect(now?.ringingSinceMs).toBe(now?.legs[0]?.ringingSinceMs);
    await call.hangup();
    await scene.quiet();
  });

  it('keeps the numbers of its Local channels over a restart of the daemon', async () => {
    await scene.pbx.change('pickup unprotect dialled 1003');
    const call = await scene.phone('1001').call('602');
    const ringing = await scene.rings('1002');
    await scene.untilOnBoard(1);
    const dialled = async () => (await scene.ringing())[0]?.dialled.toSorted();
    expect(await dialled()).toEqual(['1002', '1003', '602']);
    await scene.pbx.endDaemon('SIGKILL');
    await scene.pbx.startDaemon();
    await scene.untilOnBoard(1);
    expect(await dialled()).toEqual(['1002', '1003', '602']);
    await ringing.answer();
    await call.hangup();
    await scene.quiet();
  });
});
