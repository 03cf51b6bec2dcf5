// Live events on their way to browsers: told once to the web thread, whole boards after gaps, and no more underway than it reads.
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLiveHub, type LiveHub } from '../../src/daemon/live-hub.ts';
import { feedWeb, type WebFeed } from '../../src/daemon/web-feed.ts';
import { createWebLive, type WebLive } from '../../src/daemon/web-live.ts';
import type { WebOrder, WebSaying } from '../../src/daemon/web-messages.ts';
import type { LiveCall, LiveEvent, LiveEvents } from '../../src/http/live-ports.ts';
import { eventually } from '../lab/processes.ts';

const DEADLINE_MS = 20_000;

const callOf = (callId: string): LiveCall => {
  const told = {
    callId,
    callerNumber: '5550100',
    ringingSinceMs: 1_000,
    callerExtension: null,
    dialled: [],
    legs: [{ extension: '1002' }],
    mayTake: [],
  };
  return told as unknown as LiveCall;
};

interface Scene {
  readonly hub: LiveHub;
  readonly web: WebLive;
  /** False: the web thread reads nothing. */
  isReading: boolean;
  readonly orders: WebOrder[];
}

function scene(calls: readonly string[] = []): Scene {
  const hub = createLiveHub({
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
    board: () => ({ status: null, calls: calls.map((id) => ringing(id)) }),
    onWanted: () => undefined,
  });
  let feed: WebFeed | null = null;
  const made: Scene = {
    hub,
    isReading: true,
    orders: [],
    web: createWebLive({
      send: hear,
      nowMs: Date.now,
      monotonicMs: () => performance.now(),
      names: (extensions) => (extensions.includes('1002') ? { '1002': 'Eva Brown' } : {}),
    }),
  };
  function hear(saying: WebSaying): void {
    if (saying.type === 'read') feed?.read(saying.events);
    if (saying.type !== 'live') return;
    feed?.[Symbol.dispose]();
    feed = saying.isWanted ? feedWeb(() => hub, pass, fail) : null;
  }
  function fail(error: unknown): void {
    throw error;
  }
  function pass(order: WebOrder): void {
    made.orders.push(structuredClone(order));
    const isLive = order.type === 'board' || order.type === 'event' || order.type === 'no-live';
    if (made.isReading && isLive) made.web.onOrder(structuredClone(order));
  }
  onTestFinished(() => {
    feed?.[Symbol.dispose]();
    made.web[Symbol.dispose]();
  });
  return made;
}

const ringing = (callId: string): LiveEvent => ({
  id: '',
  type: 'ringing',
  atMs: 1,
  data: callOf(callId),
  concern: { callId, extensions: ['1002'], takers: ['1003', '1004'] },
});

async function boardOf(live: LiveEvents, extension: string, lastEventId: string | null = null) {
  const listener = live.listen({
    lastEventId,
    sees: ({ type, concern }) => type === 'board' || concern?.takers.includes(extension) === true,
  });
  const first = await listener?.next();
  return { listener, first };
}

