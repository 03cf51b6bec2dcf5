// Pickup groups, rights, protections and the any-call right over the API, and why a call may be taken or not.
import { describe, expect, it } from 'vitest';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { addPickupGroup } from '../../../src/admin/pickup-groups.ts';
import { addPickupMembers } from '../../../src/admin/pickup-members.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { apiHouse, withRights, type ApiHouse } from './house.ts';

/** 1001 and 1002 take each other's calls; 1003 takes theirs. */
function withSales(): ApiHouse {
  const house = apiHouse();
  addPickupGroup(house.context, 'sales', { number: '7' });
  addPickupMembers(house.context, 'sales', ['1001-1002'], 'both');
  addPickupMembers(house.context, 'sales', ['1003'], 'interceptor');
  return house;
}

describe('pickup groups over the API', () => {
  it('are made once, numbered, filled, emptied and taken away', async () => {
    const { ask, change, context } = apiHouse();
    expect((await ask('post', '/pickup/groups', { body: { name: 'night' } })).status).toBe(200);
    expect((await ask('post', '/pickup/groups', { body: { name: 'sales', number: '7' } })).status).toBe(200);
    expect((await ask('post', '/pickup/groups', { body: { name: 'sales' } })).status).toBe(409);
    const members = { extensions: ['1001-1002'], groups: ['night'], role: 'interceptor' };
    expect((await ask('post', '/pickup/groups/sales/members', { body: members })).status).toBe(200);
    expect((await ask('get', '/pickup/groups/sales')).body).toMatchObject({
      number: '7',
      alertAfterS: null,
      members: [{ extension: '1001', interceptor: true, target: false }, { extension: '1002' }],
      memberGroups: [{ group: 'night' }],
      interceptors: ['1001', '1002'],
      targets: [],
    });
    await change('patch', '/pickup/groups/sales', { alertAfterS: 20, number: null });
    expect((await ask('get', '/pickup/groups')).body.groups).toEqual([
      {
        name: 'night',
        number: null,
        alertAfterS: null,
        members: 0,
        memberGroups: 0,
        interceptors: 0,
        targets: 0,
      },
      {
        name: 'sales',
        number: null,
        alertAfterS: 20,
        members: 2,
        memberGroups: 1,
        interceptors: 2,
        targets: 0,
      },
    ]);
    const removed = await ask('post', '/pickup/groups/sales/members/remove', {
      body: { extensions: ['1002'] },
    });
    expect(removed.body.changes).toMatchObject([{ action: 'pickup-member-removed' }]);
    const gone = await change('delete', '/pickup/groups/night');
    expect(gone.status).toBe(200);
    expect((await ask('get', '/pickup/groups/sales')).body.memberGroups).toEqual([]);
    expect(readAudit(context.store, { limit: 1 })).toMatchObject([{ actor: 'user:maria' }]);
  });

  it('are not written over by who has not seen the last change', async () => {
    const { ask, change } = withSales();
    const etag = (await ask('get', '/pickup/groups/sales')).headers.get('etag') ?? '';
    await change('patch', '/pickup/groups/sales', { number: '8' });
    const late = await ask('patch', '/pickup/groups/sales', { body: { number: '9' }, ifMatch: etag });
    expect(late.status).toBe(412);
    expect((await ask('delete', '/pickup/groups/sales', { ifMatch: etag })).status).toBe(412);
    expect((await ask('delete', '/pickup/groups/sales')).status).toBe(428);
  });

  it('are refused where they cannot be so', async () => {
    const { ask } = withSales();
    const circle = { groups: ['sales'] };
    const inItself = await ask('post', '/pickup/groups/sales/members', { body: circle });
    expect(inItself.body.detail).toContain('cannot be in itself');
    const twice = await ask('post', '/pickup/groups', { body: { name: 'night', number: '7' } });
    expect(twice.body.detail).toContain('cannot both have the number 7');
    expect((await ask('post', '/pickup/groups', { body: { name: 'a b' } })).status).toBe(400);
    expect((await ask('post', '/pickup/groups', { body: { name: 'x', number: 'seven' } })).status).toBe(400);
    expect((await ask('post', '/pickup/groups', { body: { name: 'x', alertAfterS: 601 } })).status).toBe(400);
    const role = { extensions: ['1001'], role: 'boss' };
    expect((await ask('post', '/pickup/groups/sales/members', { body: role })).status).toBe(400);
    expect((await ask('get', '/pickup/groups/sale')).body.detail).toContain('Did you mean sales?');
  });

  it('go out as a table and come in as one, after a look at what it would change', async () => {
    const { ask } = withSales();
    const out = await ask('get', '/pickup/groups.csv');
    expect(out.headers.get('content-type')).toContain('text/csv');
    const table = `${out.body}night,9,,1010,,both\r\n`;
    const look = await ask('post', '/pickup/groups.csv?dryRun=true', { body: table });
    expect(look.body).toMatchObject({ changes: [{ subject: 'pickup group night' }, {}] });
    expect((await ask('get', '/pickup/groups')).body.groups).toHaveLength(1);
    expect((await ask('post', '/pickup/groups.csv', { body: table })).status).toBe(200);
    expect((await ask('get', '/pickup/groups/night')).body.targets).toEqual(['1010']);
    const wrong = await ask('post', '/pickup/groups.csv', { body: 'group,role\nsales,boss\n' });
    expect(wrong.body.errors.join()).toContain('line 2');
  });
});

