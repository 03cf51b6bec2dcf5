// Exceptions over the API: given with a reason and an end, extended, taken away, by who holds both rights.
import { describe, expect, it } from 'vitest';
import { addExceptions } from '../../../src/admin/exceptions.ts';
import { setExtensions } from '../../../src/admin/extensions.ts';
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

  it('are found by user, country, reason and owner, the first to end first', async () => {
    const { ask, give, context, untilMs } = inMexico();
    setExtensions(context, ['1002'], { name: 'Otto' });
    await give({ countries: ['US'] });
    await give({ countries: ['FR'], untilMs, owner: 'Ana' });
    await give({ extensions: ['1002'], countries: ['IT'], untilMs: untilMs - 1, reason: 'summit' });
    const found = async (query: string) => {
      const { body } = await ask('get', `/exceptions?order=end&${query}`);
      return [body.count, body.rows.map(({ target }: { target: string }) => target)];
    };
    expect(await found('limit=2')).toEqual([3, ['IT', 'FR']]);
    expect(await found('search=otto')).toEqual([1, ['IT']]);
    expect(await found('search=ANA')).toEqual([1, ['FR']]);
    expect(await found('search=france')).toEqual([1, ['FR']]);
    expect(await found('search=SUMMIT')).toEqual([1, ['IT']]);
    const { next, rows } = (await ask('get', '/exceptions?order=end&limit=2')).body;
    expect(rows[0].name).toBe('Otto');
    await ask('post', '/exceptions/remove', { body: { ids: [rows[1].id] } });
    expect(await found(`cursor=${next}`)).toEqual([2, ['US']]);
  });

  it('are extended and taken away together, all or none', async () => {
    const { ask, give, untilMs } = inMexico();
    await give({ countries: ['FR', 'IT'], untilMs });
    const { rows } = (await ask('get', '/exceptions')).body;
    const ids = rows.map(({ id }: { id: number }) => id);
    const extend = (body: object) => ask('post', '/exceptions/extend', { body });
    expect((await extend({ ids, untilMs: untilMs + DAY_MS })).body.changes).toHaveLength(2);
    expect((await extend({ ids: [...ids, 99], untilMs })).status).toBe(404);
    expect((await extend({ ids, untilMs: 1 })).status).toBe(400);
    expect((await extend({ ids: [], untilMs })).status).toBe(400);
    const after = (await ask('get', '/exceptions')).body.rows;
    expect(after.map((row: { untilMs: number }) => row.untilMs - untilMs)).toEqual([DAY_MS, DAY_MS]);
    expect((await ask('post', '/exceptions/remove', { body: { ids: [...ids, 99] } })).status).toBe(404);
    expect((await ask('post', '/exceptions/remove', { body: { ids } })).body.changes).toHaveLength(2);
  });

  it('that somebody else has given another end since they were shown stay as they are', async () => {
    const { ask, give, untilMs } = inMexico();
    await give({ countries: ['FR', 'IT'], untilMs });
    const { rows } = (await ask('get', '/exceptions')).body;
    const ids = rows.map(({ id }: { id: number }) => id);
    const shown = { ids, ends: [untilMs, untilMs] };
    const later = untilMs + DAY_MS;
    const extend = (body: object) => ask('post', '/exceptions/extend', { body });
    expect((await extend({ ids: [ids[1]], ends: [untilMs], untilMs: later })).status).toBe(200);
    const stale = { status: 412, body: { code: 'stale' } };
    expect(await extend({ ...shown, untilMs: untilMs + 1 })).toMatchObject(stale);
    expect(await ask('post', '/exceptions/remove', { body: shown })).toMatchObject(stale);
    expect((await ask('get', '/exceptions')).body.rows).toHaveLength(2);
    expect((await extend({ ids, ends: [untilMs], untilMs: later })).status).toBe(400);
    const gone = { ids: [...ids, 99], ends: [untilMs, later, null] };
    expect((await ask('post', '/exceptions/remove', { body: gone })).status).toBe(404);
    const now = { ids, ends: [untilMs, later] };
    expect((await ask('post', '/exceptions/remove', { body: now })).body.changes).toHaveLength(2);
  });

  it('that go are those that a list of as many days shows', async () => {
    const { ask, context } = inMexico();
    const ended = {
      prefixes: [],
      numbers: [],
      action: 'allow',
      premium: false,
      owner: '',
      fromMs: null,
    } as const;
    for (const [days, region] of [
      [40, 'FR'],
      [3, 'IT'],
    ] as const) {
      const asked = { ...ended, countries: [region], reason: 'fair', untilMs: context.nowMs - days * DAY_MS };
      addExceptions(context, ['1001'], asked);
    }
    const list = async (days: number) => {
      const { body } = await ask('get', `/exceptions?show=expired&order=end&endedForDays=${days}`);
      return body.rows.map(({ target }: { target: string }) => target);
    };
    expect([await list(0), await list(30), await list(41)]).toEqual([['FR', 'IT'], ['FR'], []]);
    const prune = async (olderThanDays: number) =>
      (await ask('post', '/exceptions/prune', { body: { olderThanDays } })).body.changes.length;
    expect([await prune(30), await prune(30), await prune(0)]).toEqual([1, 0, 1]);
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
        await ask('post', '/exceptions/extend', { as, body: { ids: [2], untilMs } }),
        await ask('post', '/exceptions/remove', { as, body: { ids: [2] } }),
      ].map(({ status }) => status);
    expect(await askAll(withRights('policy.read', 'system.write'))).toEqual(Array(6).fill(403));
    expect(await askAll(withRights('policy.read', 'users.write'))).toEqual(Array(6).fill(403));
    expect(await askAll(withRights('system.write', 'users.write'))).toEqual(Array(6).fill(200));
    expect((await ask('get', '/exceptions', { as: withRights('users.write') })).status).toBe(403);
    expect((await ask('get', '/exceptions/1', { as: withRights('users.write') })).status).toBe(403);
  });
});
