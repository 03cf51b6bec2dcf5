// Countries, levels and premium classes over the API: what is open and why, and changes of many at once.
import { describe, expect, it } from 'vitest';
import { setUpPolicy } from '../../../src/admin/first-policy.ts';
import { setGroup } from '../../../src/admin/groups.ts';
import { setSettings } from '../../../src/admin/settings.ts';
import { policyVersion } from '../../../src/store/policy.ts';
import { apiHouse, withRights, type ApiHouse } from './house.ts';

function mexico(): ApiHouse {
  const house = apiHouse();
  setUpPolicy(house.context, new Map([['home-region', ['MX']]]), undefined);
  setSettings(house.context, new Map([['level', ['low']]]));
  return house;
}

const countriesOf = async ({ ask }: ApiHouse, path = '/countries') => {
  const { body } = await ask('get', path);
  return new Map<string, Record<string, unknown>>(
    body.countries.map((row: { region: string }) => [row.region, row]),
  );
};

describe('countries over the API', () => {
  it('tell their state, where it comes from, and whom they share a code with', async () => {
    const house = mexico();
    await house.change('patch', '/countries', { allow: ['AR'], deny: ['France'] });
    const countries = await countriesOf(house);
    expect(countries.get('MX')).toMatchObject({ open: true, from: { by: 'home' } });
    expect(countries.get('AR')).toMatchObject({
      callingCode: '+54',
      continent: 'americas',
      state: 'allow',
      open: true,
      sharedWith: [],
      from: { by: 'country', layer: 'organisation' },
    });
    expect(countries.get('FR')).toMatchObject({ state: 'deny', open: false, risk: 'low' });
    expect(countries.get('DE')).toMatchObject({
      state: null,
      open: true,
      from: { by: 'level', level: 'low' },
    });
    expect(countries.get('JM')).toMatchObject({ callingCode: '+1', open: false });
    expect(countries.get('JM')?.['sharedWith']).toContain('US');
    expect(countries.get('+870')).toMatchObject({ continent: 'none', name: 'Inmarsat satellite' });
  });

  it('are allowed, denied and reset in one change, or not at all', async () => {
    const house = mexico();
    const { change, context } = house;
    await change('patch', '/countries', { allow: ['AR', 'BR'], deny: ['CU'] });
    const version = policyVersion(context.store);
    const mixed = await change('patch', '/countries', { allow: ['CU'], deny: ['AR'], reset: ['BR'] });
    expect(mixed.body.changes).toHaveLength(3);
    expect(mixed.body.policyVersion).toBe(version + 1);
    const states = await countriesOf(house);
    expect(['AR', 'BR', 'CU'].map((region) => states.get(region)?.['state'])).toEqual([
      'deny',
      null,
      'allow',
    ]);
    const wrong = await change('patch', '/countries', { allow: ['PE', 'XX'] });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(wrong.body.detail).toContain('"XX"');
    expect(policyVersion(context.store)).toBe(version + 1);
  });

  it('of a group are its own', async () => {
    const house = mexico();
    setGroup(house.context, 'sales', {});
    const path = '/countries?group=sales';
    expect((await house.change('patch', path, { deny: ['FR'] })).status).toBe(200);
    expect((await countriesOf(house, path)).get('FR')).toMatchObject({ open: false, state: 'deny' });
    expect((await countriesOf(house)).get('FR')).toMatchObject({ open: true, state: null });
    expect((await house.ask('get', '/countries?group=nobody')).status).toBe(404);
  });

  it('are guarded, and need rights', async () => {
    const { ask, change } = mexico();
    const etag = (await ask('get', '/countries')).headers.get('etag') ?? '';
    await change('patch', '/countries', { allow: ['AR'] });
    const body = { deny: ['AR'] };
    expect((await ask('patch', '/countries', { body, ifMatch: etag })).status).toBe(412);
    expect((await ask('patch', '/countries', { body })).status).toBe(428);
    const as = withRights('policy.read');
    expect((await ask('patch', '/countries', { body, ifMatch: '*', as })).status).toBe(403);
    expect((await ask('get', '/countries', { as: withRights('live.read') })).status).toBe(403);
    expect((await ask('get', '/countries', { as: null })).status).toBe(401);
    const many = { deny: Array.from({ length: 301 }, () => 'AR') };
    expect((await ask('patch', '/countries', { body: many, ifMatch: '*' })).status).toBe(400);
  });
});

