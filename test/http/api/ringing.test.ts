// The ringing board over the API: each account sees what it may, and takes calls for its own phone alone.
import { describe, expect, it } from 'vitest';
import { createLiveHub } from '../../../src/daemon/live-hub.ts';
import type { LiveEvent } from '../../../src/http/live-ports.ts';
import type { TakeRequest } from '../../../src/pickup/take.ts';
import { apiHouse, withRights } from './house.ts';

const call = (callId: string, extension: string, takers: readonly string[]): LiveEvent => ({
  id: '',
  type: 'ringing',
  atMs: 1_000,
  data: {
    callId,
    callerChannelId: null,
    callerExtension: null,
    callerNumber: '5550100',
    callerName: 'Ana',
    dialled: [extension],
    ringingSinceMs: 1_000,
    legs: [
      { channelId: `${callId}.1`, channelName: `PJSIP/${extension}-1`, extension, ringingSinceMs: 1_000 },
    ],
    mayTake: takers,
  },
  concern: { callId, extensions: [extension], takers },
});

const status = { health: 'green', problems: [], ari: 'up', ami: 'off', pbx: 'head-office' } as const;

function ringingHouse(outcome: object | null = { outcome: 'unknown' }) {
  const taken: TakeRequest[] = [];
  const hub = createLiveHub({
    nowMs: () => 1_000,
    monotonicMs: () => 1_000,
    board: () => ({
      calls: [call('sales', '1002', ['1001', '1003']), call('director', '1009', [])],
      status,
    }),
    onWanted: () => undefined,
  });
  const house = apiHouse({
    live: () => Promise.resolve(hub),
    daemon: {
      status: () => Promise.resolve(null),
      ringing: () => Promise.resolve([]),
      take: (request) => {
        taken.push(request);
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the test says
        return Promise.resolve(outcome as never);
      },
      testNotice: () => Promise.resolve(null),
      metrics: () => Promise.resolve(''),
    },
  });
  return { ...house, taken, hub };
}

const supervisor = { ...withRights('live.read', 'pickup'), seesAll: false };

describe('the ringing board over the API', () => {
  it('shows every call to who sees all, and to others theirs', async () => {
    const { ask, hub } = ringingHouse();
    const seen = async (as: object) => {
      const { body } = await ask('get', '/ringing', { as });
      expect(body.connected).toBe(true);
      return body.ringing.map(({ callId }: { callId: string }) => callId);
    };
    expect(await seen({})).toEqual(['sales', 'director']);
    expect(await seen({ ...supervisor, extension: '1003' })).toEqual(['sales']);
    expect(await seen({ ...supervisor, extension: '1009' })).toEqual(['director']);
    expect(await seen({ ...supervisor, extension: null })).toEqual([]);
    expect(hub.listeners()).toBe(0);
  });

  it('takes a call for the phone of the account, under its name', async () => {
    const outcome = {
      outcome: 'taken',
      callId: 'sales',
      from: '1002',
      callerNumber: '5550100',
      callerName: 'Ana',
    };
    const { ask, taken } = ringingHouse(outcome);
    const answer = await ask('post', '/ringing/sales/pickup', { as: { ...supervisor, extension: '1003' } });
    expect(answer).toMatchObject({ status: 200, body: outcome });
    expect(taken).toEqual([{ target: 'sales', picker: '1003', by: 'user:maria' }]);
    const forOthers = await ask('post', '/ringing/sales/pickup?for=1005', { as: supervisor });
    expect(forOthers.status).toBe(400);
  });

  it('says why it could not', async () => {
    const refused = { outcome: 'refused', reason: 'already-taken', by: '1002', rule: null };
    expect((await ringingHouse(refused).ask('post', '/ringing/sales/pickup')).body).toEqual(refused);
    const away = await ringingHouse(null).ask('post', '/ringing/sales/pickup');
    expect(away).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    const { ask, taken } = ringingHouse();
    const phoneless = await ask('post', '/ringing/sales/pickup', { as: { extension: null } });
    expect(phoneless.status).toBe(409);
    expect(phoneless.body.detail).toContain('no extension');
    expect(taken).toEqual([]);
  });

  it('needs the rights, and a call that can be named', async () => {
    const { ask, taken } = ringingHouse();
    expect((await ask('get', '/ringing', { as: withRights('calls.read') })).status).toBe(403);
    expect((await ask('post', '/ringing/sales/pickup', { as: withRights('live.read') })).status).toBe(403);
    expect((await ask('post', '/ringing/sales/pickup', { as: null })).status).toBe(401);
    expect((await ask('post', `/ringing/${'x'.repeat(201)}/pickup`)).status).toBe(400);
    expect((await ask('post', '/ringing/a%0Ab/pickup')).status).toBe(400);
    expect(taken).toEqual([]);
  });

  it('says that nothing is known while the daemon starts', async () => {
    expect((await apiHouse().ask('get', '/ringing')).status).toBe(503);
  });
});
