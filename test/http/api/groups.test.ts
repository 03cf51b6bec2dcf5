// Groups over the API: made, changed, filled and taken away, each by who has the right.
import { describe, expect, it } from 'vitest';
import { addRules } from '../../../src/admin/rules.ts';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { setSettings } from '../../../src/admin/settings.ts';
import { apiHouse, withRights } from './house.ts';

async function withSales() {
  const house = apiHouse();
  setSettings(house.context, new Map([['home-region', ['MX']]]));
  await house.ask('post', '/groups', { body: { name: 'sales', right: 'on', level: 'medium' } });
  return house;
}

describe('groups over the API', () => {
  it('are made once, shown and changed by who has seen them', async () => {
    const { ask, change } = await withSales();
    expect((await ask('get', '/groups')).body.groups).toMatchObject([
      { name: 'sales', right: 'on', level: 'medium', memberCount: 0, countryCount: 0 },
    ]);
    expect(await ask('post', '/groups', { body: { name: 'sales' } })).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    expect((await ask('post', '/groups', { body: { name: 'no name!' } })).status).toBe(400);
    const { headers } = await ask('get', '/groups/sales');
    const changed = await change('patch', '/groups/sales', { level: 'high', premium: ['premium'] });
    expect(changed.body.changes).toMatchObject([{ action: 'group-changed' }]);
    const late = { body: { level: null }, ifMatch: headers.get('etag') ?? '' };
    expect((await ask('patch', '/groups/sales', late)).status).toBe(412);
    expect((await ask('patch', '/groups/sales', { body: {} })).status).toBe(428);
    expect((await ask('patch', '/groups/nobody', { body: {}, ifMatch: '*' })).status).toBe(404);
    expect((await change('patch', '/groups/sales', { schedule: 'nights' })).status).toBe(404);
  });

  it('take extensions in and let them go, and say who may call abroad by it', async () => {
    const { ask, context } = await withSales();
    setExtensions(context, ['1001'], {});
    const added = await ask('post', '/groups/sales/members', { body: { extensions: ['1001-1003'] } });
    expect(added.body.notices).toEqual([
      'Not known before, and added: 2.',
      '3 extensions may now call abroad.',
    ]);
    const dropped = await ask('post', '/groups/sales/members/remove', {
      body: { extensions: ['1002', '1009'] },
    });
    expect(dropped.body.notices[0]).toBe('No members of sales: 1009.');
    expect((await ask('get', '/groups/sales')).body.members).toEqual(['1001', '1003']);
    const none = await ask('post', '/groups/nobody/members', { body: { extensions: ['1001'] } });
    expect(none.status).toBe(404);
    expect((await ask('post', '/groups/sales/members', { body: { extensions: [] } })).status).toBe(400);
  });

  it('show what stands under their names, and take it along', async () => {
    const { ask, change, context } = await withSales();
    addRules(context, ['+3314'], {
      action: 'deny',
      group: 'sales',
      exact: false,
      premium: false,
      observe: false,
      reason: 'too dear',
      fromMs: null,
      untilMs: null,
    });
    expect((await ask('get', '/groups/sales')).body.ties.rules).toHaveLength(1);
    const gone = await change('delete', '/groups/sales');
    expect(gone.body.notices).toContain('With it went 1 rule.');
    expect((await ask('get', '/groups/sales')).status).toBe(404);
  });

  it('are given by who keeps the barring, and filled by who keeps the users', async () => {
    const { ask } = await withSales();
    const system = withRights('policy.read', 'system.write');
    const users = withRights('policy.read', 'users.write');
    const members = { extensions: ['1001'] };
    const asUsers = [
      await ask('post', '/groups', { as: users, body: { name: 'board' } }),
      await ask('patch', '/groups/sales', { as: users, body: {}, ifMatch: '*' }),
      await ask('delete', '/groups/sales', { as: users, ifMatch: '*' }),
    ];
    const asSystem = [
      await ask('post', '/groups/sales/members', { as: system, body: members }),
      await ask('post', '/groups/sales/members/remove', { as: system, body: members }),
    ];
    expect([...asUsers, ...asSystem].map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
    expect((await ask('post', '/groups/sales/members', { as: users, body: members })).status).toBe(200);
    expect((await ask('patch', '/groups/sales', { as: system, body: {}, ifMatch: '*' })).status).toBe(200);
    expect((await ask('get', '/groups', { as: withRights('live.read') })).status).toBe(403);
    expect((await ask('get', '/groups/sales', { as: withRights('live.read') })).status).toBe(403);
  });
});
