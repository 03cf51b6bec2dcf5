// Limits and quarantine over the API: what is limited and how much of it is used, who is held and who lets them go.
import { describe, expect, it } from 'vitest';
import { listUsedLimits } from '../../../src/admin/limit-list.ts';
import { setSettings } from '../../../src/admin/settings.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { toCallRow, writeCalls } from '../../../src/store/calls.ts';
import { callRecord } from '../../store/call-record.ts';
import { tempContext } from '../../store/temp-store.ts';
import { apiHouse, withRights } from './house.ts';

describe('limits over the API', () => {
  it('are set, changed in their place, read one by one and forgotten', async () => {
    const { ask, change } = apiHouse();
    const set = await change('post', '/limits', { measure: 'calls', amount: '20/h' });
    expect(set.body.changes).toMatchObject([{ action: 'limit-added', subject: 'limit 1' }]);
    const words = { measure: 'calls', amount: '30/h', warn: 50, action: 'quarantine', quarantineFor: '4h' };
    expect((await change('post', '/limits', words)).body.changes).toMatchObject([
      { action: 'limit-changed' },
    ]);
    expect((await ask('get', '/limits/1')).body).toMatchObject({
      amount: '30/h',
      of: 'organisation',
      warnPercent: 50,
      quarantineFor: '4h',
    });
    expect((await change('delete', '/limits/1')).status).toBe(200);
    expect((await ask('get', '/limits')).body).toEqual({ limits: [] });
    expect((await ask('get', '/limits/1')).status).toBe(404);
  });

  it('are not set over what somebody else has set meanwhile', async () => {
    const { ask, change } = apiHouse();
    const etag = (await ask('get', '/limits')).headers.get('etag') ?? '';
    await change('post', '/limits', { measure: 'calls', amount: '20/h' });
    const late = await ask('post', '/limits', { body: { measure: 'calls', amount: '9/h' }, ifMatch: etag });
    expect(late.status).toBe(412);
    expect((await ask('post', '/limits', { body: { measure: 'calls', amount: '9/h' } })).status).toBe(428);
    const one = (await ask('get', '/limits/1')).headers.get('etag') ?? '';
    await change('post', '/limits', { measure: 'calls', amount: '21/h' });
    expect((await ask('delete', '/limits/1', { ifMatch: one })).status).toBe(412);
  });

  it.each([
    [{ measure: 'calls', amount: '20' }, 'How many calls in what time'],
    [{ measure: 'cals', amount: '20/h' }, 'Did you mean calls?'],
    [{ measure: 'calls', amount: '20/h', warn: 0 }, 'warn'],
    [{ measure: 'duration', amount: '1h', action: 'deny' }, '--then means nothing'],
  ])('are refused with a sentence: %j', async (body, sentence) => {
    const { ask } = apiHouse();
    const refused = await ask('post', '/limits', { body, ifMatch: '*' });
    expect(refused).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(refused.body.detail).toContain(sentence);
  });

  it('show what the calls on record have used up', async () => {
    const context = tempContext();
    const heavy = { read: () => Promise.resolve(listUsedLimits(context.store, context.nowMs)) };
    const { ask, change } = apiHouse({ store: () => context.store, heavy: heavy as never });
    setSettings(context, new Map([['home-region', ['MX']]]));
    await change('post', '/limits', { measure: 'calls', amount: '2/h' });
    const call = callRecord('one', {
      party: '1001',
      classes: ['chargeable', 'international'],
      verdict: 'continue',
      outcome: 'said',
      atMs: context.nowMs - 60_000,
    });
    writeCalls(context.store, [toCallRow(call)]);
    expect((await ask('get', '/limit-uses')).body.limits).toMatchObject([
      { id: 1, max: 2, used: 1, extensions: [{ extension: '1001', used: 1 }] },
    ]);
  });

  it('need the right over the system', async () => {
    const { ask } = apiHouse();
    const as = withRights('policy.read', 'users.write');
    expect((await ask('get', '/limits', { as })).status).toBe(200);
    const body = { measure: 'calls', amount: '20/h' };
    expect((await ask('post', '/limits', { as, body, ifMatch: '*' })).status).toBe(403);
    expect((await ask('delete', '/limits/1', { as, ifMatch: '*' })).status).toBe(403);
    expect((await ask('get', '/limit-uses', { as: withRights('live.read') })).status).toBe(403);
  });
});

describe('quarantine over the API', () => {
  it('holds extensions with a reason and an end, and lets them go', async () => {
    const { ask, context } = apiHouse();
    const untilMs = context.nowMs + 3_600_000;
    const body = { extensions: ['1001-1002'], reason: 'Odd calls at night', untilMs };
    expect((await ask('post', '/quarantines', { body })).status).toBe(200);
    const held = await ask('get', '/quarantines');
    expect(held.body.quarantines).toMatchObject([
      { extension: '1001', reason: 'Odd calls at night', by: 'user:maria', sinceMs: context.nowMs, untilMs },
      { extension: '1002' },
    ]);
    const released = await ask('post', '/quarantines/release', { body: { extensions: ['1001'] } });
    expect(released.body.changes).toMatchObject([{ action: 'quarantine-released' }]);
    expect((await ask('get', '/quarantines')).body.quarantines).toHaveLength(1);
    expect(readAudit(context.store, { limit: 1 })).toMatchObject([{ actor: 'user:maria' }]);
    const again = await ask('post', '/quarantines/release', { body: { extensions: ['1001'] } });
    expect(again.status).toBe(404);
  });

  it.each([
    [{ extensions: ['1001'], reason: '' }],
    [{ extensions: [], reason: 'x' }],
    [{ extensions: ['10 01;'], reason: 'x' }],
    [{ extensions: ['1001'], reason: 'x', untilMs: 1 }],
    [{ extensions: ['1-20000'], reason: 'x' }],
  ])('refuses %j', async (body) => {
    const { ask } = apiHouse();
    expect((await ask('post', '/quarantines', { body })).status).toBe(400);
  });

  it('needs the right over users', async () => {
    const { ask } = apiHouse();
    const as = withRights('policy.read', 'system.write');
    expect((await ask('get', '/quarantines', { as })).status).toBe(200);
    const body = { extensions: ['1001'] };
    expect((await ask('post', '/quarantines/release', { as, body })).status).toBe(403);
    expect((await ask('post', '/quarantines', { as, body: { ...body, reason: 'x' } })).status).toBe(403);
  });
});