describe('live events for browsers', () => {
  it('begin with what rings and whom it concerns, and go on with what is told', async () => {
    const { hub, web } = scene(['a']);
    const { listener, first } = await boardOf(await web.events(), '1004');
    expect(first?.type === 'board' ? first.data.ringing.map(({ callId }) => callId) : first).toEqual(['a']);
    const other = await boardOf(await web.events(), '1009');
    expect(other.first?.type === 'board' ? other.first.data.ringing : other.first).toEqual([]);
    hub.emit({ type: 'ringing', data: callOf('b') }, { callId: 'b', extensions: [], takers: ['1004'] });
    expect(await listener?.next()).toMatchObject({ type: 'ringing', data: { callId: 'b' } });
    const late = await boardOf(await web.events(), '1004');
    expect(late.first?.type === 'board' ? late.first.data.ringing : []).toHaveLength(2);
    expect(hub.listeners()).toBe(1);
  });

  it('go on where a browser was, and name whose the phones are that he is shown, and no others', async () => {
    const { hub, web } = scene(['a']);
    const live = await web.events();
    const { listener, first } = await boardOf(live, '1004');
    expect(first).toMatchObject({ type: 'board', names: { '1002': 'Eva Brown' } });
    const concern = { callId: 'b', extensions: ['1002'], takers: ['1004'] };
    const told: (LiveEvent | null | undefined)[] = [];
    for (const takers of [['1004'], ['1009']]) {
      hub.emit({ type: 'ringing', data: callOf('b') }, { ...concern, takers });
      told.push(await listener?.next());
    }
    expect(told.map((event) => event?.names)).toEqual([{ '1002': 'Eva Brown' }, undefined]);
    expect(told[1]).toMatchObject({ data: { callId: 'b', legs: [] } });
    // Whoever calls from outside may send the number of any extension.
    const alert = { ...callOf('b'), extensions: ['1004'], rangMs: 1, afterS: 1, told: [] };
    hub.emit({ type: 'alert', data: { ...alert, callerNumber: '1002' } }, { ...concern, takers: ['1004'] });
    expect((await listener?.next())?.names).toEqual({});
    listener?.close();
    const back = await boardOf(live, '1009', told[0]?.id);
    expect(back.first).toMatchObject({ type: 'ringing', id: told[1]?.id, data: { callId: 'b' } });
  });

  it('are not sent beyond what the thread reads; then comes a whole board, and who comes back is told of the gap', async () => {
    const made = scene(['a']);
    const { hub, web, orders } = made;
    const { listener, first } = await boardOf(await web.events(), '1004');
    made.isReading = false;
    const notice = (text: string) =>
      hub.emit({ type: 'notice', data: { kind: 'test', extension: null, text } });
    for (let index = 0; index < 3_000; index += 1) {
      notice(String(index));
      if (index % 100 === 0) await new Promise((resolve) => void setImmediate(resolve));
    }
    expect(orders.length).toBeLessThan(520);
    made.isReading = true;
    const boards = () => orders.filter(({ type }) => type === 'board').length;
    // What it had been sent before is read at last.
    const read = orders.filter(({ type }) => type === 'event');
    for (const order of read) if (order.type === 'event') web.onOrder(order);
    expect(await eventually(() => boards() > 1, DEADLINE_MS)).toBe(true);
    expect(await eventually(() => web.listeners() === 0, DEADLINE_MS)).toBe(true);
    expect(await listener?.next()).toBeNull();
    const again = await boardOf(await web.events(), '1004', first?.id);
    expect(again.first).toMatchObject({ type: 'board', data: { missed: true } });
  });

  it('are refused with a sentence while the daemon is starting', async () => {
    const web: WebLive = createWebLive({
      send: (saying) => {
        if (saying.type === 'live' && saying.isWanted) web.onOrder({ type: 'no-live' });
      },
      nowMs: Date.now,
      monotonicMs: () => performance.now(),
    });
    onTestFinished(() => web[Symbol.dispose]());
    await expect(web.events()).rejects.toThrow(/still starting/);
  });

  it('are told of a failure as of no live events, and again when they can be told', async () => {
    const orders: WebOrder[] = [];
    const problems: string[] = [];
    let failures = 1;
    const live = (): LiveEvents | null => {
      failures -= 1;
      if (failures >= 0) throw new TypeError('a mistake');
      return null;
    };
    const feed = feedWeb(
      live,
      (order) => void orders.push(order),
      (error) => void problems.push(String(error)),
    );
    onTestFinished(() => feed[Symbol.dispose]());
    expect(await eventually(() => orders.length >= 2, DEADLINE_MS)).toBe(true);
    expect(problems).toEqual(['TypeError: a mistake']);
    expect(orders.slice(0, 2)).toEqual([{ type: 'no-live' }, { type: 'no-live' }]);
  });
});
