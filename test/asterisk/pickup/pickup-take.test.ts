// Calls taken by command, where the link, a queue or another daemon makes it difficult.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AriEvent, Origination } from '../../../src/asterisk/ari/link.ts';
import { createPickup } from '../../../src/asterisk/pickup-session.ts';
import { compileRights } from '../../../src/pickup/rights.ts';
import { ariChannel } from './fake-link.ts';
import { caller, leg, scene } from './picking-scene.ts';
import { POLICY } from './pickup-lab.ts';

const destroyed = (channel: typeof leg, cause = 16): AriEvent => ({
  type: 'ChannelDestroyed',
  atMs: Date.now(),
  channel,
  cause,
});
const dials = (peer: typeof leg): AriEvent => ({
  type: 'Dial',
  atMs: Date.now(),
  caller,
  peer,
  dialstatus: '',
  dialstring: '',
});

async function takingScene(callerName = 'Caller') {
  const called: Origination[] = [];
  const hungUp: string[] = [];
  const { pickup, link, records } = scene();
  link.channels = [{ ...caller, caller: { name: callerName, number: '5551234' } }, leg];
  link.originate = (call) => {
    called.push(call);
    return link.outcome();
  };
  link.hangup = (channelId, cause) => {
    hungUp.push(`${channelId} ${cause}`);
    return link.outcome();
  };
  await pickup.onUp(link);
  const channel = (state: string) => ariChannel(called[0]?.channelId ?? '', 'PJSIP/1003-0000000c', state);
  const isAnswered = () =>
    pickup.onEvent({ type: 'ChannelStateChange', atMs: Date.now(), channel: channel('Up') });
  return { pickup, link, records, called, hungUp, channel, isAnswered };
}

describe('a call taken by command', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is asked for by the one who is called, in the context of such calls, with the call’s id encoded', async () => {
    const { pickup, called } = await takingScene();
    void pickup.take({ target: '1002', picker: '1003' });
    expect(called).toMatchObject([
      {
        endpoint: 'PJSIP/1003',
        context: 'callwarden-pickup-exact',
        extension: 's',
        variables: { CALLWARDEN_PICKUP_TARGET: 'a', CALLWARDEN_PICKER_NUMBER: '1003' },
      },
    ]);
    expect(called[0]?.channelId).toMatch(/^callwarden-take-[0-9a-f-]{36}$/);
  });

  it('shows nothing of a caller’s name that would end it', async () => {
    const { pickup, called } = await takingScene('"><evil\r\nX: 1\u0000');
    void pickup.take({ target: 'a', picker: '1003' });
    expect(called[0]?.callerId).toBe('"evilX: 1" <5551234>');
  });

  it('is not known any more when the link is lost, and is recorded as such', async () => {
    const { pickup, records } = await takingScene();
    const outcome = pickup.take({ target: '1002', picker: '1003' });
    pickup.onDown();
    expect(await outcome).toEqual({ outcome: 'unknown' });
    expect(records).toMatchObject([{ choice: 'take', outcome: 'unknown', picker: '1003', told: null }]);
    expect(await pickup.take({ target: '1002', picker: '1003' })).toBeNull();
  });

  it('has no record of its own where the link is lost once the phone is answered: the question makes it', async () => {
    const { pickup, isAnswered, records } = await takingScene();
    const outcome = pickup.take({ target: '1002', picker: '1003' });
    isAnswered();
    pickup.onDown();
    expect(await outcome).toEqual({ outcome: 'unknown' });
    expect(records).toEqual([]);
  });

  it('is unreachable where Asterisk does not place the call', async () => {
    const { pickup, link, records } = await takingScene();
    link.outcome = () => Promise.reject(new Error('Allocation failed'));
    expect(await pickup.take({ target: '1002', picker: '1003' })).toMatchObject({ reason: 'unreachable' });
    expect(records).toMatchObject([{ choice: 'take', outcome: 'abandoned', picker: '1003' }]);
  });

  it('is given up, and not known, when nothing is heard for long', async () => {
    const { pickup, hungUp, called } = await takingScene();
    const outcome = pickup.take({ target: '1002', picker: '1003' });
    await vi.advanceTimersByTimeAsync(41_000);
    expect(await outcome).toEqual({ outcome: 'unknown' });
    expect(hungUp).toEqual([`${called[0]?.channelId} 26`]);
  });

  it('waits out the pause of a queue, and no longer', async () => {
    const { pickup, hungUp } = await takingScene();
    const outcome = pickup.take({ target: '1002', picker: '1003' });
    pickup.onEvent(destroyed(leg));
    await vi.advanceTimersByTimeAsync(1_000);
    const next = ariChannel('c', 'PJSIP/1002-0000000d', 'Ringing');
    pickup.onEvent({ type: 'ChannelCreated', atMs: Date.now(), channel: next });
    pickup.onEvent(dials(next));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(hungUp).toEqual([]);
    pickup.onEvent(destroyed(next));
    await vi.advanceTimersByTimeAsync(3_001);
    expect(await outcome).toMatchObject({ outcome: 'refused', reason: 'nothing-ringing' });
    expect(hungUp).toHaveLength(1);
  });

  it('is known where another daemon was asked by the phone: that caller was answered by it', async () => {
    const { pickup, channel, isAnswered, records } = await takingScene();
    const outcome = pickup.take({ target: '1002', picker: '1003' });
    isAnswered();
    pickup.onEvent({ ...dials(channel('Up')), dialstatus: 'ANSWER' } as AriEvent);
    expect(await outcome).toMatchObject({ outcome: 'taken', callId: 'a', from: '1002' });
    expect(records).toEqual([]);
  });

  it('is no business of ours any more once the phone is answered, and has the one record of its question', async () => {
    const { pickup, link, channel, isAnswered, records, hungUp } = await takingScene();
    const outcome = pickup.take({ target: '1002', picker: '1003' });
    isAnswered();
    pickup.onStasisStart(link, channel('Up'), ['pickup', 'nonce=n1', 'kind=exact', 'target=a']);
    await pickup.idle();
    pickup.onEvent(destroyed(leg, 26));
    pickup.onEvent({ ...dials(channel('Up')), dialstatus: 'ANSWER' } as AriEvent);
    expect(await outcome).toMatchObject({ outcome: 'taken' });
    expect(hungUp).toEqual([]);
    expect(new Set(records.map(({ id }) => id))).toEqual(new Set([`pickup:${channel('Up').id}`]));
    expect(records.at(-1)).toMatchObject({ kind: 'exact', outcome: 'won' });
  });

  it('is bounded: one for a phone, sixteen in all', async () => {
    const { pickup, called } = await takingScene();
    const everybody = Array.from({ length: 99 }, (_, index) => `10${String(index).padStart(2, '0')}`);
    const group = { ...POLICY, anyRight: everybody };
    const open = createPickup({
      rights: () => compileRights(group),
      isExtension: (endpoint) => /^10\d\d$/.test(endpoint),
      nowMs: Date.now,
      monotonicUs: () => 0,
      record: () => undefined,
      onProblem: () => undefined,
    });
    const { link } = await takingScene();
    await open.onUp(link);
    const others = everybody.filter((extension) => extension !== '1002');
    for (const picker of others.slice(0, 16)) void open.take({ target: 'a', picker });
    expect(await open.take({ target: 'a', picker: others[16] ?? '' })).toMatchObject({ reason: 'busy' });
    void pickup.take({ target: 'a', picker: '1003' });
    expect(await pickup.take({ target: 'a', picker: '1003' })).toMatchObject({ reason: 'busy' });
    expect(called).toHaveLength(1);
  });
});
