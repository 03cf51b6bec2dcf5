// Signing in and out, sessions and their ends, and requests that other sites have a browser send.
import { describe, expect, it, vi } from 'vitest';
import { setAccount } from '../../../src/admin/accounts.ts';
import { resetPassword } from '../../../src/admin/passwords.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { openHere } from '../../store/temp-store.ts';
import { browserHouse, PASSWORD, quickPasswords } from './browsers.ts';

const MINUTE_MS = 60_000;
const SESSION = '__Host-callwarden';

describe('a session', () => {
  it('begins with a name and a password, tells who one is, and ends with a word', async () => {
    const { add, browser, store } = browserHouse();
    await add('maria', { roles: ['supervisor'], displayName: 'María', extension: '1001' });
    const page = browser();
    expect((await page.ask('get', '/session')).status).toBe(401);
    const begun = await page.signIn('Maria ');
    expect(begun).toMatchObject({
      status: 200,
      body: {
        name: 'maria',
        displayName: 'María',
        roles: ['supervisor'],
        rights: ['live.read', 'pickup', 'figures.read'],
        extension: '1001',
        seesAll: false,
        via: 'session',
        mustChangePassword: false,
      },
    });
    expect((await page.ask('get', '/session')).body).toEqual(begun.body);
    expect(readAudit(store, { limit: 1 })).toMatchObject([
      { actor: 'user:maria', action: 'signed-in', subject: 'account maria', after: { address: '192.0.2.7' } },
    ]);
    const stolen = new Map(page.cookies);
    expect((await page.ask('delete', '/session')).status).toBe(200);
    expect(page.cookies.has(SESSION)).toBe(false);
    const thief = browser();
    for (const [name, value] of stolen) thief.cookies.set(name, value);
    expect((await thief.ask('get', '/session')).status).toBe(401);
  });

  it('has cookies that no script and no other site gets, bound to the host over TLS', async () => {
    const { add, browser } = browserHouse();
    await add('maria');
    const { headers } = await browser().signIn();
    const [session = '', known = ''] = headers.getSetCookie();
    expect(session).toMatch(/^__Host-callwarden=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    expect(known).toMatch(
      /^__Host-callwarden-browser=[\w-]{43}; Max-Age=15552000; Path=\/; HttpOnly; Secure/,
    );
    const plain = browserHouse({ tls: false });
    await plain.add('maria');
    const page = plain.browser();
    const begun = await page.signIn();
    expect(begun.headers.getSetCookie()[0]).toMatch(
      /^callwarden=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    expect((await page.ask('delete', '/session')).status).toBe(200);
  });

  it('gets a new secret at each sign-in, and the one before it is over', async () => {
    const { add, browser } = browserHouse();
    await add('maria');
    const page = browser();
    page.cookies.set(SESSION, 'a'.repeat(43));
    await page.signIn();
    const first = page.cookies.get(SESSION) ?? '';
    expect(first).not.toBe('a'.repeat(43));
    await page.signIn();
    expect(page.cookies.get(SESSION)).not.toBe(first);
    const old = browser();
    old.cookies.set(SESSION, first);
    expect((await old.ask('get', '/session')).status).toBe(401);
  });

  it('ends after a quarter of an hour without a request, which an event stream is not', async () => {
    const { add, browser, clock } = browserHouse();
    await add('maria');
    const page = browser();
    await page.signIn();
    clock.nowMs += 14 * MINUTE_MS;
    expect((await page.ask('get', '/session')).status).toBe(200);
    clock.nowMs += 14 * MINUTE_MS;
    const headers = { accept: 'text/event-stream' };
    expect((await page.ask('get', '/session', { headers })).status).toBe(200);
    clock.nowMs += MINUTE_MS;
    expect((await page.ask('get', '/session')).status).toBe(401);
  });

  it('is let in while the database is locked, and waits for the lock once, not at each request', async () => {
    const { add, browser, clock, store } = browserHouse();
    await add('maria');
    const page = browser();
    await page.signIn();
    const other = openHere(store.path);
    other.db.exec('BEGIN IMMEDIATE');
    store.db.pragma('busy_timeout = 0');
    const tries = vi.spyOn(store.db, 'transaction');
    for (const minutes of [2, 0, 0]) {
      clock.nowMs += minutes * MINUTE_MS;
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      expect((await page.ask('get', '/session')).status).toBe(200);
    }
    expect(tries).toHaveBeenCalledTimes(1);
    other.db.exec('ROLLBACK');
    clock.nowMs += MINUTE_MS;
    expect((await page.ask('get', '/session/sessions')).body.sessions[0].seenMs).toBe(clock.nowMs);
  });

  it('ends after twelve hours in any case', async () => {
    const { add, browser, clock } = browserHouse();
    await add('maria');
    const page = browser();
    await page.signIn();
    const answers: number[] = [];
    for (let minutes = 10; minutes <= 12 * 60; minutes += 10) {
      clock.nowMs += 10 * MINUTE_MS;
      answers.push((await page.ask('get', '/session')).status);
    }
    expect(answers.indexOf(401)).toBe(71);
  });

  it('does not outlast a clock that is set back, beyond a correction of minutes', async () => {
    const { add, browser, clock } = browserHouse();
    await add('maria');
    const page = browser();
    await page.signIn();
    clock.nowMs -= 4 * MINUTE_MS;
    expect((await page.ask('get', '/session')).status).toBe(200);
    for (let others = 0; others < 20; others += 1) await browser().signIn();
    clock.nowMs -= 6 * MINUTE_MS;
    expect((await page.ask('get', '/session')).status).toBe(401);
    await page.signIn();
    expect((await page.ask('get', '/session')).status).toBe(200);
  });

  it('ends at once for who is disabled or gets another password, and has the rights of this moment', async () => {
    const { add, browser, now } = browserHouse();
    await add('root');
    await add('maria');
    const page = browser();
    await page.signIn();
    setAccount(now(), 'maria', { roles: ['auditor'] });
    expect((await page.ask('get', '/session')).body.rights).not.toContain('accounts');
    setAccount(now(), 'maria', { enabled: false });
    expect((await page.ask('get', '/session')).status).toBe(401);
    expect(await page.signIn()).toMatchObject({ status: 403, body: { code: 'wrong-password' } });
    setAccount(now(), 'maria', { enabled: true });
    expect((await page.ask('get', '/session')).status).toBe(401);
    await page.signIn();
    await resetPassword(now(), 'maria', 'drawn', quickPasswords);
    expect((await page.ask('get', '/session')).status).toBe(401);
  });

  it.each([
    ['without the token', { 'x-csrf-token': undefined }],
    ['with the token of another session', { 'x-csrf-token': 'x'.repeat(43) }],
    ['of another site', { 'sec-fetch-site': 'cross-site' }],
    ['of another port of the same name', { 'sec-fetch-site': 'same-site' }],
    ['of an older browser on another site', { 'sec-fetch-site': undefined, origin: 'https://evil.example' }],
    ['of a page without a site', { 'sec-fetch-site': undefined, origin: 'null' }],
    ['over http of the same name', { 'sec-fetch-site': undefined, origin: 'http://pbx.example.com' }],
    ['that says nothing of where it comes from', { 'sec-fetch-site': undefined, origin: undefined }],
  ])('takes no change %s', async (_, headers) => {
    const { add, browser } = browserHouse();
    await add('maria');
    const page = browser();
    await page.signIn();
    expect(await page.ask('delete', '/session', { headers })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
    expect((await page.ask('get', '/session')).status).toBe(200);
  });

  it('is begun for no page of another site', async () => {
    const { add, browser } = browserHouse();
    await add('maria');
    const page = browser();
    const body = { name: 'maria', password: PASSWORD };
    const evil = { 'sec-fetch-site': 'cross-site' };
    expect((await page.ask('post', '/session', { body, headers: evil })).status).toBe(403);
    const form = { 'content-type': 'text/plain' };
    expect((await page.ask('post', '/session', { body, headers: form })).status).toBe(400);
    expect(page.cookies.size).toBe(0);
  });
});

describe('one’s own password', () => {
  it('is changed by who knows the old one; other sessions and known browsers are over', async () => {
    const { add, browser } = browserHouse();
    await add('maria');
    const [page, other] = [browser(), browser('192.0.2.8')];
    await page.signIn();
    await other.signIn();
    const change = (old: string, next: string) =>
      page.ask('post', '/session/password', { body: { old, new: next } });
    expect(await change('no', 'quite another sentence')).toMatchObject({ body: { code: 'wrong-password' } });
    expect((await change(PASSWORD, 'maria-maria-1')).body.detail).toMatch(/name of the account/);
    expect((await change(PASSWORD, PASSWORD)).body.detail).toMatch(/have/);
    expect(await change(PASSWORD, 'quite another sentence')).toMatchObject({ status: 200 });
    expect((await page.ask('get', '/session')).status).toBe(200);
    expect((await other.ask('get', '/session')).status).toBe(401);
    expect((await other.signIn()).status).toBe(403);
    expect((await other.signIn('maria', 'quite another sentence')).status).toBe(200);
  });

  it('is asked for again and again while the new one is too weak, and nobody has to wait for that', async () => {
    const { add, browser } = browserHouse();
    await add('maria');
    const page = browser();
    await page.signIn();
    for (let round = 0; round < 12; round += 1) {
      const body = { old: PASSWORD, new: 'maria-maria-1' };
      expect((await page.ask('post', '/session/password', { body })).status).toBe(400);
    }
    expect((await browser('192.0.2.9').signIn()).status).toBe(200);
  });

  it('must be changed where somebody else gave it, before anything else', async () => {
    const { add, browser, now } = browserHouse();
    await add('maria');
    const { password } = await resetPassword(now(), 'maria', 'drawn', quickPasswords);
    const page = browser();
    const begun = await page.signIn('maria', password ?? '');
    expect(begun.body).toMatchObject({ mustChangePassword: true, rights: [], seesAll: false });
    expect((await page.ask('get', '/settings')).status).toBe(403);
    const body = { old: password, new: 'quite another sentence' };
    const changed = await page.ask('post', '/session/password', { body });
    expect(changed.body).toMatchObject({ mustChangePassword: false });
    expect((await page.ask('get', '/settings')).status).toBe(200);
  });
});
