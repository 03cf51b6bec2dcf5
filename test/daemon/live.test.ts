// Live events without an Asterisk: order, resumption, bounds, and what each listener may see.
import { describe, expect, it } from 'vitest';
import { createLiveCalls } from '../../src/daemon/live-calls.ts';
import { createLiveHub, type LiveHub } from '../../src/daemon/live-hub.ts';
import type { LiveEvent, LiveListener, LiveListenOptions } from '../../src/http/live-ports.ts';
import type { RingingCall } from '../../src/pickup/call.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { whoMayTake } from '../../src/pickup/access.ts';
import { eventually } from '../lab/processes.ts';
import { pickupGroup, pickupPolicy } from '../pickup/policy.ts';

const EVENTS_MAX = 2_000;
const WAITING_MAX = 500;
const LISTENERS_MAX = 256;
const FOLLOWED_MS = 60_000;
const sees = () => true;

interface World extends Disposable {
  readonly hub: LiveHub;
  readonly listen: (options?: Partial<LiveListenOptions>) => LiveListener;
  /** What rings from now on; told at once. */
  readonly ring: (...calls: readonly RingingCall[]) => Promise<void>;
  readonly rung: (callId: string) => void;
  readonly looks: () => number;
  nowMs: number;
}

const call = (callId: string, ...phones: readonly string[]): RingingCall => ({
  callId,
  callerChannelId: null,
  callerExtension: null,
  callerNumber: '5551234',
  callerName: 'Bob',
  dialled: ['600'],
  ringingSinceMs: 1000,
  legs: phones.map((extension) => ({
    channelId: `${callId}-${extension}`,
    channelName: `PJSIP/${extension}-1`,
    extension,
    ringingSinceMs: 1000,
  })),
});

const world = (): World => {
  let ringing: readonly RingingCall[] = [];
  let looks = 0;
  const groups = [
    pickupGroup('sales', { 1002: 'both', 1003: 'both' }),
    pickupGroup('b', { 1004: 'both', 1005: 'both' }),
  ];
  const rights = compileRights(pickupPolicy({ groups }));
  const hub = createLiveHub({
    nowMs: () => made.nowMs,
    monotonicMs: () => made.nowMs,
    board: () => ({ calls: calls.board(), status: null }),
    onWanted: () => undefined,
  });
  const calls = createLiveCalls({
    hub,
    ringing: () => {
      looks += 1;
      return ringing;
    },
    rights: () => rights,
    mayTake: (one, held) => whoMayTake(held, one, 0),
    alerts: null,
    monotonicMs: () => made.nowMs,
  });
  const made: World = {
    hub,
    nowMs: 1000,
    listen: (options = {}) => {
      const listener = hub.listen({ lastEventId: null, sees, ...options });
      if (!listener) throw new Error('no room');
      return listener;
    },
    async ring(...next) {
      ringing = next;
      const before = looks;
      calls.onBoardChange();
      if (hub.isWanted()) await eventually(() => looks > before, 20_000, 10);
    },
    rung: (callId) => {
      ringing = ringing.filter((one) => one.callId !== callId);
      calls.onRung({
        callId,
        startedAtMs: 1000,
        endedAtMs: 2000,
        ringMs: 1000,
        outcome: 'answered',
        answeredBy: '1002',
        takenFrom: null,
        callerNumber: '5551234',
        callerName: 'Bob',
        callerExtension: null,
        dialled: '600',
        extensions: [],
      });
    },
    looks: () => looks,
    [Symbol.dispose]: () => {
      calls[Symbol.dispose]();
      hub[Symbol.dispose]();
    },
  };
  return made;
};

const take = async (listener: LiveListener, count: number): Promise<LiveEvent[]> => {
  const events: LiveEvent[] = [];
  for (let at = 0; at < count; at += 1) {
    const event = await listener.next();
    if (event) events.push(event);
  }
  return events;
};
const note = (text: string) => ({ type: 'notice', data: { kind: 'test', extension: null, text } }) as const;
const seesAs = (extension: string) => (event: LiveEvent) =>
  event.concern === null || event.concern.takers.includes(extension);

