// The settings over the API: read with a tag, changed by who has seen them, refused in sentences.
import { describe, expect, it } from 'vitest';
import { setSettings } from '../../../src/admin/settings.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { apiHouse, withRights } from './house.ts';

describe('the settings over the API', () => {
  it('are read, changed and audited under the name of the account', async () => {
    const { ask, change, context } = apiHouse();
    const changed = await change(
      'patch',
      '/settings',
      {
        'home-region': ['MX'],
        'international-prefixes': ['00', '011'],
      },
      '/settings',
    );
    expect(changed).toMatchObject({ status: 200, body: { policyVersion: 1 } });
    const { body } = await ask('get', '/settings');
    expect(body.settings).toContainEqual(expect.objectContaining({ key: 'home-region', value: 'MX' }));
    expect(readAudit(context.store, { limit: 10 }).map(({ actor }) => actor)).toEqual([
      'user:maria',
      'user:maria',
    ]);
  });

  it('are not written over by who has not seen the last change', async () => {
    const { ask, context } = apiHouse();
    const etag = (await ask('get', '/settings')).headers.get('etag') ?? '';
    setSettings(context, new Map([['home-region', ['MX']]]));
    const late = await ask('patch', '/settings', { body: { 'home-region': ['US'] }, ifMatch: etag });
    expect(late).toMatchObject({ status: 412, body: { code: 'stale' } });
    const blind = await ask('patch', '/settings', { body: { 'home-region': ['US'] } });
    expect(blind).toMatchObject({ status: 428, body: { code: 'if-match-missing' } });
    const bold = await ask('patch', '/settings', { body: { 'home-region': ['US'] }, ifMatch: '*' });
    expect(bold.status).toBe(200);
  });

  it('are answered with 304 to who has them, and changed by whose proxy has made the tag a weak one', async () => {
    const { ask } = apiHouse();
    const etag = (await ask('get', '/settings')).headers.get('etag') ?? '';
    for (const tag of [etag, `W/${etag}`]) {
      expect((await ask('get', '/settings', { headers: { 'if-none-match': tag } })).status).toBe(304);
    }
    const body = { 'home-region': ['MX'] };
    expect((await ask('patch', '/settings', { body, ifMatch: `W/${etag}` })).status).toBe(200);
    expect((await ask('patch', '/settings', { body, ifMatch: `W/${etag}` })).status).toBe(412);
  });

  it('need a right, and a sign-in', async () => {
    const { ask } = apiHouse();
    expect((await ask('get', '/settings', { as: withRights('policy.read') })).status).toBe(200);
    expect((await ask('get', '/settings', { as: withRights('live.read') })).status).toBe(403);
    const blocked = await ask('patch', '/settings', {
      as: withRights('policy.read'),
      body: {},
      ifMatch: '*',
    });
    expect(blocked).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect((await ask('get', '/settings', { as: null })).status).toBe(401);
  });

  it('refuse what is not valid with a sentence, and change nothing', async () => {
    const { ask } = apiHouse();
    const unknown = await ask('patch', '/settings', { body: { 'home-regoin': ['MX'] }, ifMatch: '*' });
    expect(unknown).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect(unknown.body.detail).toContain('home-region');
    const wrong = await ask('patch', '/settings', { body: { 'home-region': 'MX' }, ifMatch: '*' });
    expect(wrong.body.detail).toContain('home-region');
    const query = await ask('get', '/settings?all=1');
    expect(query.status).toBe(400);
    const long = await ask('patch', '/settings', { body: { a: ['x'.repeat(70_000)] }, ifMatch: '*' });
    expect(long.status).toBe(413);
  });
});
