// Status, notices, backups and the policy as a file, over the API.
import { readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { restoreBackup } from '../../../src/admin/backup.ts';
import { setCountries } from '../../../src/admin/countries.ts';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { setSettings } from '../../../src/admin/settings.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { toCallRow, writeCalls } from '../../../src/store/calls.ts';
import { checkCopy } from '../../../src/store/whole.ts';
import { writeNotice } from '../../../src/store/notices.ts';
import { callRecord } from '../../store/call-record.ts';
import { openHere, tempDirectory } from '../../store/temp-store.ts';
import { AppError } from '../../../src/errors.ts';
import { apiHouse, withRights } from './house.ts';

const toml = { 'content-type': 'application/toml' };
const setHome = (context: Parameters<typeof setSettings>[0], region: string) =>
  setSettings(context, new Map([['home-region', [region]]]));

describe('the system over the API', () => {
  it('says that the daemon is not known while it is away', async () => {
    expect(await apiHouse().ask('get', '/status')).toMatchObject({
      status: 503,
      body: { code: 'unavailable' },
    });
    const { ask } = apiHouse();
    expect((await ask('get', '/status', { as: withRights('policy.read') })).status).toBe(403);
  });

  it('shows notices page by page', async () => {
    const { ask, context } = apiHouse();
    for (let n = 0; n < 5; n += 1) {
      writeNotice(context.store, {
        atMs: context.nowMs + n,
        pbx: 'head-office',
        kind: n === 0 ? 'quarantined' : 'limit-near',
        extension: '1001',
        text: `notice ${n}`,
        detail: {},
      });
    }
    const first = await ask('get', '/notices?limit=3');
    expect(first.body.rows.map(({ text }: { text: string }) => text)).toEqual([
      'notice 4',
      'notice 3',
      'notice 2',
    ]);
    const rest = await ask('get', `/notices?limit=3&cursor=${first.body.next}`);
    expect(rest.body).toMatchObject({ rows: [{ text: 'notice 1' }, { text: 'notice 0' }], next: null });
    expect((await ask('get', '/notices?kind=quarantined')).body.rows).toHaveLength(1);
  });

  it('tries the ways to tell people, and says which receiver is missing', async () => {
    const asked: unknown[] = [];
    const { ask } = apiHouse({
      daemon: {
        ...away,
        testNotice: (...question) => {
          asked.push(question);
          return Promise.resolve([{ to: 'https://hooks.example', sent: false, problem: 'refused' }]);
        },
      },
    });
    const tried = await ask('post', '/notices/test', { body: { way: 'webhook' } });
    expect(tried.body.results).toEqual([{ to: 'https://hooks.example', sent: false, problem: 'refused' }]);
    expect(asked).toEqual([['webhook', '']]);
    const missing = await ask('post', '/notices/test', { body: { way: 'mail' } });
    expect(missing).toMatchObject({ status: 400, body: { detail: 'Name a mail address in `to`.' } });
    const refused = await ask('post', '/notices/test', {
      as: withRights('live.read'),
      body: { way: 'webhook' },
    });
    expect(refused.status).toBe(403);
  });

  it('gives a checked backup away, keeps no copy, and the audit says who has it', async () => {
    const { api, ask, context } = apiHouse();
    setHome(context, 'MX');
    await ask('get', '/policy');
    const response = await api.request('/backup', { method: 'POST' });
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="callwarden-[\d-]+\.db"$/,
    );
    const file = join(tempDirectory(), 'copy.db');
    writeFileSync(file, new Uint8Array(await response.arrayBuffer()));
    expect(checkCopy(file)).toMatchObject({ policyVersion: 1 });
    expect(readdirSync(dirname(context.store.path)).filter((name) => name.includes('download'))).toEqual([]);
    expect(readAudit(context.store, { limit: 1 })).toMatchObject([
      { actor: 'user:maria', action: 'backup-taken' },
    ]);
    setHome(context, 'FR');
    restoreBackup({ database: context.store.path, actor: 'cli:maria', pbx: 'head-office', nowMs: 1 }, file);
    expect(openHere(context.store.path).path).toBe(context.store.path);
    expect((await ask('post', '/backup', { as: withRights('audit.read') })).status).toBe(403);
  });

  it('shows, compares, applies and takes back a policy file', async () => {
    const { ask, context } = apiHouse();
    setHome(context, 'MX');
    const before = (await ask('get', '/policy.toml')).body;
    expect(before).toContain('home-region = "MX"');
    const wanted = before.replace('"MX"', '"FR"');
    const plan = await ask('post', '/policy/plan', { body: wanted, headers: toml });
    expect(plan).toMatchObject({ status: 200, body: { policyVersion: 1, changes: [{ after: 'FR' }] } });
    expect((await ask('get', '/policy')).body).toEqual({ version: 1 });
    const tag = (await ask('get', '/policy')).headers.get('etag') ?? '';
    const blind = await ask('post', '/policy/apply', { body: wanted, headers: toml });
    expect(blind.status).toBe(428);
    const applied = await ask('post', '/policy/apply', { body: wanted, headers: toml, ifMatch: tag });
    expect(applied).toMatchObject({ status: 200, body: { policyVersion: 2 } });
    const late = await ask('post', '/policy/apply', { body: before, headers: toml, ifMatch: tag });
    expect(late).toMatchObject({ status: 412, body: { code: 'stale' } });
    const history = await ask('get', '/policy/history');
    expect(history.body.versions.map(({ version }: { version: number }) => version)).toEqual([2, 1]);
    expect((await ask('get', '/policy.toml?version=1')).body).toBe(before);
    const back = await ask('post', '/policy/rollback', { body: { version: 1 }, ifMatch: '*' });
    expect(back).toMatchObject({ status: 200, body: { policyVersion: 3 } });
    expect((await ask('get', '/policy.toml')).body).toBe(before);
    expect(readAudit(context.store, { limit: 1 })[0]?.actor).toBe('user:maria');
  });

  it('tries a policy file on the calls on record, and tells which it would judge otherwise', async () => {
    const { ask, context } = apiHouse();
    setHome(context, 'MX');
    setExtensions(context, ['1001'], { right: 'on' });
    setCountries(context, ['FR'], 'allow');
    const past = { atMs: context.nowMs - 86_400_000, party: '1001', number: '' };
    const dialled = ['0033140205050', '0034910000000', '0119'];
    const calls = dialled.map((number, place) => callRecord(`c${place}`, { ...past, dialled: number }));
    const longAgoMs = context.nowMs - 9 * 86_400_000;
    const old = callRecord('old', { ...past, dialled: '0033140205050', atMs: longAgoMs });
    writeCalls(context.store, [...calls, old].map(toCallRow));
    const file = (await ask('get', '/policy.toml')).body;
    const replay = (body: string, query = '') =>
      ask('post', `/policy/replay${query}`, { body, headers: toml });
    const same = { count: 0, rows: [] };
    expect((await replay(file)).body).toMatchObject({ calls: 3, more: false, refused: same, opened: same });
    expect((await replay(file, '?days=30')).body.calls).toBe(4);
    const other = file.replace('"FR"', '"ES"');
    expect(other).not.toBe(file);
    expect((await replay(other)).body).toMatchObject({
      refused: {
        count: 1,
        rows: [
          { extension: '1001', dialled: '0033140205050', verdict: 'deny', reasonNow: 'country-allowed' },
        ],
      },
      opened: { count: 1, rows: [{ dialled: '0034910000000', reasonNow: 'country-not-allowed' }] },
    });
    expect((await replay('a,b')).status).toBe(400);
    expect((await replay(file, '?days=91')).status).toBe(400);
    const half = { as: withRights('policy.read'), body: file, headers: toml };
    expect((await ask('post', '/policy/replay', half)).status).toBe(403);
  });

  it('refuses a policy that cannot be, a file that is none, and who has no right', async () => {
    const { ask } = apiHouse();
    const nonsense = await ask('post', '/policy/plan', { body: 'home-region = = "MX"', headers: toml });
    expect(nonsense).toMatchObject({ status: 400, body: { code: 'invalid' } });
    expect((await ask('post', '/policy/plan', { body: 'a,b' })).status).toBe(400);
    expect((await ask('get', '/policy.toml?version=99')).status).toBe(404);
    expect((await ask('get', '/policy.toml', { as: withRights('live.read') })).status).toBe(403);
    const half = withRights('policy.read', 'system.write');
    expect(
      (await ask('post', '/policy/apply', { as: half, body: '', headers: toml, ifMatch: '*' })).status,
    ).toBe(403);
    expect(
      (await ask('post', '/policy/rollback', { as: half, body: { version: 1 }, ifMatch: '*' })).status,
    ).toBe(403);
  });
});

const nothing = () => Promise.resolve(null);
const away = {
  status: nothing,
  ringing: () => Promise.resolve([]),
  take: nothing,
  metrics: () => Promise.resolve(''),
};

it('one account’s reports leave room for those of others', async () => {
  const waiting: PromiseWithResolvers<never>[] = [];
  const read = () => {
    const asked = Promise.withResolvers<never>();
    waiting.push(asked);
    return asked.promise;
  };
  const { ask } = apiHouse({ heavy: { read } });
  const verify = (account: string) => ask('get', '/audit/verify', { as: { account } });
  const asked = Array.from({ length: 9 }, () => verify('maria'));
  const refused = (await Promise.all(asked.slice(6))).map(({ status, body }) => [status, body.detail]);
  expect(refused).toEqual(refused.map(() => [503, expect.stringMatching(/6 reports.*maria.*ask again/)]));
  asked.push(verify('otto'));
  await vi.waitFor(() => expect(waiting).toHaveLength(7), { timeout: 20_000 });
  for (const { reject } of waiting) reject(new AppError('unavailable', 'The test has no thread.'));
  expect((await asked[0])?.body.detail).toBe('The test has no thread.');
});