describe('live events', () => {
  it('begin with the board, and tell a call that appears, changes, pauses and ends, in order', async () => {
    using here = world();
    const early = here.listen();
    await here.ring(call('a', '1002'));
    const listener = here.listen();
    await here.ring(call('a', '1002', '1004'));
    await here.ring();
    await here.ring(call('a', '1004'));
    here.rung('a');
    const events = await take(listener, 5);
    expect(events.map(({ type }) => type)).toEqual(['board', 'ringing', 'ringing', 'ringing', 'rung']);
    expect(events[0]?.data).toMatchObject({ missed: false, ringing: [{ callId: 'a', mayTake: ['1003'] }] });
    const phones = events.map((event) =>
      event.type === 'ringing' ? event.data.legs.map(({ extension }) => extension).join(' ') : null,
    );
    expect(phones).toEqual([null, '1002 1004', '', '1004', null]);
    expect((await take(early, 2)).map(({ type }) => type)).toEqual(['board', 'ringing']);
  });

  it('go on behind the event that a listener names, without a gap and without a repetition', async () => {
    using here = world();
    const first = here.listen();
    for (const text of ['1', '2', '3', '4']) here.hub.emit(note(text));
    const [, , second] = await take(first, 3);
    first.close();
    here.hub.emit(note('5'));
    const next = here.listen({ lastEventId: second?.id ?? '' });
    here.hub.emit(note('6'));
    const texts = (await take(next, 4)).map((event) =>
      event.type === 'notice' ? event.data.text : event.type,
    );
    expect(texts).toEqual(['3', '4', '5', '6']);
  });

  it('begin anew, and say so, behind an event that is too old, of another start, or none at all', async () => {
    using here = world();
    const [board] = await take(here.listen(), 1);
    for (let at = 0; at <= EVENTS_MAX; at += 1) here.hub.emit(note(`${at}`));
    const [boot = ''] = (board?.id ?? '').split('-');
    for (const lastEventId of [
      board?.id ?? '',
      'deadbeef-3',
      'x',
      '',
      `${boot}-999999`,
      `${boot}--1`,
      `${boot}-1e3`,
    ]) {
      const [event] = await take(here.listen({ lastEventId }), 1);
      expect(event).toMatchObject({ type: 'board', data: { missed: true } });
    }
  });

  it('drop a listener that is slow, tell it, and keep the others', async () => {
    using here = world();
    const slow = here.listen();
    const quick = here.listen();
    await take(slow, 1);
    await take(quick, 1);
    for (let at = 0; at < WAITING_MAX * 3; at += 1) {
      here.hub.emit(note(`${at}`));
      expect((await quick.next())?.type).toBe('notice');
    }
    expect(here.hub.listeners()).toBe(1);
    expect((await slow.next())?.type).toBe('dropped');
    expect(await slow.next()).toBeNull();
  });

  it('have room for so many listeners and no more, and a place again when one goes', () => {
    using here = world();
    const listeners = Array.from({ length: LISTENERS_MAX }, () => here.listen());
    expect(here.hub.listen({ lastEventId: null, sees })).toBeNull();
    listeners[0]?.close();
    listeners[0]?.close();
    expect(here.hub.listeners()).toBe(LISTENERS_MAX - 1);
    expect(here.hub.listen({ lastEventId: null, sees })).not.toBeNull();
  });

  it('look at nothing while nobody listens, and for a while behind the last one', async () => {
    using here = world();
    await here.ring(call('a', '1002'));
    expect(here.looks()).toBe(0);
    const listener = here.listen();
    const [board] = await take(listener, 1);
    listener.close();
    await here.ring(call('a', '1002'), call('b', '1004'));
    const back = here.listen({ lastEventId: board?.id ?? '' });
    expect((await take(back, 1))[0]).toMatchObject({ type: 'ringing', data: { callId: 'b' } });
    back.close();
    here.nowMs += FOLLOWED_MS;
    const looks = here.looks();
    await here.ring();
    expect(here.looks()).toBe(looks);
    const late = here.listen({ lastEventId: board?.id ?? '' });
    expect((await take(late, 1))[0]).toMatchObject({ type: 'board', data: { missed: true, ringing: [] } });
  });

  it('show a listener only what he may see, and tell him when a call that he saw is his no longer', async () => {
    using here = world();
    await here.ring(call('a', '1002'));
    const his = here.listen({ sees: seesAs('1003') });
    await here.ring(call('a', '1002'), call('b', '1004'));
    await here.ring(call('a', '1004'), call('b', '1004'));
    await here.ring(call('a', '1004'), call('b', '1004', '1002'));
    here.rung('a');
    here.rung('b');
    const events = await take(his, 4);
    expect(events.map(({ type, concern }) => `${type} ${concern?.callId ?? ''}`)).toEqual([
      'board ',
      'ringing a',
      'ringing b',
      'rung b',
    ]);
    expect(events[1]?.data).toMatchObject({ legs: [], mayTake: [] });
  });

  it('wake a listener that waits when the stream ends', async () => {
    using here = world();
    const listener = here.listen();
    await take(listener, 1);
    const waiting = listener.next();
    listener.close();
    expect(await waiting).toBeNull();
    here.hub.emit(note('late'));
    expect(await listener.next()).toBeNull();
  });
});
