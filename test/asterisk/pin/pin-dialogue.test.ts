// The dialogue for a PIN in real calls: early media and after the answer, right and wrong, given up at each stage.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { answer, reject } from '../../lab/phone/behaviour.ts';
import type { OutgoingCall } from '../../lab/phone/outgoing-call.ts';
import type { Phone } from '../../lab/phone/phone.ts';
import { eventually } from '../../lab/processes.ts';
import {
  ABROAD,
  allow,
  challenge,
  DENIED,
  LOCKED,
  PIN,
  PROMPT,
  REFUSED,
  startPinLab,
  TIMING,
  UNAVAILABLE,
  WRONG,
  type PinLab,
} from './pin-lab.ts';

const lines = [
  { way: 'Asterisk 22 by WebSocket', asterisk: 22, transport: 'websocket' },
  { way: 'Asterisk 16 by ari-client', asterisk: 16, transport: 'ari-client' },
] as const;

/** Shorter than one try, so that each dialogue here shows that it is put off. */
const LEASE_MS = 2_000;

describe.each(lines)('a PIN on $way', (line) => {
  let pin: PinLab;
  let phone: Phone;
  beforeAll(async () => {
    pin = await startPinLab({ ...line, timing: { ...TIMING, leaseMs: LEASE_MS } });
    phone = await pin.lab.phone('1001');
  }, 900_000);
  afterAll(async () => {
    await pin?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await pin.settle();
  });

  const outNumbers = () => pin.lab.carrier.numbers.length;

  /** A call that has heard the prompt as early media. */
  const prompted = async (): Promise<OutgoingCall> => {
    const call = await phone.call(ABROAD);
    await call.waitHeard(PROMPT);
    return call;
  };

  it('is waited for no longer than a moment where the daemon is gone', async () => {
    const call = await prompted();
    const isHeard = () => pin.events.some(({ type }) => type === 'PlaybackFinished');
    expect(await eventually(isHeard, 20_000)).toBe(true);
    expect(call.ending).toBeNull();
    await pin.cut();
    expect(await call.waitFinal(LEASE_MS + 3_000)).toMatchObject({ status: 503, cause: 42 });
    expect(call.heard.at(-1)).toBe(UNAVAILABLE);
    await pin.connect();
  });

  it('lets a call out after the right PIN, which is asked for as early media', async () => {
    const before = outNumbers();
    const call = await prompted();
    expect(call.answered).toBe(false);
    await call.dial(`${PIN}#`);
    await call.waitAnswered();
    expect(pin.lab.carrier.numbers.slice(before)).toEqual([ABROAD]);
    expect(call.heard).toEqual([PROMPT]);
    expect(pin.checks).toEqual([{ who: '1001', pins: ['p-1'], digits: PIN, atMs: expect.any(Number) }]);
    expect(pin.calls.map(({ pin: proof }) => proof)).toEqual([undefined, { id: 'p-1' }]);
    const { verdict, outcome, pin: story } = await pin.record();
    expect({ kind: verdict.kind, outcome, story }).toEqual({
      kind: 'continue',
      outcome: 'said',
      story: { outcome: 'right', tries: 1, id: 'p-1', instead: 'country-not-allowed' },
    });
    await call.hangup();
  });

  it('takes four seconds of silence for the end of an entry, and three wrong ones for the end of the call', async () => {
    const before = outNumbers();
    const call = await prompted();
    await call.dial('111111');
    await call.waitHeard(WRONG);
    await call.dial(`${PIN}1#`);
    await eventually(() => pin.checks.length === 2, 20_000);
    await eventually(() => call.heard.filter((name) => name === WRONG).length === 2, 20_000);
    await call.dial('#');
    expect(await call.waitFinal(20_000)).toMatchObject({ status: 403, cause: 21 });
    expect(call.heard).toEqual([PROMPT, WRONG, WRONG, REFUSED]);
    expect(pin.checks.map(({ digits }) => digits)).toEqual(['111111', `${PIN}1`]);
    const { verdict, pin: story } = await pin.record();
    expect(verdict).toMatchObject({ kind: 'deny', reason: 'pin-wrong' });
    expect(story).toMatchObject({ outcome: 'wrong', tries: 3, id: null });
    expect(outNumbers()).toBe(before);
  });

  it('refuses as without a PIN where nothing is entered, and asks three times', async () => {
    const call = await prompted();
    expect(await call.waitFinal(30_000)).toMatchObject({ status: 403, cause: 21 });
    expect(call.heard).toEqual([PROMPT, PROMPT, PROMPT, DENIED]);
    const { verdict, pin: story } = await pin.record();
    expect(verdict).toMatchObject({ kind: 'deny', reason: 'country-not-allowed' });
    expect(story).toMatchObject({ outcome: 'silent', tries: 3 });
    expect(pin.checks).toEqual([]);
  });

  it('answers first where the phone needs it', async () => {
    pin.judge = (call) => (call.pin ? allow() : challenge('answer'));
    const call = await phone.call(ABROAD);
    await call.waitAnswered();
    await call.waitHeard(PROMPT);
    expect(call.hearing.announcements[0]?.early).toBe(false);
    await call.dial(`${PIN}#`);
    await call.waitVoice('carrier');
    await call.hangup();
  });

  it('answers, and asks once more, where no digit comes before the answer', async () => {
    pin.judge = (call) => (call.pin ? allow() : challenge('auto'));
    const call = await prompted();
    await call.waitAnswered(20_000);
    await eventually(() => call.heard.length === 2, 20_000);
    expect(call.hearing.announcements.map(({ name, early }) => ({ name, early }))).toEqual([
      { name: PROMPT, early: true },
      { name: PROMPT, early: false },
    ]);
    await call.dial(`${PIN}#`);
    await call.waitVoice('carrier');
    expect((await pin.record()).pin).toMatchObject({ tries: 1 });
    await call.hangup();
  });

  it('does not answer where digits come before the answer', async () => {
    pin.judge = (call) => (call.pin ? allow() : challenge('auto'));
    pin.lab.carrier.on(ABROAD, reject(486));
    try {
      const call = await prompted();
      await call.dial(`${PIN}#`);
      expect(await call.waitFinal()).toMatchObject({ status: 486 });
    } finally {
      pin.lab.carrier.on(ABROAD, answer());
    }
  });

  it('stops the prompt at the first digit', async () => {
    const long = Array.from({ length: 30 }, () => PROMPT).join('&');
    pin.judge = (call) => (call.pin ? allow() : challenge('early', long));
    const call = await prompted();
    await call.dial(`${PIN}#`);
    await call.waitAnswered();
    expect(call.heard.length).toBeLessThan(10);
    await call.hangup();
  });

  it.each([
    ['locked', () => Promise.resolve({ kind: 'locked', untilMs: 1 } as const), LOCKED, 'pin-locked'],
    [
      'locked by this very try',
      () => Promise.resolve({ kind: 'wrong', lockedUntilMs: 1 } as const),
      LOCKED,
      'pin-locked',
    ],
    [
      'not to be had',
      () => Promise.resolve({ kind: 'unavailable', why: 'no key' } as const),
      UNAVAILABLE,
      'pin-unavailable',
    ],
    ['broken', () => Promise.reject(new Error(`of ${PIN}`)), UNAVAILABLE, 'pin-unavailable'],
    ['hanging', () => new Promise<never>(() => undefined), UNAVAILABLE, 'pin-unavailable'],
  ] as const)('refuses at once when the check is %s', async (_what, check, heard, reason) => {
    pin.check = check;
    const call = await prompted();
    await call.dial(`${PIN}#`);
    expect(await call.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(call.heard).toEqual([PROMPT, heard]);
    expect((await pin.record()).verdict).toMatchObject({ kind: 'deny', reason });
    expect(JSON.stringify([pin.problems, pin.records])).not.toContain(`of ${PIN}`);
  });

  it('judges by the policy of now: the right PIN does not open what was closed meanwhile', async () => {
    const before = outNumbers();
    const call = await prompted();
    pin.judge = () => ({
      ...allow(),
      kind: 'deny',
      reason: 'blocked-number',
      announcement: LOCKED,
      cause: 21,
    });
    await call.dial(`${PIN}#`);
    expect((await call.waitFinal()).status).toBe(403);
    expect(call.heard).toEqual([PROMPT, LOCKED]);
    expect((await pin.record()).verdict).toMatchObject({ reason: 'blocked-number' });
    expect(outNumbers()).toBe(before);
  });

  it('refuses where the PIN that was right does not count any more', async () => {
    const call = await prompted();
    pin.judge = () => challenge();
    await call.dial(`${PIN}#`);
    expect((await call.waitFinal()).status).toBe(403);
    expect((await pin.record()).verdict).toMatchObject({ kind: 'deny', reason: 'pin-unavailable' });
  });

  it('offers the expired PINs behind those that count, and counts tries where the verdict says', async () => {
    pin.judge = (call) =>
      call.pin ? allow() : { ...challenge(), who: '+525512345678', expiredPins: ['p-0'] };
    const call = await prompted();
    await call.dial(`${PIN}#`);
    await call.waitAnswered();
    expect(pin.checks.map(({ who, pins }) => ({ who, pins }))).toEqual([
      { who: '+525512345678', pins: ['p-1', 'p-0'] },
    ]);
    await call.hangup();
  });

  it('counts a try that was hung up with digits in it, and none where nothing was entered', async () => {
    const silent = await prompted();
    await silent.cancel();
    expect((await pin.record()).outcome).toBe('abandoned');
    expect(pin.abandoned).toEqual([]);
    await pin.lab.waitIdle();
    pin.reset();
    const guessing = await prompted();
    await guessing.dial('407');
    await guessing.cancel();
    const { verdict, outcome, pin: story } = await pin.record();
    expect({ kind: verdict.kind, outcome, story: story?.outcome }).toEqual({
      kind: 'challenge',
      outcome: 'abandoned',
      story: 'abandoned',
    });
    expect(pin.abandoned).toEqual(['1001']);
    expect(pin.checks).toEqual([]);
  });

  it('records a caller who hangs up while the PIN is checked, and lets nothing out', async () => {
    const before = outNumbers();
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    pin.check = async () => {
      await released;
      return { kind: 'right', id: 'p-1' };
    };
    const call = await prompted();
    await call.dial(`${PIN}#`);
    await eventually(() => pin.checks.length === 1, 20_000);
    await call.cancel();
    expect((await pin.record()).outcome).toBe('abandoned');
    release();
    expect(pin.abandoned).toEqual([]);
    expect(outNumbers()).toBe(before);
  });

  it('tells two callers apart who are asked at the same time', async () => {
    const other = await pin.lab.phone('1002');
    const call = await prompted();
    const second = await other.call(ABROAD);
    await second.waitHeard(PROMPT);
    await Promise.all([call.dial('111111#'), second.dial(`${PIN}#`)]);
    await second.waitAnswered();
    await call.waitHeard(WRONG);
    expect(pin.checks.map(({ who, digits }) => `${who} ${digits}`).toSorted()).toEqual([
      '1001 111111',
      `1002 ${PIN}`,
    ]);
    await call.cancel();
    await second.hangup();
  });

  it('takes a flood of digits for one wrong try, and keeps none of it', async () => {
    const call = await prompted();
    await call.dial(`${PIN}${'7'.repeat(18)}*AD#`);
    await call.waitHeard(WRONG);
    expect(pin.checks).toHaveLength(1);
    expect(pin.checks[0]?.digits).toBe(`${PIN}${'7'.repeat(11)}`);
    await call.dial('*#');
    await eventually(() => pin.checks.length === 2, 20_000);
    expect(pin.checks[1]?.digits).toBe('*');
    await call.cancel();
  });
});
