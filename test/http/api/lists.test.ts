// The authorised numbers over the API: lists, people one by one and in pages, tables, and whom a list is for.
import { describe, expect, it } from 'vitest';
import { addPerson } from '../../../src/admin/authorised-people.ts';
import { addList } from '../../../src/admin/authorised-lists.ts';
import { setSettings } from '../../../src/admin/settings.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { apiHouse, withRights, type ApiHouse } from './house.ts';

const NUMBERS = '/authorised-lists/partners/numbers';
const PAULA = `${NUMBERS}/${encodeURIComponent('+541143210001')}`;

function inMexico(): ApiHouse {
  const house = apiHouse();
  setSettings(
    house.context,
    new Map([
      ['home-region', ['MX']],
      ['international-prefixes', ['00']],
    ]),
  );
  return house;
}

/** With two people on the list of partners. */
function withPartners(): ApiHouse {
  const house = inMexico();
  addList(house.context, 'partners', {});
  addPerson(house.context, 'partners', { first: 'Paula', last: 'Gómez', number: '+541143210001' });
  addPerson(house.context, 'partners', { first: 'Luis', last: 'Pérez', number: '+541143210002' });
  return house;
}

describe('authorised lists over the API', () => {
  it('are made once, changed by who has seen them, and taken away', async () => {
    const { ask, change, context } = inMexico();
    const made = await ask('post', '/authorised-lists', {
      body: { name: 'partners', countries: ['France'], premium: ['satellite'] },
    });
    expect(made.status).toBe(200);
    const again = await ask('post', '/authorised-lists', { body: { name: 'partners', enabled: false } });
    expect(again).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const read = await ask('get', '/authorised-lists/partners');
    expect(read.body).toEqual({
      name: 'partners',
      people: 0,
      enabled: true,
      admits: false,
      premium: ['satellite'],
      countries: ['FR'],
      extensions: [],
      groups: [],
    });
    const etag = read.headers.get('etag') ?? '';
    expect((await change('patch', '/authorised-lists/partners', { enabled: false })).status).toBe(200);
    const late = await ask('patch', '/authorised-lists/partners', { body: { countries: [] }, ifMatch: etag });
    expect(late.status).toBe(412);
    expect((await ask('delete', '/authorised-lists/partners')).status).toBe(428);
    expect((await change('delete', '/authorised-lists/partners')).status).toBe(200);
    expect((await ask('get', '/authorised-lists')).body).toEqual({ lists: [] });
    expect(new Set(readAudit(context.store, { limit: 3 }).map(({ actor }) => actor))).toEqual(
      new Set(['user:maria']),
    );
  });

  it('are attached and detached', async () => {
    const { ask } = withPartners();
    const attached = await ask('post', '/authorised-lists/partners/attach', {
      body: { extensions: ['1001-1003'] },
    });
    expect(attached.body.notices).toEqual(['Not known before, and added: 3.']);
    await ask('post', '/authorised-lists/partners/detach', { body: { extensions: ['1002'] } });
    const { body } = await ask('get', '/authorised-lists/partners');
    expect(body).toMatchObject({ people: 2, extensions: ['1001', '1003'] });
    const nobody = await ask('post', '/authorised-lists/partners/attach', { body: {} });
    expect(nobody).toMatchObject({ status: 400, body: { code: 'invalid' } });
    const stranger = await ask('post', '/authorised-lists/partners/attach', { body: { groups: ['sales'] } });
    expect(stranger.status).toBe(404);
  });

  it('say which list was meant', async () => {
    const { ask } = withPartners();
    const { status, body } = await ask('get', '/authorised-lists/partner');
    expect(status).toBe(404);
    expect(body.detail).toContain('Did you mean partners?');
  });
});

