// Exceptions over the API: given with a reason and an end, extended, taken away, by who holds both rights.
import { describe, expect, it } from 'vitest';
import { setSettings } from '../../../src/admin/settings.ts';
import { apiHouse, withRights } from './house.ts';

const DAY_MS = 86_400_000;

function inMexico() {
  const house = apiHouse();
  setSettings(house.context, new Map([['home-region', ['MX']]]));
  const untilMs = house.context.nowMs + 5 * DAY_MS;
  const give = (body: object) =>
    house.ask('post', '/exceptions', { body: { extensions: ['1001'], reason: 'trade fair', ...body } });
  return { ...house, untilMs, give };
}

describe('exceptions over the API', () => {
  it('are given for countries, prefixes and numbers, with a reason and an end', async () => {
    const { ask, give, untilMs } = inMexico();
    const given = await give({ countries: ['FR'], numbers: ['+541143211234'], untilMs });
    expect(given.body.changes.map(({ action }: { action: string }) => action)).toEqual([
      'extension-added',
      'exception-added',
      'exception-added',
    ]);
    const { rows, next } = (await ask('get', '/exceptions?extension=1001')).body;
    expect(rows).toMatchObject([
      { target: 'FR', state: 'active', untilMs, reason: 'trade fair', premium: false },
      { target: '+541143211234', exact: true, premium: true },
    ]);
    expect(next).toBeNull();
    expect((await give({ countries: ['FR'], untilMs })).status).toBe(409);
  });

  it('are refused without a target, a reason, or an end to come', async () => {
    const { give, context, untilMs } = inMexico();
    const answers = [
      await give({ untilMs }),
      await give({ countries: ['FR'], reason: '' }),
      await give({ countries: ['XX'] }),
      await give({ countries: ['FR'], untilMs: context.nowMs - 1 }),
      await give({ countries: ['FR'], fromMs: untilMs, untilMs }),
      await give({ countries: ['FR'], until: 'friday' }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400]);
    expect(answers[3]?.body.detail).toContain('has passed already');
  });

  it('are listed page by page, those that end soon by their ends', async () => {
    const { ask, give, context, untilMs } = inMexico();
    await give({ countries: ['FR', 'IT', 'AR'], untilMs });
    await give({ countries: ['BR'], untilMs: context.nowMs + DAY_MS });
    await give({ countries: ['US'] });
    const first = (await ask('get', '/exceptions?limit=3')).body;
    expect(first.rows).toHaveLength(3);
    const second = (await ask('get', `/exceptions?limit=3&cursor=${first.next}`)).body;
    expect(second.rows.map(({ target }: { target: string }) => target)).toEqual(['BR', 'US']);
    const soon = (await ask('get', '/exceptions?endsWithinDays=7&limit=2')).body;
    expect(soon.rows.map(({ target }: { target: string }) => target)).toEqual(['BR', 'FR']);
    const later = (await ask('get', `/exceptions?endsWithinDays=7&limit=2&cursor=${soon.next}`)).body;
    expect(later.rows.map(({ target }: { target: string }) => target)).toEqual(['IT', 'AR']);
    expect((await ask('get', '/exceptions?show=expired')).body.rows).toEqual([]);
  });

  it('get another end, or go, by who has seen them', async () => {
    const { ask, change, give, untilMs } = inMexico();
    await give({ countries: ['FR'], untilMs });
    const { rows } = (await ask('get', '/exceptions')).body;
    const path = `/exceptions/${rows[0].id}`;
    const later = untilMs + DAY_MS;
    expect((await change('patch', path, { untilMs: later })).body.changes).toHaveLength(1);
    expect((await ask('get', path)).body.untilMs).toBe(later);
    expect((await change('patch', path, { untilMs: 1 })).status).toBe(400);
    expect((await ask('patch', path, { body: { untilMs: later } })).status).toBe(428);
    const stale = { body: { untilMs: later }, ifMatch: '"another"' };
    expect((await ask('patch', path, stale)).status).toBe(412);
    expect((await change('delete', path)).status).toBe(200);
    expect((await ask('get', path)).status).toBe(404);
    expect((await ask('delete', path, { ifMatch: '*' })).status).toBe(404);
    expect((await ask('get', '/exceptions/first')).status).toBe(400);
  });

  it('are forgotten when they ended long ago', async () => {
    const { ask } = inMexico();
    expect((await ask('post', '/exceptions/prune', { body: {} })).body.changes).toEqual([]);
    expect((await ask('post', '/exceptions/prune', { body: { olderThanDays: -1 } })).status).toBe(400);
  });

  it('need the rights over the barring and over the users', async () => {
    const { ask, give, untilMs } = inMexico();
    await give({ countries: ['FR'], untilMs });
    const body = { extensions: ['1001'], countries: ['IT'], reason: 'fair' };
    const askAll = async (as: ReturnType<typeof withRights>) =>
      [
        await ask('post', '/exceptions', { as, body }),
        await ask('patch', '/exceptions/1', { as, body: { untilMs }, ifMatch: '*' }),
        await ask('delete', '/exceptions/1', { as, ifMatch: '*' }),
        await ask('post', '/exceptions/prune', { as, body: {} }),
      ].map(({ status }) => status);
    expect(await askAll(withRights('policy.read', 'system.write'))).toEqual([403, 403, 403, 403]);
    expect(await askAll(withRights('policy.read', 'users.write'))).toEqual([403, 403, 403, 403]);
    expect(await askAll(withRights('system.write', 'users.write'))).toEqual([200, 200, 200, 200]);
    expect((await ask('get', '/exceptions', { as: withRights('users.write') })).status).toBe(403);
    expect((await ask('get', '/exceptions/1', { as: withRights('users.write') })).status).toBe(403);
  });
});