describe('pickup rights over the API', () => {
  it('are given with an end, listed, pruned and taken away', async () => {
    const { ask, change, context } = withSales();
    const untilMs = context.nowMs + 86_400_000;
    const right = { picker: '1010', target: 'group:sales', untilMs, reason: 'Holidays' };
    const given = await ask('post', '/pickup/rights', { body: right });
    expect(given.body.changes).toMatchObject([{ action: 'pickup-right-added', subject: 'pickup right 1' }]);
    expect((await ask('post', '/pickup/rights', { body: right })).status).toBe(409);
    expect((await ask('get', '/pickup/rights?extension=1010')).body).toEqual({
      rows: [{ id: 1, ...right, fromMs: null, schedule: '', state: 'active' }],
      next: null,
      names: {},
    });
    expect((await ask('get', '/pickup/rights?show=expired')).body.rows).toEqual([]);
    const etag = (await ask('get', '/pickup/rights/1')).headers.get('etag') ?? '';
    expect((await ask('delete', '/pickup/rights/1')).status).toBe(428);
    expect((await ask('post', '/pickup/rights/prune')).body.changes).toEqual([]);
    expect((await ask('delete', '/pickup/rights/1', { ifMatch: etag })).status).toBe(200);
    expect((await change('delete', '/pickup/rights/1')).status).toBe(404);
  });

  it.each([
    [{ picker: '1010', target: '1010' }],
    [{ picker: 'group:', target: 'any' }],
    [{ picker: '1010', target: 'any', untilMs: 1 }],
    [{ picker: '1010', target: 'any', fromMs: 9_999_999_999_999, untilMs: 9_999_999_999_998 }],
    [{ picker: '1010', target: 'any', reason: 'a\nb' }],
  ])('are refused: %j', async (body) => {
    const { ask } = withSales();
    expect((await ask('post', '/pickup/rights', { body })).status).toBe(400);
  });

  it('come page by page', async () => {
    const { ask } = withSales();
    for (const target of ['1001', '1002', 'any']) {
      // oxlint-disable-next-line no-await-in-loop -- in this order
      await ask('post', '/pickup/rights', { body: { picker: '1010', target } });
    }
    const first = (await ask('get', '/pickup/rights?limit=2')).body;
    expect(first.rows.map(({ id }: { id: number }) => id)).toEqual([1, 2]);
    const second = (await ask('get', `/pickup/rights?limit=2&cursor=${first.next}`)).body;
    expect(second).toMatchObject({ rows: [{ id: 3, target: 'any' }], next: null });
  });
});

describe('pickup over the API', () => {
  it('says whose the extensions are', async () => {
    const { ask, context } = withSales();
    for (const [extension, name] of Object.entries({ '1001': 'Ana', '1003': 'Eva Brown', '1010': 'Luis' })) {
      setExtensions(context, [extension], { name });
    }
    await ask('post', '/pickup/rights', { body: { picker: '1010', target: '1003' } });
    const protection = { kind: 'extension', value: '1001', allowed: ['1003', 'group:sales'] };
    await ask('post', '/pickup/protections', { body: protection });
    const namesAt = async (path: string) => (await ask('get', path)).body.names;
    expect(await namesAt('/pickup/rights')).toEqual({ '1003': 'Eva Brown', '1010': 'Luis' });
    expect(await namesAt('/pickup/protections')).toEqual({ '1001': 'Ana', '1003': 'Eva Brown' });
    expect(await namesAt('/pickup/groups/sales')).toEqual({ '1001': 'Ana', '1003': 'Eva Brown' });
  });
});

