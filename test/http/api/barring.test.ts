// The organisation's barring over the API: looked at, previewed, and changed as a whole by who has seen it.
import { describe, expect, it } from 'vitest';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { setUpPolicy } from '../../../src/admin/first-policy.ts';
import { placeInLevel } from '../../../src/admin/levels.ts';
import { setSettings } from '../../../src/admin/settings.ts';
import { readAuditPage } from '../../../src/store/audit.ts';
import { policyVersion } from '../../../src/store/policy.ts';
import { apiHouse, withRights, type ApiHouse } from './house.ts';

/** In Mexico, at the level low, with twelve extensions that may call abroad and one that may not. */
function mexico(): ApiHouse {
  const house = apiHouse();
  const { context } = house;
  setUpPolicy(context, new Map([['home-region', ['MX']]]), undefined);
  setSettings(context, new Map([['level', ['low']]]));
  setExtensions(context, ['1001-1012'], { right: 'on' });
  setExtensions(context, ['1099'], { right: 'off' });
  return house;
}

describe('the barring over the API', () => {
  it('tells who would lose what, and changes nothing', async () => {
    const { ask, context } = mexico();
    const version = policyVersion(context.store);
    const { status, body } = await ask('post', '/preview', {
      body: { countries: { deny: ['FR'], allow: ['AR'] } },
    });
    expect(status).toBe(200);
    expect(body.effect).toMatchObject({
      known: 13,
      concerned: 12,
      people: [{ count: 12, loses: ['FR'], gains: ['AR'], pin: [] }],
      items: [
        { item: 'FR', lose: 12, gain: 0 },
        { item: 'AR', lose: 0, gain: 12 },
      ],
      unknown: { loses: [], gains: [] },
    });
    expect(body.changes).toHaveLength(2);
    expect(policyVersion(context.store)).toBe(version);
    expect((await ask('get', '/barring')).body.countries).toEqual([]);
  });

  it('is changed as one, by who has seen it', async () => {
    const { ask, change, context } = mexico();
    const wanted = {
      settings: { mode: ['observe'] },
      level: 'closed',
      premium: ['directory'],
      countries: { allow: ['US', 'France'] },
      places: [{ regions: ['AR'], level: 'low', reason: 'our office' }],
    };
    const version = policyVersion(context.store);
    const { status, body } = await change('patch', '/barring', wanted);
    expect(status).toBe(200);
    expect(body.policyVersion).toBe(version + 1);
    expect(body.notices.join('\n')).toContain('The code +1 is shared');
    const { countries, settings, places } = (await ask('get', '/barring')).body;
    expect(places).toContainEqual({ region: 'AR', level: 'low', reason: 'our office' });
    expect(countries).toEqual([
      { region: 'FR', state: 'allow' },
      { region: 'US', state: 'allow' },
    ]);
    const valueOf = (key: string) => settings.find((row: { key: string }) => row.key === key)?.value;
    expect([valueOf('mode'), valueOf('level'), valueOf('premium-classes')]).toEqual([
      'observe',
      'closed',
      ['directory'],
    ]);
    expect(readAuditPage(context.store, { limit: 1 }).rows[0]?.actor).toBe('user:maria');
  });

  it('is refused as a whole where one part is not valid, in the preview as in the change', async () => {
    const { ask, context } = mexico();
    const version = policyVersion(context.store);
    const wrong = [
      { countries: { allow: ['Frence'] } },
      { countries: { allow: ['FR'], deny: ['FR'] } },
      { level: 'closed', settings: { 'home-region': ['Mexico'] } },
      { places: [{ regions: ['+870'], level: 'low' }] },
      { level: 'lowest' },
      { premium: ['everything'] },
      { county: {} },
    ];
    for (const body of wrong) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const answers = [
        await ask('post', '/preview', { body }),
        await ask('patch', '/barring', { body, ifMatch: '*' }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([400, 400]);
    }
    expect(policyVersion(context.store)).toBe(version);
  });

  it('is not written over by who has not seen the last change', async () => {
    const { ask, context } = mexico();
    const etag = (await ask('get', '/barring')).headers.get('etag') ?? '';
    setSettings(context, new Map([['mode', ['observe']]]));
    const body = { level: 'high' };
    expect((await ask('patch', '/barring', { body, ifMatch: etag })).status).toBe(412);
    expect((await ask('patch', '/barring', { body })).status).toBe(428);
    setExtensions(context, ['1050'], { right: 'on' });
    const listed = (await ask('get', '/barring')).headers.get('etag') ?? '';
    placeInLevel(context, ['AR'], 'low');
    expect((await ask('patch', '/barring', { body, ifMatch: listed })).status).toBe(412);
    const seen = (await ask('get', '/barring')).headers.get('etag') ?? '';
    setExtensions(context, ['1051'], { right: 'on' });
    expect((await ask('patch', '/barring', { body, ifMatch: seen })).status).toBe(200);
  });

  it('needs the right of the organisation to be changed, and to be tried', async () => {
    const { ask } = mexico();
    const reader = { as: withRights('policy.read'), body: { level: 'open' } };
    expect((await ask('get', '/barring', { as: withRights('policy.read') })).status).toBe(200);
    expect((await ask('get', '/barring', { as: withRights('users.write') })).status).toBe(403);
    expect((await ask('post', '/preview', reader)).status).toBe(403);
    expect((await ask('patch', '/barring', { ...reader, ifMatch: '*' })).status).toBe(403);
    expect((await ask('post', '/preview', { as: null, body: {} })).status).toBe(401);
  });

  it('tells what enforcing would do while it only observes, and what nothing changes', async () => {
    const { ask, context } = mexico();
    setSettings(context, new Map([['mode', ['observe']]]));
    const denied = await ask('post', '/preview', { body: { countries: { deny: ['FR'] } } });
    expect(denied.body).toMatchObject({ observed: true, effect: { concerned: 12 } });
    const same = await ask('post', '/preview', { body: { level: 'low' } });
    expect(same.body).toMatchObject({ changes: [], effect: { concerned: 0, people: [] } });
  });
});
