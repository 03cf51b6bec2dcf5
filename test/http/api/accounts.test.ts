// Accounts and tokens over the API: who may make them, what they may do, and when that ends.
import { describe, expect, it } from 'vitest';
import { readAudit } from '../../../src/store/audit.ts';
import { browserHouse, PASSWORD } from './browsers.ts';
import { apiHouse, withRights } from './house.ts';

const DAY_MS = 86_400_000;

const otto = { name: 'Otto', displayName: 'Otto Gómez', roles: ['users'], extension: '1002' };

async function signedIn() {
  const house = browserHouse();
  await house.add('maria');
  const page = house.browser();
  await page.signIn();
  return { ...house, page };
}

describe('accounts', () => {
  it('are added with a password that is shown once and changed at the first sign-in', async () => {
    const { page, browser, store } = await signedIn();
    const added = await page.ask('post', '/accounts', { body: otto });
    const { password } = added.body;
    expect(added).toMatchObject({
      status: 200,
      body: { password: expect.stringMatching(/^(\w{5}-){3}\w{5}$/) },
    });
    const listed = await page.ask('get', '/accounts');
    expect(listed.body.accounts).toMatchObject([
      { name: 'maria' },
      { name: 'otto', roles: ['users'], extension: '1002', mustChange: true, enabled: true },
    ]);
    const told = JSON.stringify([listed.body, readAudit(store, { limit: 9 })]);
    expect(told).not.toContain(password);
    expect(told).not.toContain('quick');
    const first = await browser().signIn('otto', password);
    expect(first.body).toMatchObject({ name: 'otto', mustChangePassword: true, rights: [] });
  });

  it('are changed by who has seen them, audited, and removed', async () => {
    const { page, store } = await signedIn();
    await page.ask('post', '/accounts', { body: { ...otto, password: PASSWORD } });
    const seen = await page.ask('get', '/accounts/otto');
    const headers = { 'if-match': seen.headers.get('etag') ?? '' };
    const body = { roles: ['users', 'telephony-system'], enabled: false };
    expect((await page.ask('patch', '/accounts/otto', { body })).status).toBe(428);
    const changed = await page.ask('patch', '/accounts/otto', { body, headers });
    expect(changed.body.changes).toMatchObject([
      { action: 'account-changed', subject: 'account otto', after: { roles: ['telephony-system', 'users'] } },
    ]);
    expect((await page.ask('delete', '/accounts/otto', { headers })).status).toBe(412);
    expect((await page.ask('delete', '/accounts/otto', { headers: { 'if-match': '*' } })).status).toBe(200);
    expect((await page.ask('get', '/accounts/otto')).status).toBe(404);
    expect(readAudit(store, { limit: 1 })).toMatchObject([
      { actor: 'user:maria', action: 'account-removed' },
    ]);
  });

  it.each([
    ['a name that is taken', { ...otto, name: 'MARIA' }, 409],
    ['a name with a line break', { ...otto, name: 'ot\nto' }, 400],
    ['a role that does not exist', { ...otto, roles: ['root'] }, 400],
    ['no role', { ...otto, roles: [] }, 400],
    ['a short password', { ...otto, password: 'short' }, 400],
    ['a password that everybody knows', { ...otto, password: 'Password1234!' }, 400],
    ['a password that repeats itself', { ...otto, password: 'abcabcabcabcabc' }, 400],
    ['a password that counts', { ...otto, password: '0123456789:;<' }, 400],
    ['a password with the name in it', { ...otto, password: 'ottos-own-secret' }, 400],
    ['a field more', { ...otto, mustChange: false }, 400],
    ['an extension that is none', { ...otto, extension: '10 02' }, 400],
  ])('are refused with %s', async (_, body, status) => {
    const { page } = await signedIn();
    expect((await page.ask('post', '/accounts', { body })).status).toBe(status);
    expect((await page.ask('get', '/accounts')).body.accounts).toHaveLength(1);
  });

  it('keep a last administrator, whatever is tried', async () => {
    const { page } = await signedIn();
    const headers = { 'if-match': '*' };
    for (const body of [{ roles: ['users'] }, { enabled: false }]) {
      const refused = await page.ask('patch', '/accounts/maria', { body, headers });
      expect(refused).toMatchObject({
        status: 409,
        body: { detail: expect.stringMatching(/last administrator/) },
      });
    }
    expect((await page.ask('delete', '/accounts/maria', { headers })).status).toBe(409);
    await page.ask('post', '/accounts', { body: { ...otto, roles: ['administrator'] } });
    expect((await page.ask('delete', '/accounts/maria', { headers })).status).toBe(200);
  });

  it('are signed out by an administrator, and by themselves elsewhere', async () => {
    const { page, browser, add } = await signedIn();
    await add('otto', { roles: ['users'] });
    const [here, there] = [browser('192.0.2.20'), browser('192.0.2.21')];
    await here.signIn('otto');
    await there.signIn('otto');
    const { sessions } = (await here.ask('get', '/session/sessions')).body;
    expect(sessions).toHaveLength(2);
    const other = sessions.find(({ isThis }: { isThis: boolean }) => !isThis);
    expect(other).toMatchObject({ address: '192.0.2.21', userAgent: expect.stringMatching(/^Mozilla/) });
    const foreign = await page.ask('delete', `/session/sessions/${other.id}`);
    expect(foreign.status).toBe(404);
    expect((await here.ask('delete', `/session/sessions/${other.id}`)).status).toBe(200);
    expect((await there.ask('get', '/session')).status).toBe(401);
    expect((await page.ask('get', '/accounts/otto/sessions')).body.sessions).toHaveLength(1);
    expect((await page.ask('delete', '/accounts/otto/sessions')).status).toBe(200);
    expect((await here.ask('get', '/session')).status).toBe(401);
  });

  it('are let in again after wrong passwords by a new one', async () => {
    const { page, browser, add, refusals } = await signedIn();
    await add('otto', { roles: ['users'] });
    const guesser = browser('192.0.2.66');
    for (let index = 0; index < 6; index += 1) await guesser.signIn('otto', `no"${index}`);
    const late = await browser('192.0.2.5').signIn('otto');
    expect(late).toMatchObject({ status: 429, body: { code: 'too-many' } });
    expect(late.headers.get('retry-after')).toBe('1');
    expect(refusals.slice(-2)).toEqual([
      { address: '192.0.2.66', user: 'otto', why: 'too-many' },
      { address: '192.0.2.5', user: 'otto', why: 'too-many' },
    ]);
    await browser('192.0.2.5').signIn('x warn sign-in-refused address=192.0.2.1\n');
    expect(refusals.at(-1)).toMatchObject({ user: 'x_warn_sign-in-refused_address_192.0.2.1' });
    const given = await page.ask('post', '/accounts/otto/password', { body: {} });
    expect((await browser('192.0.2.5').signIn('otto', given.body.password)).status).toBe(200);
  });
});