describe('levels over the API', () => {
  it('tell what each opens and why, and are set', async () => {
    const { ask, change } = mexico();
    const { levels } = (await ask('get', '/levels')).body;
    const counts = levels.map(({ countries }: { countries: number }) => countries);
    expect(counts).toEqual(counts.toSorted((a: number, b: number) => a - b));
    const low = (await ask('get', '/levels/low')).body;
    expect(low.countries).toHaveLength(counts[1]);
    expect(low.countries.every(({ reason }: { reason: string }) => reason !== '')).toBe(true);
    expect((await change('patch', '/levels', { holds: 'high' }, '/levels')).status).toBe(200);
    const after = (await ask('get', '/levels')).body.levels;
    expect(after.find(({ holds }: { holds: boolean }) => holds)).toMatchObject({ level: 'high' });
    expect((await ask('get', '/levels/lowest')).status).toBe(400);
  });

  it('get countries into their lists, and out of them', async () => {
    const house = mexico();
    const { ask } = house;
    const body = { regions: ['AR'], level: 'low', reason: 'our office' };
    expect((await ask('post', '/levels/places', { body })).status).toBe(200);
    expect((await ask('get', '/levels/low')).body.countries).toContainEqual(
      expect.objectContaining({
        region: 'AR',
        reason: 'our office',
        shipped: expect.objectContaining({ level: 'medium' }),
      }),
    );
    await ask('post', '/levels/places', { body: { regions: ['AR'], level: null } });
    expect((await countriesOf(house)).get('AR')).toMatchObject({ risk: null, open: false });
    expect((await ask('post', '/levels/places', { body, as: withRights('users.write') })).status).toBe(403);
    const code = await ask('post', '/levels/places', { body: { ...body, regions: ['+870'] } });
    expect(code.body.detail).toContain('belongs to no country');
  });

  it('are not set over what others have set, nor without the right', async () => {
    const { ask, change } = mexico();
    const etag = (await ask('get', '/levels')).headers.get('etag') ?? '';
    await change('patch', '/levels', { holds: 'high' });
    const body = { holds: 'open' };
    expect((await ask('patch', '/levels', { body, ifMatch: etag })).status).toBe(412);
    const as = withRights('policy.read');
    expect((await ask('patch', '/levels', { body, ifMatch: '*', as })).status).toBe(403);
  });
});

describe('premium classes over the API', () => {
  it('are switched on and off in one change', async () => {
    const { ask, change } = mexico();
    await change('patch', '/premium', { on: ['premium', 'directory'] });
    const { body, status } = await change('patch', '/premium', { on: ['satellite'], off: ['premium'] });
    expect([status, body.changes.length]).toEqual([200, 1]);
    const { classes, premium } = (await ask('get', '/premium')).body;
    const on = classes.filter((row: { on: boolean }) => row.on).map((row: { class: string }) => row.class);
    expect([on, premium]).toEqual([['satellite', 'directory'], false]);
    const both = await change('patch', '/premium', { on: ['premium'], off: ['premium'] });
    expect(both.status).toBe(400);
  });

  it('are guarded, and need rights', async () => {
    const { ask } = mexico();
    const body = { on: ['premium'] };
    expect((await ask('patch', '/premium', { body })).status).toBe(428);
    expect((await ask('patch', '/premium', { body, ifMatch: '"old"' })).status).toBe(412);
    const as = withRights('users.write', 'policy.read');
    expect((await ask('patch', '/premium', { body, ifMatch: '*', as })).status).toBe(403);
    expect((await ask('get', '/premium', { as })).status).toBe(200);
  });
});
