// Limits and quarantine on real calls: over a kill -9, and never for emergency and national calls.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPbx, type Pbx } from '../pbx.ts';
import { eventually } from '../lab/processes.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { expectOut, refused } from './outgoing.ts';

const policy = [
  'country allow AR FR',
  'extension set 1001 1002 1003 --international on',
  'limit set calls 3/h --extension 1001',
  'limit set concurrent 1 --extension 1002',
  'limit set calls 2/h --extension 1003 --then quarantine --quarantine-for 4h',
];
const SEEN_DEADLINE_MS = 20_000;

interface Shown {
  readonly reason: string;
  readonly rule: string;
  readonly classes: string[];
  readonly endedMs: number | null;
}

describe('limits', () => {
  let pbx: Pbx;
  let counted: Phone;
  let single: Phone;
  let caught: Phone;

  beforeAll(async () => {
    pbx = await startPbx({ policy });
    counted = await pbx.lab.phone('1001');
    single = await pbx.lab.phone('1002');
    caught = await pbx.lab.phone('1003');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const goesOut = (phone: Phone, dialled: string) => expectOut(pbx, phone, dialled);
  const noticesOf = async (kind: string) => {
    const { notices } = (await pbx.json(`notices --kind ${kind}`)) as { notices: { extension: string }[] };
    return notices.map(({ extension }) => extension);
  };

  const nothingIsUp = async () => {
    const isQuiet = async () => (await pbx.lab.channels()).length === 0;
    expect(await eventually(isQuiet, SEEN_DEADLINE_MS)).toBe(true);
  };

  it('refuse the call after the last one that they allow, and say which limit it was', async () => {
    await goesOut(counted, '00541938384');
    await goesOut(counted, '00541938385');
    await goesOut(counted, '0033140205050');
    expect(await refused(pbx, counted, '00541938386')).toEqual({
      status: 403,
      heard: [expect.any(String)],
      reason: 'limit-calls',
      rule: 'limit:1',
    });
    await expect.poll(() => noticesOf('limit-reached')).toEqual(['1001']);
    expect(pbx.log()).toMatch(/notice kind=limit-reached extension=1001/);
    await goesOut(counted, '5512345678');
    await goesOut(counted, '911');
  });

  it('count the same after a kill -9 of the daemon', async () => {
    await pbx.endDaemon('SIGKILL');
    await pbx.startDaemon();
    expect(await refused(pbx, counted, '00541938387')).toMatchObject({ reason: 'limit-calls' });
    await pbx.change('limit set calls 4/h --extension 1001');
    await goesOut(counted, '00541938388');
    await expect.poll(() => noticesOf('limit-reached')).toEqual(['1001']);
    expect(await refused(pbx, counted, '00541938389')).toMatchObject({ reason: 'limit-calls' });
  });

  it('hold for calls that are up, over a restart too, and let the next one out when it is over', async () => {
    const first = await single.call('00541938384');
    await first.waitAnswered();
    expect(await refused(pbx, single, '00541938385')).toMatchObject({
      status: 403,
      reason: 'limit-concurrent',
    });
    await pbx.endDaemon('SIGKILL');
    await pbx.startDaemon();
    expect(await refused(pbx, single, '00541938385')).toMatchObject({ reason: 'limit-concurrent' });
    await goesOut(single, '5512345678');
    await first.hangup();
    expect(await eventually(async () => (await pbx.lab.channels()).length === 0, SEEN_DEADLINE_MS)).toBe(
      true,
    );
    await goesOut(single, '00541938385');
  });

  it('count a call as up that goes on without the phone that made it', async () => {
    const first = await single.call('00541938384');
    await first.waitAnswered();
    // Asterisk answers the caller before it joins the two, and has nobody to pass on until then.
    const isJoined = async () =>
      /\bdial\b|\bbasic\b|simple_bridge/.test(await pbx.lab.console('bridge show all'));
    expect(await eventually(isJoined, SEEN_DEADLINE_MS)).toBe(true);
    expect(await first.refer('1001')).toBe(202);
    const taken = await counted.nextCall();
    await taken.answer();
    expect(await first.waitTransferred()).toBe(200);
    await first.hangup();
    expect(await refused(pbx, single, '00541938385')).toMatchObject({ reason: 'limit-concurrent' });
    await taken.hangup();
    await nothingIsUp();
    await goesOut(single, '00541938385');
  });

  it('put an extension into quarantine that only a release ends, emergency and national calls aside', async () => {
    await goesOut(caught, '00541938384');
    await goesOut(caught, '00541938384');
    expect(await refused(pbx, caught, '00541938384')).toMatchObject({ reason: 'limit-calls' });
    expect(await refused(pbx, caught, '00541938384')).toEqual({
      status: 403,
      heard: [expect.any(String)],
      reason: 'quarantined',
      rule: 'quarantine:1003',
    });
    await goesOut(caught, '911');
    await goesOut(caught, '5512345678');
    expect((await pbx.status()).quarantined).toEqual(['1003']);

    await pbx.endDaemon('SIGKILL');
    await pbx.startDaemon();
    expect(await refused(pbx, caught, '00541938384')).toMatchObject({ reason: 'quarantined' });

    await pbx.change('limit remove 3');
    expect((await pbx.callwarden('quarantine release 1003')).code).toBe(0);
    const released = async () => (await pbx.status()).quarantined.length === 0;
    expect(await eventually(released, SEEN_DEADLINE_MS)).toBe(true);
    await goesOut(caught, '00541938384');
    const audit = await pbx.callwarden(['audit', '--subject', 'quarantine 1003', '--json']);
    expect(JSON.parse(audit.output)).toMatchObject({
      audit: [
        { action: 'quarantine-released', actor: expect.stringMatching(/^cli:/) },
        { action: 'extension-quarantined', actor: 'daemon', after: { by: 'limit:3' } },
      ],
    });
  });

  it('give way to a quarantine by hand within a second, and keep the ends of calls on record', async () => {
    expect((await pbx.callwarden(['quarantine', 'add', '1002', '--reason', 'stolen phone'])).code).toBe(0);
    const held = async () => (await pbx.status()).quarantined.includes('1002');
    expect(await eventually(held, SEEN_DEADLINE_MS)).toBe(true);
    expect(await refused(pbx, single, '00541938384')).toMatchObject({ reason: 'quarantined' });
    await expect.poll(() => noticesOf('quarantined')).toEqual(['1002', '1003']);
    const ended = async () => {
      const { calls } = (await pbx.json('calls --kind decision --verdict continue')) as { calls: Shown[] };
      const chargeable = calls.filter(({ classes }) => classes.length > 0);
      return chargeable.length >= 9 && chargeable.every(({ endedMs }) => endedMs !== null);
    };
    expect(await eventually(ended, SEEN_DEADLINE_MS)).toBe(true);
  });

  it('are joined by signs of fraud: ten attempts in a row lead to quarantine, where that is set', async () => {
    await pbx.change('settings set fraud-signs quarantine');
    const prober = await pbx.lab.phone('1004');
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const call = await prober.call(`0062193838${attempt}`);
      await call.waitFinal();
    }
    const held = async () => (await pbx.status()).quarantined.includes('1004');
    expect(await eventually(held, SEEN_DEADLINE_MS)).toBe(true);
    await expect.poll(() => noticesOf('sign-refused-attempts')).toEqual(['1004']);
    expect(await refused(pbx, prober, '00541938384')).toMatchObject({ reason: 'quarantined' });
    await goesOut(prober, '5512345678');
  });
});
