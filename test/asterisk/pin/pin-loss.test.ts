// The dialogue for a PIN when the daemon, its link or its time goes away: nothing goes out, and nobody is left waiting.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { pinTiming } from '../../../src/asterisk/pin-timing.ts';
import type { OutgoingCall } from '../../lab/phone/outgoing-call.ts';
import type { Phone } from '../../lab/phone/phone.ts';
import { eventually } from '../../lab/processes.ts';
import { ABROAD, allow, challenge, PIN, PROMPT, startPinLab, UNAVAILABLE, type PinLab } from './pin-lab.ts';

const national = '5512345678';
const timing = {
  ...pinTiming,
  promptMs: 1_000,
  firstDigitMs: 1_000,
  silenceMs: 700,
  entryMs: 1_500,
  checkMs: 300,
  stopMs: 200,
  leaseMs: 3_000,
};
/** From the loss to the end, with a sound that still plays. */
const deadlineMs = timing.promptMs + timing.stopMs + timing.leaseMs + 5_000;

describe('a PIN dialogue that is lost', () => {
  let pin: PinLab;
  let phone: Phone;
  beforeAll(async () => {
    pin = await startPinLab({ timing });
    phone = await pin.lab.phone('1001');
  });
  afterAll(async () => {
    await pin?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await pin.settle();
  });

  const prompted = async (dialled: string): Promise<OutgoingCall> => {
    const call = await phone.call(dialled);
    await call.waitHeard(PROMPT);
    return call;
  };

  it('is ended by Asterisk itself: the static rules refuse a call abroad, and let a national one out (I2, I3)', async () => {
    const before = pin.lab.carrier.numbers.length;
    const other = await pin.lab.phone('1002');
    const call = await prompted(ABROAD);
    const home = await other.call(national);
    await home.waitHeard(PROMPT);
    await pin.cut();
    await home.waitAnswered(deadlineMs);
    expect(await call.waitFinal(deadlineMs)).toMatchObject({ status: 503, cause: 42 });
    expect(call.heard).toEqual([PROMPT, UNAVAILABLE]);
    expect(pin.lab.carrier.numbers.slice(before)).toEqual([national]);
    await home.hangup();
    await pin.connect();
  }, 30_000);

  it('is begun anew when the link is back, also while the prompt of the lost one still plays', async () => {
    const long = Array.from({ length: 30 }, () => PROMPT).join('&');
    pin.judge = (call) => (call.pin ? allow() : challenge('early', long));
    const call = await prompted(ABROAD);
    await pin.cut();
    expect(pin.records).toEqual([]);
    pin.judge = (again) => (again.pin ? allow() : challenge());
    await pin.connect();
    await eventually(() => pin.pins.size === 1, 20_000);
    await eventually(() => pin.events.some(({ type }) => type === 'PlaybackFinished'), 20_000);
    await call.dial(`${PIN}#`);
    await call.waitAnswered();
    expect((await pin.record()).pin).toMatchObject({ outcome: 'right', tries: 1 });
    await call.hangup();
  });

  it('answers other calls while one hears a prompt that takes long', async () => {
    const long = Array.from({ length: 30 }, () => PROMPT).join('&');
    pin.judge = ({ dialled, pin: proof }) =>
      dialled === national || proof ? allow() : challenge('early', long);
    const call = await prompted(ABROAD);
    const other = await (await pin.lab.phone('1002')).call(national);
    expect((await other.waitAnswered()).afterMs).toBeLessThan(timing.promptMs);
    await other.hangup();
    await call.cancel();
  });

  it('gives the caller to the static rules at once when the daemon stops', async () => {
    const call = await prompted(ABROAD);
    pin.pins.stop();
    expect(await call.waitFinal()).toMatchObject({ status: 503, cause: 42 });
    expect(call.heard).toEqual([PROMPT, UNAVAILABLE]);
    const later = await phone.call(ABROAD);
    expect(await later.waitFinal()).toMatchObject({ status: 503, cause: 42 });
    expect(later.heard).toEqual([UNAVAILABLE]);
    expect(pin.records).toEqual([]);
  });
});
