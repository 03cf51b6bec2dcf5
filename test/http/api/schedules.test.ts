// Schedules, announcements and numbering data over the API.
import { describe, expect, it } from 'vitest';
import { setUpPolicy } from '../../../src/admin/first-policy.ts';
import { setSettings } from '../../../src/admin/settings.ts';
import { apiHouse, withRights, type ApiHouse } from './house.ts';

function mexico(): ApiHouse {
  const house = apiHouse();
  setUpPolicy(house.context, new Map([['home-region', ['MX']]]), undefined);
  return house;
}

const office = { name: 'office', timeZone: 'America/Mexico_City', open: ['mon-fri 08:00-18:30'] };
const reader = withRights('policy.read');

describe('schedules over the API', () => {
  it('are made, changed, told with who keeps to them, and taken away', async () => {
    const { ask, change, context } = mexico();
    expect((await ask('post', '/schedules', { body: office })).status).toBe(200);
    setSettings(context, new Map([['schedule', ['office']]]));
    await change('patch', '/schedules/office', { holidays: ['12-25'] });
    const { schedules } = (await ask('get', '/schedules')).body;
    expect(schedules).toMatchObject([
      { ...office, holidays: ['12-25'], isOpen: false, users: ['the organisation'] },
    ]);
    const used = await change('delete', '/schedules/office');
    expect(used).toMatchObject({ status: 409, body: { code: 'conflict' } });
    setSettings(context, new Map([['schedule', ['none']]]));
    expect((await change('delete', '/schedules/office')).status).toBe(200);
    expect((await ask('get', '/schedules')).body.schedules).toEqual([]);
  });

  it('are not made twice, nor changed where they are not', async () => {
    const { ask } = mexico();
    await ask('post', '/schedules', { body: office });
    expect((await ask('post', '/schedules', { body: office })).status).toBe(409);
    const nobody = await ask('patch', '/schedules/ofice', { body: { holidays: [] }, ifMatch: '*' });
    expect(nobody).toMatchObject({ status: 404 });
    expect(nobody.body.detail).toContain('office');
    const wrong = await ask('post', '/schedules', {
      body: { ...office, name: 'x', open: ['mon 25:00-26:00'] },
    });
    expect(wrong).toMatchObject({ status: 400, body: { code: 'invalid' } });
  });

  it('are guarded, and need rights', async () => {
    const { ask, change } = mexico();
    await ask('post', '/schedules', { body: office });
    const etag = (await ask('get', '/schedules/office')).headers.get('etag') ?? '';
    await change('patch', '/schedules/office', { holidays: ['12-25'] });
    const body = { holidays: [] };
    expect((await ask('patch', '/schedules/office', { body, ifMatch: etag })).status).toBe(412);
    expect((await ask('delete', '/schedules/office', { ifMatch: etag })).status).toBe(412);
    expect((await ask('delete', '/schedules/office')).status).toBe(428);
    const refused = [
      await ask('post', '/schedules', { as: reader, body: office }),
      await ask('patch', '/schedules/office', { as: reader, body, ifMatch: '*' }),
      await ask('delete', '/schedules/office', { as: reader, ifMatch: '*' }),
      await ask('get', '/schedules', { as: withRights('live.read') }),
      await ask('get', '/schedules/office', { as: withRights('live.read') }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
  });
});

describe('announcements over the API', () => {
  it('are set for every language or for one, and reset', async () => {
    const { ask, change } = mexico();
    const path = '/announcements/country-denied';
    const set = (body: object) => change('put', path, body, '/announcements');
    const own = await set({ sound: 'our-countries' });
    expect(own.body.notices.join()).toContain('our-countries.wav');
    await set({ sound: 'nos-pays', language: 'fr' });
    const shown = async () =>
      (await ask('get', '/announcements')).body.announcements
        .filter(({ reason }: { reason: string }) => reason === 'country-denied')
        .map(({ language, sound }: Record<string, string>) => [language, sound]);
    expect(await shown()).toEqual([
      [null, 'our-countries'],
      ['fr', 'nos-pays'],
    ]);
    await set({ sound: null, language: 'fr' });
    await set({ sound: null });
    expect(await shown()).toEqual([[null, 'cannot-complete-as-dialed']]);
    expect((await ask('get', '/announcements/sounds')).body.sounds).toHaveProperty('beep');
  });

  it('are refused where they are no sound or no reason', async () => {
    const { change } = mexico();
    const set = (reason: string, sound: string) =>
      change('put', `/announcements/${reason}`, { sound }, '/announcements');
    expect((await set('country-denied', '../etc/passwd')).status).toBe(400);
    expect((await set('country-denied', 'a,b')).status).toBe(400);
    expect((await set('county-denied', 'beep')).body.detail).toContain('country-denied');
  });

  it('are guarded, and need rights', async () => {
    const { ask } = mexico();
    const body = { sound: 'beep' };
    const path = '/announcements/country-denied';
    expect((await ask('put', path, { body })).status).toBe(428);
    expect((await ask('put', path, { body, ifMatch: '"old"' })).status).toBe(412);
    expect((await ask('put', path, { body, ifMatch: '*', as: reader })).status).toBe(403);
    expect((await ask('get', '/announcements', { as: withRights('pickup') })).status).toBe(403);
    expect((await ask('get', '/announcements/sounds', { as: withRights('pickup') })).status).toBe(403);
  });
});

describe('numbering data over the API', () => {
  it('is told and accepted', async () => {
    const { ask } = mexico();
    expect((await ask('post', '/numbering/accept')).status).toBe(200);
    const { body } = await ask('get', '/numbering');
    expect(body).toMatchObject({ accepted: { count: 0 }, differences: [], next: null });
    expect(Object.keys(body.versions)).not.toHaveLength(0);
    expect((await ask('post', '/numbering/accept', { as: reader })).status).toBe(403);
    expect((await ask('get', '/numbering', { as: withRights('pickup') })).status).toBe(403);
  });
});
