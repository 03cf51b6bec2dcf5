// The daemon dead, killed half-way or frozen, on a real Asterisk: nothing chargeable goes out, the rest of the house calls on.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OutgoingCall } from '../lab/phone/outgoing-call.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { startPbx, type Pbx } from '../pbx.ts';

const abroad = '00541938384';
const policy = ['country allow AR', 'extension set 1001 --international on'];
/** The deadline of the routine, and what an announcement and a busy machine add at most. */
const decisionMs = 1500;
const refusedWithinMs = decisionMs + 3000;

describe('with the daemon away', () => {
  let pbx: Pbx;
  let phone: Phone;
  beforeEach(async () => {
    pbx = await startPbx({ policy, decisionMs });
    phone = await pbx.lab.phone('1001');
  });
  afterEach(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  /** The call has entered our application and waits there. */
  const waitsForVerdict = async (): Promise<OutgoingCall> => {
    const call = await phone.call(abroad);
    const inStasis = async () => (await pbx.lab.console('core show channels')).includes('Stasis');
    expect(await eventually(inStasis, 20_000)).toBe(true);
    return call;
  };

  const goesOut = async (dialled: string) => {
    const call = await phone.call(dialled);
    await call.waitAnswered();
    expect(pbx.lab.carrier.numbers.at(-1)).toBe(dialled);
    await call.hangup();
  };

  const refusedAsUnavailable = async (call: OutgoingCall, deadlineMs = refusedWithinMs) => {
    const final = await call.waitFinal(deadlineMs);
    expect(final).toMatchObject({ status: 503, cause: 42 });
    expect(call.hearing.announcements.map(({ name, early }) => ({ name, early }))).toEqual([
      { name: 'ss-noservice', early: true },
    ]);
  };

  it('refuses a call abroad when the daemon is down, and lets emergency, internal and national calls out (I1, I2, I3)', async () => {
    await pbx.endDaemon('SIGKILL');
    await refusedAsUnavailable(await phone.call(abroad));
    expect(pbx.lab.carrier.numbers).toEqual([]);
    await goesOut('911');
    await goesOut('066');
    await goesOut('5512345678');
    const other = await pbx.lab.phone('1002');
    const call = await phone.call('1002');
    await (await other.nextCall()).answer();
    await call.waitAnswered();
    await call.hangup();
  });

  it('lets an outside caller out nowhere when the daemon is down: the static rules are for the house', async () => {
    await pbx.endDaemon('SIGKILL');
    const call = await pbx.lab.carrier.call('700', { from: '5599887766' });
    await call.waitAnswered();
    await call.waitHeard('vm-enter-num-to-call');
    await call.dial('5512345678#');
    await call.waitHeard('ss-noservice', refusedWithinMs);
    await call.waitEnded(refusedWithinMs);
    expect(pbx.lab.carrier.numbers).toEqual([]);
  });

  it('refuses a call that waits when the daemon is killed, and decides rightly again after a restart (I2)', async () => {
    pbx.signalDaemon('SIGSTOP');
    const call = await waitsForVerdict();
    await pbx.endDaemon('SIGKILL');
    await refusedAsUnavailable(call);
    expect(pbx.lab.carrier.numbers).toEqual([]);
    await pbx.startDaemon();
    await goesOut(abroad);
    const barred = await (await pbx.lab.phone('1002')).call(abroad);
    expect(await barred.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(await eventually(async () => (await pbx.lab.channels()).length === 0, 20_000)).toBe(true);
  });

  it('gives a frozen daemon until the deadline, and takes no verdict that comes late (I2)', async () => {
    pbx.signalDaemon('SIGSTOP');
    const call = await waitsForVerdict();
    await refusedAsUnavailable(call);
    await goesOut('911');
    pbx.signalDaemon('SIGCONT');
    // What the thawed daemon says about the old call reaches a channel that is gone.
    expect(await eventually(async () => (await pbx.status()).ari.state === 'up', 20_000, 50)).toBe(true);
    await goesOut(abroad);
    expect(pbx.lab.carrier.numbers).toEqual(['911', abroad]);
  });

  it('lets a national call out while the daemon is frozen, after the deadline (I3)', async () => {
    pbx.signalDaemon('SIGSTOP');
    await goesOut('5512345678');
  });

  it('drains on SIGTERM: what was decided is recorded, and the exit status is 0', async () => {
    await goesOut(abroad);
    expect(await pbx.endDaemon('SIGTERM')).toBe(0);
    const { calls } = (await pbx.json('calls')) as { calls: { outcome: string }[] };
    expect(calls.map(({ outcome }) => outcome)).toEqual(['said']);
    expect(pbx.log()).toContain('stopping');
  });

  it('lets no second daemon start beside it on one host, and goes on', async () => {
    const { code, output } = await pbx.callwarden('run');
    expect(code).toBe(1);
    expect(output).toContain('Another callwarden already runs');
    expect((await pbx.status()).ari).toMatchObject({ state: 'up', reconnects: 0 });
    await goesOut(abroad);
  });

  it('connects again when Asterisk is restarted, and decides as before', async () => {
    await pbx.lab.restart();
    expect(await eventually(async () => (await pbx.status()).ari.state === 'up', 20_000, 50)).toBe(true);
    await phone.register();
    await goesOut(abroad);
  });
});
