// Rules by number and prefix over the API: pages of them, changes of many at once, and files.
import { describe, expect, it } from 'vitest';
import { setUpPolicy } from '../../../src/admin/first-policy.ts';
import { setGroup } from '../../../src/admin/groups.ts';
import { countRules } from '../../../src/store/rules.ts';
import { apiHouse, withRights, type ApiHouse } from './house.ts';

function mexico(): ApiHouse {
  const house = apiHouse();
  setUpPolicy(house.context, new Map([['home-region', ['MX']]]), undefined);
  setGroup(house.context, 'sales', {});
  return house;
}

const numbersOf = (rows: readonly { readonly numbers: string }[]) => rows.map(({ numbers }) => numbers);

describe('rules over the API', () => {
  it('are added, found and taken away', async () => {
    const { ask } = mexico();
    const added = await ask('post', '/rules', {
      body: { numbers: ['+5411', '005413'], action: 'deny', group: 'sales', reason: 'fraud of May' },
    });
    expect(added).toMatchObject({ status: 200, body: { changes: [{}, {}] } });
    await ask('post', '/rules', { body: { numbers: ['+541143210987'], action: 'block', exact: true } });
    const all = (await ask('get', '/rules')).body;
    expect([numbersOf(all.rows), all.count, all.next]).toEqual([
      ['+5411*', '+5413*', '+541143210987'],
      3,
      null,
    ]);
    const of = async (query: string) => numbersOf((await ask('get', `/rules?${query}`)).body.rows);
    expect(await of('action=block')).toEqual(['+541143210987']);
    expect(await of('group=sales')).toEqual(['+5411*', '+5413*']);
    expect(await of('text=OF+MAY')).toEqual(['+5411*', '+5413*']);
    expect(await of('text=%2B5413')).toEqual(['+5413*']);
    expect(await of('number=00541143210987')).toEqual(['+541143210987', '+5411*']);
    expect(await of('number=00541143210980')).toEqual(['+5411*']);
    expect((await ask('get', '/rules?number=911')).status).toBe(400);
    const removed = await ask('post', '/rules/remove', { body: { ids: [1, 3] } });
    expect(removed.body.changes).toHaveLength(2);
    expect(await of('')).toEqual(['+5413*']);
    const gone = await ask('post', '/rules/remove', { body: { ids: [1, 2] } });
    expect(gone).toMatchObject({ status: 404 });
    expect(await of('')).toEqual(['+5413*']);
  });

  it('only observe where they are told to', async () => {
    const { ask } = mexico();
    await ask('post', '/rules', { body: { numbers: ['+5411'], action: 'deny' } });
    await ask('post', '/rules', { body: { numbers: ['+5412'], action: 'block' } });
    await ask('post', '/rules/observe', { body: { ids: [1], observe: true } });
    expect((await ask('get', '/rules')).body.rows[0]).toMatchObject({ observe: true, state: 'observed' });
    const block = await ask('post', '/rules/observe', { body: { ids: [1, 2], observe: true } });
    expect(block).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  it('are read page by page, each once, while others are added', async () => {
    const { ask } = mexico();
    const numbers = Array.from({ length: 120 }, (_, index) => `+54${1_000 + index}`);
    await ask('post', '/rules', { body: { numbers, action: 'deny' } });
    const seen: string[] = [];
    let path = '/rules?limit=50';
    for (let pages = 0; pages < 3; pages += 1) {
      // oxlint-disable-next-line no-await-in-loop -- each page names the next
      const { body } = await ask('get', path);
      seen.push(...numbersOf(body.rows));
      path = `/rules?limit=50&cursor=${body.next}`;
      expect(body.next === null).toBe(pages === 2);
      if (pages === 0)
        // oxlint-disable-next-line no-await-in-loop -- behind the first page
        await ask('post', '/rules/remove', { body: { ids: [1] } });
    }
    expect(seen).toEqual(numbers.map((number) => `${number}*`));
    expect((await ask('get', '/rules?limit=501')).status).toBe(400);
    expect((await ask('get', '/rules?limit=0')).status).toBe(400);
  });

  it('are refused in sentences, all together', async () => {
    const { ask, context } = mexico();
    const body = { numbers: ['+5411', 'abc'], action: 'deny' };
    expect(await ask('post', '/rules', { body })).toMatchObject({ status: 400, body: { code: 'invalid' } });
    const shadow = await ask('post', '/rules', { body: { numbers: ['91'], action: 'block' } });
    expect(shadow.body.detail).toContain('911');
    await ask('post', '/rules', { body: { numbers: ['+5411'], action: 'deny' } });
    const twice = await ask('post', '/rules', { body: { numbers: ['+5411'], action: 'deny' } });
    expect(twice).toMatchObject({ status: 409, body: { code: 'conflict' } });
    const nobody = await ask('post', '/rules', {
      body: { numbers: ['+5412'], action: 'deny', group: 'nobody' },
    });
    expect(nobody.status).toBe(404);
    expect(countRules(context.store)).toBe(1);
  });

  it('come from files and go into them', async () => {
    const { ask, context } = mexico();
    const file = 'number,action,reason\n+5411,block,ACME\n+5412,block,ACME\n';
    const imported = await ask('post', '/rules.csv', { body: file });
    expect(imported.body.counts).toEqual({ lines: 2, added: 2, skipped: 0, removed: 0 });
    const exported = await ask('get', '/rules.csv');
    expect(exported.headers.get('content-type')).toContain('text/csv');
    const again = await ask('post', '/rules.csv', { body: exported.body });
    expect(again.body.counts).toMatchObject({ added: 0, skipped: 2 });
    const replaced = await ask('post', '/rules.csv?action=block&reason=ACME&replace=true', {
      body: 'number\n+5413\n',
    });
    expect(replaced.body.counts).toMatchObject({ added: 1, removed: 2 });
    const wrong = await ask('post', '/rules.csv?action=block', { body: 'number\n+54\nabc\n' });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [expect.stringContaining('3')] } });
    const json = await ask('post', '/rules.csv', { body: {} });
    expect(json.status).toBe(400);
    expect(countRules(context.store)).toBe(1);
  });

  it('need rights', async () => {
    const { ask } = mexico();
    const as = withRights('policy.read', 'users.write');
    const refused = [
      await ask('post', '/rules', { as, body: { numbers: ['+54'], action: 'deny' } }),
      await ask('post', '/rules/remove', { as, body: { ids: [1] } }),
      await ask('post', '/rules/observe', { as, body: { ids: [1], observe: true } }),
      await ask('post', '/rules.csv', { as, body: 'number\n' }),
      await ask('get', '/rules', { as: withRights('figures.read') }),
      await ask('get', '/rules.csv', { as: withRights('figures.read') }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    expect((await ask('get', '/rules', { as })).status).toBe(200);
  });
});
