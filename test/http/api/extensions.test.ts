// Extensions over the API: looked for, changed one by one, many at once, and as a table.
import { describe, expect, it } from 'vitest';
import { addExceptions } from '../../../src/admin/exceptions.ts';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { setGroup } from '../../../src/admin/groups.ts';
import { addQuarantines } from '../../../src/admin/quarantine.ts';
import { setSettings } from '../../../src/admin/settings.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { apiHouse, withRights } from './house.ts';

/** 1001 to 1030, the group sales with 1001 to 1003, which may call abroad. */
function furnished() {
  const house = apiHouse();
  setGroup(house.context, 'sales', { right: 'on' });
  setExtensions(house.context, ['1001-1030'], {});
  setExtensions(house.context, ['1001-1003'], { groups: ['sales'] });
  setExtensions(house.context, ['1001'], { name: 'Ana Lima', mail: 'ana@example.org' });
  setExtensions(house.context, ['1004'], { right: 'on', level: 'medium' });
  return house;
}

const numbersOf = (body: { rows: { extension: string }[] }) => body.rows.map(({ extension }) => extension);

describe('extensions over the API', () => {
  it('are listed page by page, shorter numbers first, with the count of all', async () => {
    const { ask, context } = furnished();
    setExtensions(context, ['999'], {});
    const first = (await ask('get', '/extensions?limit=3')).body;
    expect(first).toMatchObject({ total: 31, next: '1002' });
    expect(numbersOf(first)).toEqual(['999', '1001', '1002']);
    const second = (await ask('get', `/extensions?limit=3&cursor=${first.next}`)).body;
    expect(numbersOf(second)).toEqual(['1003', '1004', '1005']);
    expect((await ask('get', '/extensions?limit=500')).body.next).toBeNull();
  });

  it('are found by number, name, mail, right, group, level, exceptions and quarantine', async () => {
    const { ask, context } = furnished();
    const untilMs = context.nowMs + 86_400_000;
    const asked = { countries: ['FR'], prefixes: [], numbers: [], action: 'allow' as const };
    setSettings(context, new Map([['home-region', ['MX']]]));
    addExceptions(context, ['1010'], {
      ...asked,
      premium: false,
      reason: 'fair',
      owner: '',
      fromMs: null,
      untilMs,
    });
    addQuarantines(context, ['1020'], { untilMs, reason: 'odd calls' });
    const found = async (query: string) => numbersOf((await ask('get', `/extensions?${query}`)).body);
    expect(await found('search=102')).toHaveLength(10);
    expect(await found('search=LIMA')).toEqual(['1001']);
    expect(await found('search=example.org')).toEqual(['1001']);
    expect(await found('international=on')).toEqual(['1001', '1002', '1003', '1004']);
    expect(await found('group=sales')).toEqual(['1001', '1002', '1003']);
    expect(await found('level=medium')).toEqual(['1004']);
    expect(await found('exceptions=true')).toEqual(['1010']);
    expect(await found('quarantined=true')).toEqual(['1020']);
    const { rows } = (await ask('get', '/extensions?exceptions=true')).body;
    expect(rows[0]).toMatchObject({ exceptionCount: 1, exceptions: [{ target: 'FR', untilMs }] });
    expect((await ask('get', '/extensions?colour=red')).status).toBe(400);
    expect((await ask('get', '/extensions?limit=501')).status).toBe(400);
  });

  it('are changed one by one by who has seen them as they are', async () => {
    const { ask, change, context } = furnished();
    const changed = await change('patch', '/extensions/1005', { right: 'on', name: 'Otto' });
    expect(changed).toMatchObject({
      status: 200,
      body: { changes: [{ action: 'extension-changed', subject: 'extension 1005' }] },
    });
    expect(changed.body.notices).toEqual(['1 extension may now call abroad.']);
    const { body, headers } = await ask('get', '/extensions/1005');
    expect(body).toMatchObject({ name: 'Otto', right: 'on', international: true });
    setExtensions(context, ['1005'], { level: 'high' });
    const late = await ask('patch', '/extensions/1005', {
      body: { right: 'off' },
      ifMatch: headers.get('etag') ?? '',
    });
    expect(late.status).toBe(412);
    expect((await ask('patch', '/extensions/1005', { body: { right: 'off' } })).status).toBe(428);
    expect((await ask('patch', '/extensions/7777', { body: {}, ifMatch: '*' })).status).toBe(404);
    expect((await ask('get', '/extensions/7777')).body).toMatchObject({ code: 'not-found' });
    const wrong = await ask('patch', '/extensions/1005', { body: { mail: 'no mail' }, ifMatch: '*' });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect((await change('delete', '/extensions/1005')).status).toBe(200);
    expect((await ask('get', '/extensions/1005')).status).toBe(404);
    expect(readAudit(context.store, { limit: 1 })[0]).toMatchObject({
      action: 'extension-removed',
      actor: 'user:maria',
    });
  });

  it('are added where they are not known, and not changed by it where they are', async () => {
    const { ask } = furnished();
    const added = await ask('post', '/extensions', {
      body: { extensions: ['2001-2003'], attributes: { right: 'on', groups: ['sales'] } },
    });
    expect(added.body.changes).toHaveLength(3);
    const again = await ask('post', '/extensions', { body: { extensions: ['2003-2004'] } });
    expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(again.body.detail).toContain('2003');
    expect((await ask('get', '/extensions/2004')).status).toBe(404);
  });

  it('are edited together: all that were named, or all that a filter showed, or none', async () => {
    const { ask } = furnished();
    const named = await ask('post', '/extensions/edit', {
      body: {
        chosen: { extensions: ['1001-1002', '1010'] },
        attributes: { level: 'high' },
        joinGroups: [],
        leaveGroups: ['sales'],
      },
    });
    expect(named.body.changes).toHaveLength(3);
    expect(named.body.notices).toEqual(['2 extensions may no longer call abroad.']);
    const stranger = await ask('post', '/extensions/edit', {
      body: { chosen: { extensions: ['1001', '7777'] }, attributes: { level: 'low' } },
    });
    expect(stranger.status).toBe(404);
    expect((await ask('get', '/extensions/1001')).body.level).toBe('high');
    const filter = { level: 'high' as const };
    const moved = await ask('post', '/extensions/edit', {
      body: { chosen: { filter, expected: 2 }, attributes: { level: null } },
    });
    expect(moved).toMatchObject({ status: 409 });
    const edited = await ask('post', '/extensions/edit', {
      body: { chosen: { filter, expected: 3 }, attributes: { level: null }, joinGroups: ['sales'] },
    });
    expect(edited.body.changes).toHaveLength(3);
    const both = { chosen: { extensions: ['1001'] }, joinGroups: ['sales'], leaveGroups: ['sales'] };
    expect((await ask('post', '/extensions/edit', { body: both })).status).toBe(400);
    const unknownGroup = { chosen: { extensions: ['1001'] }, joinGroups: ['nobody'] };
    expect((await ask('post', '/extensions/edit', { body: unknownGroup })).status).toBe(404);
  });

  it('are forgotten together', async () => {
    const { ask } = furnished();
    const gone = await ask('post', '/extensions/remove', { body: { extensions: ['1001-1005'] } });
    expect(gone.body.changes).toHaveLength(5);
    expect((await ask('get', '/extensions')).body.total).toBe(25);
  });

  it('go out as a table and come back in', async () => {
    const { ask } = furnished();
    const out = await ask('get', '/extensions.csv');
    expect(out.headers.get('content-disposition')).toContain('extensions.csv');
    expect(out.body).toContain('1001,Ana Lima,inherit');
    const same = await ask('post', '/extensions.csv', { body: out.body });
    expect(same.body).toMatchObject({ changes: [], notices: ['30 lines read, 30 unchanged.'] });
    const table = 'extension,name,level\r\n1001,Ana L.,high\r\n3001,New,\r\n';
    const changed = await ask('post', '/extensions.csv', { body: table });
    expect(changed.body.changes).toHaveLength(2);
    const wrong = await ask('post', '/extensions.csv', { body: 'extension,level\r\n1001,highest\r\n' });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(wrong.body.errors[0]).toContain('line 2');
    const json = await ask('post', '/extensions.csv', { body: {} });
    expect(json.status).toBe(400);
  });

  it('need a right for each of these', async () => {
    const { ask } = furnished();
    const reader = withRights('policy.read', 'system.write');
    for (const path of ['/extensions', '/extensions/1001', '/extensions.csv']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect((await ask('get', path, { as: reader })).status).toBe(200);
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect((await ask('get', path, { as: withRights('users.write') })).status).toBe(403);
    }
    const body = { extensions: ['1001'] };
    const statuses = [
      await ask('patch', '/extensions/1001', { as: reader, body: {}, ifMatch: '*' }),
      await ask('delete', '/extensions/1001', { as: reader, ifMatch: '*' }),
      await ask('post', '/extensions', { as: reader, body }),
      await ask('post', '/extensions/edit', { as: reader, body: { chosen: body } }),
      await ask('post', '/extensions/remove', { as: reader, body }),
      await ask('post', '/extensions.csv', { as: reader, body: 'extension\r\n1\r\n' }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([403, 403, 403, 403, 403, 403]);
  });

  it('are changed by the thousand in one transaction; the answer lists the first changes and counts all', async () => {
    const { ask, context } = furnished();
    setExtensions(context, ['20000-21999'], {});
    const chosen = { extensions: ['20000-21999'] };
    const { status, body } = await ask('post', '/extensions/edit', {
      body: { chosen, attributes: { right: 'on' } },
    });
    expect(status).toBe(200);
    expect(body.changes).toHaveLength(500);
    expect(body.changeCount).toBe(2000);
    const written = readAudit(context.store, { limit: 3_000 }).filter(
      ({ policyVersion }) => policyVersion === body.policyVersion,
    );
    expect(written).toHaveLength(2000);
  });
});