describe('the people of a list over the API', () => {
  it('are added with a number as it is written, changed, disabled and removed', async () => {
    const { ask, change, context } = withPartners();
    const untilMs = context.nowMs + 86_400_000;
    const added = await ask('post', NUMBERS, {
      body: { first: 'Ana', last: 'López', number: '00 34 91 123 45 67', untilMs },
    });
    expect(added.body.changes).toMatchObject([{ action: 'authorised-number-added' }]);
    const ana = `${NUMBERS}/${encodeURIComponent('+34911234567')}`;
    expect((await ask('get', ana)).body).toMatchObject({ firstName: 'Ana', state: 'active', untilMs });
    expect((await change('patch', ana, { enabled: false, untilMs: null })).status).toBe(200);
    expect((await ask('get', ana)).body).toMatchObject({ state: 'disabled', untilMs: null });
    expect((await change('delete', ana)).status).toBe(200);
    expect((await ask('get', ana)).status).toBe(404);
    const twice = await ask('post', NUMBERS, { body: { first: 'Eva', number: '+541143210001' } });
    expect(twice).toMatchObject({ status: 409, body: { code: 'conflict' } });
  });

  it('are not written over by who has not seen the last change', async () => {
    const { ask, change } = withPartners();
    const etag = (await ask('get', PAULA)).headers.get('etag') ?? '';
    await change('patch', PAULA, { last: 'Ruiz' });
    expect((await ask('patch', PAULA, { body: { last: 'Díaz' }, ifMatch: etag })).status).toBe(412);
    expect((await ask('delete', PAULA, { ifMatch: etag })).status).toBe(412);
    expect((await ask('get', PAULA)).body.lastName).toBe('Ruiz');
  });

  it.each([
    [{ first: 'Ana', number: '911' }, 'emergency'],
    [{ first: 'Ana', number: 'abc' }, 'is no number'],
    [{ number: '+34911234567' }, 'a first or a last name'],
    [{ first: 'Ana\nEva', number: '+34911234567' }, 'on one line'],
    [{ first: 'Ana', number: '+34911234567', untilMs: 1 }, 'has passed already'],
    [{ first: 'Ana', number: '+34911234567', rights: 'all' }, 'rights'],
    [{ first: 'Ana', number: 34911234567 }, 'number'],
  ])('are refused with a sentence: %j', async (body, sentence) => {
    const { ask } = withPartners();
    const refused = await ask('post', NUMBERS, { body });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body).toLowerCase()).toContain(sentence);
    expect((await ask('get', '/authorised-numbers')).body.rows).toHaveLength(2);
  });

  it('are found by a name without accents and by a number, page by page', async () => {
    const { ask } = withPartners();
    const numbersOf = async (query: string) =>
      (await ask('get', `/authorised-numbers?${query}`)).body.rows.map(
        (row: { number: string }) => row.number,
      );
    expect(await numbersOf('search=gomez')).toEqual(['+541143210001']);
    expect(await numbersOf('search=0054%2011%204321%200002')).toEqual(['+541143210002']);
    expect(await numbersOf('search=43210')).toHaveLength(2);
    expect(await numbersOf('state=disabled')).toEqual([]);
    const first = await ask('get', '/authorised-numbers?limit=1');
    expect(first.body.next).toMatch(/^partners:\d+$/);
    expect(await numbersOf(`limit=1&cursor=${first.body.next}`)).toEqual(['+541143210002']);
    expect((await ask('get', '/authorised-numbers?limit=2')).body.next).toBe(null);
    expect((await ask('get', '/authorised-numbers?cursor=x')).status).toBe(400);
    expect((await ask('get', '/authorised-numbers?list=nobody')).status).toBe(404);
    expect((await ask('get', '/authorised-numbers?limit=501')).status).toBe(400);
  });

  it('are told whose time runs out and who is not called', async () => {
    const { ask, context, change } = withPartners();
    await change('patch', PAULA, { untilMs: context.nowMs + 5 * 86_400_000 });
    expect((await ask('get', '/authorised-numbers/expiring')).body).toMatchObject({
      count: 1,
      rows: [{ firstName: 'Paula' }],
    });
    expect((await ask('get', '/authorised-numbers/expiring?days=3')).body.count).toBe(0);
    expect((await ask('get', '/authorised-numbers/unused?days=1')).body.count).toBe(0);
    expect((await ask('get', '/authorised-numbers/unused?days=0')).status).toBe(400);
    const { headers, body } = await ask('get', '/authorised-numbers/expiring.csv?days=9');
    expect(headers.get('content-type')).toContain('text/csv');
    expect(String(body).split('\r\n')[0]).toBe(
      'list,first_name,last_name,number,enabled,valid_from,valid_until,added,uses,last_used',
    );
    expect(String(body)).toContain('partners,Paula,');
    const reader = { as: withRights('calls.read') };
    expect((await ask('get', '/authorised-numbers/unused.csv', reader)).status).toBe(403);
  });

  it('come in from a table after a look at what it would do, and go out as one', async () => {
    const { ask } = withPartners();
    const file = 'first_name,last_name,number\nPaula,Gómez,+541143210001\nAna,López,+34911234567\nEva,,12\n';
    const path = '/authorised-lists/partners/people.csv';
    const look = await ask('post', `${path}?dryRun=true`, { body: file });
    expect(look.body).toMatchObject({
      applied: false,
      counts: { added: 1, changed: 0, unchanged: 1, refused: 1, removed: 0 },
      lines: [
        { line: 4, outcome: 'refused' },
        { line: 3, outcome: 'added', number: '+34911234567' },
      ],
    });
    expect((await ask('post', path, { body: file })).body.applied).toBe(false);
    const done = await ask('post', `${path}?skipBad=true`, { body: file });
    expect(done.body).toMatchObject({ applied: true, counts: { added: 1 } });
    const out = await ask('get', path);
    expect(out.headers.get('content-type')).toContain('text/csv');
    expect(out.body.split('\r\n')).toHaveLength(5);
    expect((await ask('post', path, { body: { not: 'a table' } })).status).toBe(400);
    const heads = await ask('post', path, { body: 'who,number\nx,+34911234567\n' });
    expect(heads.body.detail).toContain('Expected are: first_name');
    const long = await ask('post', path, { body: 'x'.repeat(8 * 1024 * 1024 + 1) });
    expect(long.status).toBe(413);
  });

  it('are changed by who may change the system alone', async () => {
    const { ask } = withPartners();
    const reader = withRights('policy.read', 'users.write');
    expect((await ask('get', '/authorised-numbers', { as: reader })).status).toBe(200);
    const refused = await ask('post', NUMBERS, {
      as: reader,
      body: { first: 'Ana', number: '+34911234567' },
    });
    expect(refused.status).toBe(403);
  });
});