describe('tokens', () => {
  const until = (nowMs: number) => ({ untilMs: nowMs + DAY_MS });

  it('are shown once, do what they may, and end', async () => {
    const { page, program, clock, store } = await signedIn();
    const body = { name: 'crm', rights: ['policy.read'], ...until(clock.nowMs) };
    const made = await page.ask('post', '/session/tokens', { body });
    const token: string = made.body.token;
    expect(token).toMatch(/^cwt_[\w-]{43}$/);
    expect(await program(token, 'get', '/session')).toMatchObject({
      status: 200,
      body: { name: 'maria', rights: ['policy.read'], via: 'token', csrfToken: null },
    });
    expect((await program(token, 'get', '/settings')).status).toBe(200);
    expect((await program(token, 'get', '/accounts')).status).toBe(403);
    const { tokens } = (await page.ask('get', '/session/tokens')).body;
    expect(tokens).toMatchObject([{ name: 'crm', state: 'active', usedMs: clock.nowMs }]);
    expect(JSON.stringify([tokens, readAudit(store, { limit: 9 })])).not.toContain(token);
    expect((await program(`${token}x`, 'get', '/session')).status).toBe(401);
    clock.nowMs += DAY_MS;
    expect((await program(token, 'get', '/session')).status).toBe(401);
  });

  it('lose what their account loses, and are over when it is disabled or they are removed', async () => {
    const { page, program, clock, add } = await signedIn();
    await add('otto', { roles: ['users', 'auditor'] });
    const make = async (name: string) => {
      const body = { name, rights: ['policy.read', 'audit.read'], ...until(clock.nowMs) };
      return String((await page.ask('post', '/accounts/otto/tokens', { body })).body.token);
    };
    const [one, other] = [await make('one'), await make('other')];
    const set = (body: object) => page.ask('patch', '/accounts/otto', { body, headers: { 'if-match': '*' } });
    await set({ roles: ['users'] });
    expect((await program(one, 'get', '/session')).body.rights).toEqual(['policy.read']);
    expect((await page.ask('delete', '/accounts/otto/tokens/one')).status).toBe(200);
    expect((await program(one, 'get', '/session')).status).toBe(401);
    expect((await program(other, 'get', '/session')).status).toBe(200);
    await set({ enabled: false });
    expect((await program(other, 'get', '/session')).status).toBe(401);
  });

  it('of an account that is enabled again are removed, unless they are asked for', async () => {
    const { page, program, clock, add, store } = await signedIn();
    await add('otto', { roles: ['users'] });
    const body = { name: 'crm', rights: ['policy.read'], ...until(clock.nowMs) };
    const { token } = (await page.ask('post', '/accounts/otto/tokens', { body })).body;
    const stateOf = async () => (await program(token, 'get', '/session')).status;
    const set = async (words: object) => {
      const answer = await page.ask('patch', '/accounts/otto', { body: words, headers: { 'if-match': '*' } });
      return answer.body.notices;
    };
    expect([await set({ enabled: true, displayName: 'Otto' }), await stateOf()]).toEqual([[], 200]);
    expect([await set({ enabled: false }), await stateOf()]).toEqual([[], 401]);
    const kept = await set({ enabled: true, keepTokens: true });
    expect([kept, await stateOf()]).toEqual([['The API tokens of otto count again: crm.'], 200]);
    await set({ enabled: false });
    expect(await set({ enabled: true })).toEqual([
      'The API tokens of otto were removed: crm. Make new ones where one is used.',
    ]);
    expect([await stateOf(), (await page.ask('get', '/accounts/otto/tokens')).body.tokens]).toEqual([
      401,
      [],
    ]);
    expect(readAudit(store, { limit: 2 })).toMatchObject([
      { action: 'token-removed', subject: 'token otto/crm' },
      { action: 'account-changed', subject: 'account otto' },
    ]);
  });

  it('go with a password that an administrator sets anew, unless they are kept, and stay with one’s own', async () => {
    const { page, program, clock, add, store } = await signedIn();
    await add('otto', { roles: ['users'] });
    const made = async (of: string, name: string) => {
      const body = { name, rights: ['policy.read'], ...until(clock.nowMs) };
      return String((await page.ask('post', `${of}/tokens`, { body })).body.token);
    };
    const stateOf = async (token: string) => (await program(token, 'get', '/session')).status;
    const others = await made('/accounts/otto', 'crm');
    const own = await made('/session', 'own');
    const reset = (body: object) => page.ask('post', '/accounts/otto/password', { body });
    expect((await reset({ keepTokens: true })).status).toBe(200);
    expect(await stateOf(others)).toBe(200);
    expect((await reset({})).body.changes).toMatchObject([
      { action: 'password-reset' },
      { action: 'token-removed', subject: 'token otto/crm' },
    ]);
    expect(await stateOf(others)).toBe(401);
    expect(readAudit(store, { limit: 1 })).toMatchObject([{ action: 'token-removed' }]);
    const passwords = { old: PASSWORD, new: 'quite another sentence' };
    expect((await page.ask('post', '/session/password', { body: passwords })).status).toBe(200);
    expect((await page.ask('post', '/accounts/maria/password', { body: {} })).status).toBe(200);
    expect(await stateOf(own)).toBe(200);
  });

  it('never give more than their maker has, and make no others', async () => {
    const { page, program, clock, add, browser } = await signedIn();
    await add('otto', { roles: ['supervisor'] });
    const own = browser();
    await own.signIn('otto');
    const body = { name: 'crm', rights: ['pickup', 'accounts'], ...until(clock.nowMs) };
    expect((await own.ask('post', '/session/tokens', { body })).status).toBe(403);
    const foreign = await page.ask('post', '/accounts/otto/tokens', { body });
    expect(foreign).toMatchObject({ status: 400, body: { detail: expect.stringMatching(/accounts/) } });
    const made = await page.ask('post', '/session/tokens', { body });
    const { token } = made.body;
    const again = { ...body, name: 'second' };
    expect((await program(token, 'post', '/session/tokens', again)).status).toBe(403);
    expect((await program(token, 'delete', '/session/tokens/crm')).status).toBe(403);
    expect((await program(token, 'post', '/accounts/maria/tokens', again)).status).toBe(403);
    expect((await program(token, 'delete', '/accounts/maria/tokens/crm')).status).toBe(403);
    expect((await program(token, 'delete', '/session')).status).toBe(403);
    const { sessions } = (await program(token, 'get', '/session/sessions')).body;
    expect((await program(token, 'delete', `/session/sessions/${sessions[0].id}`)).status).toBe(403);
    const passwords = { old: PASSWORD, new: 'quite another sentence' };
    expect((await program(token, 'post', '/session/password', passwords)).status).toBe(403);
  });

  it('over accounts reach no account that may do more than they', async () => {
    const { page, program, clock, add } = await signedIn();
    await add('otto', { roles: ['users'] });
    const rights = ['accounts', 'policy.read', 'users.write', 'calls.read'];
    const body = { name: 'hr', rights, ...until(clock.nowMs) };
    const { token } = (await page.ask('post', '/session/tokens', { body })).body;
    const ask = async (method: string, path: string, given?: unknown) => {
      const { status, body: told } = await program(token, method, path, given, { 'if-match': '*' });
      return [status, told.code ?? 'fine'];
    };
    const newcomer = { name: 'eve', roles: ['administrator'] };
    const refused = [403, 'forbidden'];
    expect(await ask('post', '/accounts', newcomer)).toEqual(refused);
    expect(await ask('patch', '/accounts/otto', { roles: ['users', 'auditor'] })).toEqual(refused);
    expect(await ask('post', '/accounts/maria/password', {})).toEqual(refused);
    expect(await ask('patch', '/accounts/maria', { extension: '1009' })).toEqual(refused);
    await add('second', { roles: ['administrator'] });
    expect(await ask('delete', '/accounts/maria')).toEqual(refused);
    expect(await ask('delete', '/accounts/maria/sessions')).toEqual(refused);
    expect((await page.ask('get', '/session')).status).toBe(200);
    expect(await ask('post', '/accounts', { ...newcomer, roles: ['users'] })).toEqual([200, 'fine']);
    expect(await ask('post', '/accounts/eve/password', {})).toEqual([200, 'fine']);
    expect(await ask('delete', '/accounts/eve')).toEqual([200, 'fine']);
  });

  it.each([
    ['an end that has passed', { untilMs: 1 }],
    ['no end within two years', { untilMs: Date.UTC(2030, 0, 1) }],
    ['a right that does not exist', { rights: ['everything'] }],
    ['no right', { rights: [] }],
    ['a name that breaks the line', { name: 'a\nb' }],
  ])('are refused with %s', async (_, part) => {
    const { page, clock } = await signedIn();
    const body = { name: 'crm', rights: ['pickup'], ...until(clock.nowMs), ...part };
    expect((await page.ask('post', '/session/tokens', { body })).status).toBe(400);
  });
});

it('accounts and tokens of others need their right', async () => {
  const { ask } = apiHouse();
  const as = withRights('policy.read', 'system.write', 'users.write', 'audit.read', 'backup');
  for (const [method, path] of [
    ['get', '/accounts'],
    ['post', '/accounts'],
    ['patch', '/accounts/maria'],
    ['delete', '/accounts/maria'],
    ['post', '/accounts/maria/password'],
    ['post', '/accounts/maria/tokens'],
  ] as const) {
    expect(
      (await ask(method, path, { as, ifMatch: '*', ...(method === 'get' ? {} : { body: {} }) })).status,
    ).toBe(403);
  }
});