describe('pickup protections over the API', () => {
  it('are put up once, changed by who has seen them, and taken away', async () => {
    const { ask, change } = withSales();
    const caller = {
      kind: 'caller',
      value: '+52 55 1234 5678',
      allowed: ['group:sales'],
      reason: 'The board',
    };
    expect((await ask('post', '/pickup/protections', { body: caller })).status).toBe(200);
    expect((await ask('post', '/pickup/protections', { body: caller })).status).toBe(409);
    const path = `/pickup/protections/caller/${encodeURIComponent('+525512345678')}`;
    const read = await ask('get', path);
    expect(read.body).toEqual({ ...caller, value: '+525512345678' });
    expect((await change('patch', path, { allowed: [] })).status).toBe(200);
    const etag = read.headers.get('etag') ?? '';
    expect((await ask('patch', path, { body: { reason: '' }, ifMatch: etag })).status).toBe(412);
    expect((await ask('get', '/pickup/protections')).body.rows).toMatchObject([
      { allowed: [], reason: 'The board' },
    ]);
    expect((await change('delete', path)).status).toBe(200);
    expect((await ask('patch', path, { body: {}, ifMatch: '*' })).status).toBe(404);
    expect((await ask('post', '/pickup/protections', { body: { ...caller, kind: 'boss' } })).status).toBe(
      400,
    );
  });
});

describe('the any-call right over the API', () => {
  it('is given to extensions and taken from them', async () => {
    const { ask } = withSales();
    const give = (extensions: string[], holds: boolean) =>
      ask('post', '/pickup/any-right', { body: { extensions, holds } });
    expect((await give(['1003', '200'], true)).status).toBe(200);
    expect((await ask('get', '/pickup/any-right')).body.rows).toEqual([
      { extension: '200', name: '' },
      { extension: '1003', name: '' },
    ]);
    expect((await give(['200'], false)).body.changes).toMatchObject([{ action: 'extension-changed' }]);
    expect((await give(['4711'], false)).status).toBe(404);
    expect((await ask('get', '/pickup/any-right')).body.rows).toHaveLength(1);
  });
});

describe('why a call may be taken, over the API', () => {
  it('is told as live pickups are decided', async () => {
    const { ask } = withSales();
    const why = async (query: string) => (await ask('get', `/pickup/why?${query}`)).body;
    expect(await why('picker=1003&target=1002')).toMatchObject({ verdict: 'take', rule: 'group:sales' });
    const closed = await why('picker=1002&target=1003');
    expect(closed).toMatchObject({ verdict: 'no-right', rule: 'no-shared-group', protectedBy: null });
    expect(closed.trace.length).toBeGreaterThan(1);
    await ask('post', '/pickup/protections', { body: { kind: 'extension', value: '1002', reason: 'Boss' } });
    expect(await why('picker=1003&target=1002')).toMatchObject({
      verdict: 'no-right',
      protectedBy: { kind: 'extension', value: '1002', reason: 'Boss' },
    });
    expect(await why('picker=1003&target=7&kind=other-group')).toMatchObject({
      verdict: 'take',
      closed: ['1002'],
    });
    expect((await ask('get', '/pickup/why?picker=1003')).status).toBe(400);
    expect((await ask('get', '/pickup/why?picker=1003&target=1002&kind=exact')).status).toBe(400);
    expect((await ask('get', '/pickup/why?picker=1003&target=1002&atMs=-1')).status).toBe(400);
  });
});

describe('the rights that pickup asks for', () => {
  it('are those of a reader and of the system', async () => {
    const { ask } = withSales();
    const reader = { as: withRights('policy.read', 'users.write', 'pickup') };
    for (const path of ['groups', 'groups/sales', 'groups.csv', 'rights', 'protections', 'any-right']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other is enough
      expect((await ask('get', `/pickup/${path}`, reader)).status).toBe(200);
    }
    const changes = [
      ['post', 'groups'],
      ['patch', 'groups/sales'],
      ['delete', 'groups/sales'],
      ['post', 'groups/sales/members'],
      ['post', 'groups/sales/members/remove'],
      ['post', 'groups.csv'],
      ['post', 'rights'],
      ['post', 'rights/prune'],
      ['delete', 'rights/1'],
      ['post', 'protections'],
      ['patch', 'protections/extension/1001'],
      ['delete', 'protections/extension/1001'],
      ['post', 'any-right'],
    ] as const;
    const answers = changes.map(([method, path]) =>
      ask(method, `/pickup/${path}`, { ...reader, ifMatch: '*' }),
    );
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual(changes.map(() => 403));
  });
});
