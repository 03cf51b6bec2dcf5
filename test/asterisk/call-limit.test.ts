// The duration limit of a call: a tone before the end, the end on time, and nothing of it left for the next call.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { Verdict } from '../../src/barring/verdict.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import { allow, startPinLab, type PinLab } from './pin/pin-lab.ts';

const limited = '00541938384';
const unlimited = '5512345678';
const limitMs = 3_000;
/** What the end of a call may take on a machine that does other things meanwhile. */
const graceMs = 4_000;

/** The same route for a site that does not hand the limit to Dial, and one that calls twice on one channel. */
const sample = (text: string) => `${text}
[phones](+)
exten => _7.,1,Set(CALLWARDEN_DIALLED=\${EXTEN:1})
 same => n,Gosub(callwarden-screen,s,1)
 same => n,Dial(PJSIP/\${CALLWARDEN_NUMBER}@trunk,60)
exten => _8.,1,Set(TIMEOUT(absolute)=50)
 same => n,Set(CALLWARDEN_DIALLED=${limited})
 same => n,Gosub(callwarden-screen,s,1)
 same => n,Set(FIRST=\${CALLWARDEN_DIAL_OPTIONS})
 same => n,Set(CALLWARDEN_DIALLED=\${EXTEN:1})
 same => n,Gosub(callwarden-screen,s,1)
 same => n,Dial(PJSIP/\${CALLWARDEN_NUMBER}@trunk,60,\${CALLWARDEN_DIAL_OPTIONS})
`;

/** Ringing takes none of the limit, so that the end by the timeout is on time. */
const routine = (text: string) => text.replaceAll('/ 1000 + 180', '/ 1000 + 0');

const lines = [
  { way: 'Asterisk 22', asterisk: 22 },
  { way: 'Asterisk 16', asterisk: 16 },
] as const;

describe.each(lines)('a call with a limit on $way', ({ asterisk }) => {
  let pin: PinLab;
  let phone: Phone;
  let other: Phone;
  beforeAll(async () => {
    pin = await startPinLab({ asterisk, dialplan: { sample, routine } });
    phone = await pin.lab.phone('1001');
    other = await pin.lab.phone('1002');
  }, 900_000);
  afterAll(async () => {
    await pin?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await pin.settle();
  });

  const byNumber =
    (maxDurationMs: number) =>
    ({ dialled }: { readonly dialled: string }): Verdict =>
      allow(dialled === limited ? maxDurationMs : null);

  const variable = (name: string) => async () => {
    const channel = (await pin.link().listChannels()).find((one) => one.name.startsWith('PJSIP/1001'));
    return channel ? pin.link().getVariable(channel.id, name) : '';
  };

  it('ends on time, with a tone before', async () => {
    pin.judge = byNumber(limitMs);
    const call = await phone.call(limited);
    await call.waitAnswered();
    const answeredAtMs = performance.now();
    await call.waitHeard('beep', limitMs);
    expect(call.ending).toBeNull();
    expect(await call.waitEnded(limitMs + graceMs)).toMatchObject({ how: 'hangup', by: 'them' });
    expect(performance.now() - answeredAtMs).toBeGreaterThan(limitMs - 500);
    expect(call.heard).toEqual(['beep']);
  });

  it('ends also where Dial is not given the limit', async () => {
    pin.judge = byNumber(limitMs);
    const call = await phone.call(`7${limited}`);
    await call.waitAnswered();
    expect(await call.waitEnded(limitMs + graceMs)).toMatchObject({ how: 'hangup', by: 'them' });
    expect(call.heard).toEqual([]);
  });

  it('ends also when whoever placed it has passed it on and is gone', async () => {
    pin.judge = byNumber(limitMs);
    const before = pin.lab.carrier.calls.length;
    const call = await phone.call(limited);
    await call.waitAnswered();
    await call.waitVoice('carrier');
    other.whenCalled = async (incoming) => void (await incoming.answer());
    expect(await call.refer('1002')).toBe(202);
    await other.waitCalls(1);
    expect(await pin.lab.carrier.calls[before]?.waitEnded(limitMs + graceMs)).toMatchObject({ by: 'them' });
    expect(await other.incoming[0]?.waitEnded()).toMatchObject({ by: 'them' });
  });

  it('has its tone a minute before the end of a long one, and the timeout behind the limit', async () => {
    pin.judge = byNumber(1_800_999);
    const call = await phone.call(limited);
    await call.waitAnswered();
    expect(await variable('CALLWARDEN_DIAL_OPTIONS')()).toBe('L(1800999:60000)');
    const leftS = Number(await variable('TIMEOUT(absolute)')());
    expect(leftS).toBeGreaterThan(1_700);
    expect(leftS).toBeLessThanOrEqual(1_801);
    await call.hangup();
  });

  it('is not there for a call without one', async () => {
    pin.judge = byNumber(limitMs);
    const call = await phone.call(unlimited);
    await call.waitAnswered();
    expect(await variable('CALLWARDEN_DIAL_OPTIONS')()).toBe('');
    expect(Number(await variable('TIMEOUT(absolute)')())).toBe(0);
    await call.hangup();
  });

  it.each([unlimited, '911', '911#'])(
    'leaves nothing behind for a later call of the channel to %s',
    async (number) => {
      pin.judge = byNumber(limitMs);
      const call = await phone.call(`8${number}`);
      await call.waitAnswered();
      expect(await variable('FIRST')()).toBe('L(3000:1000)');
      expect(await variable('CALLWARDEN_DIAL_OPTIONS')()).toBe('');
      // The site's own timeout holds as before.
      const leftS = Number(await variable('TIMEOUT(absolute)')());
      expect(leftS).toBeGreaterThan(30);
      expect(leftS).toBeLessThanOrEqual(50);
      await call.hangup();
    },
  );

  it('does not lengthen a timeout that the site has set', async () => {
    pin.judge = byNumber(600_000);
    const call = await phone.call(`8${limited}`);
    await call.waitAnswered();
    expect(await eventually(async () => (await variable('FIRST')()) !== '', 20_000)).toBe(true);
    expect(Number(await variable('TIMEOUT(absolute)')())).toBeLessThanOrEqual(50);
    await call.hangup();
  });
});
