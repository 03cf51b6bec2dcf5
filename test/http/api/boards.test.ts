// Sessions that outlast whoever began them: boards on a wall, and files that are sent while a right is withdrawn.
import { describe, expect, it } from 'vitest';
import { setAccount } from '../../../src/admin/accounts.ts';
import { apiRoutes } from '../../../src/http/api/app.ts';
import { rightsNeeded, type Route } from '../../../src/http/api/route.ts';
import { readAudit } from '../../../src/store/audit.ts';
import { browserHouse, PASSWORD } from './browsers.ts';

const MINUTE_MS = 60_000;
const SESSION = '__Host-callwarden';
const LOOKING: ReadonlySet<string> = new Set(['live.read', 'figures.read']);

describe('a session', () => {
  it('becomes that of a board on a wall, which looks on for a month and changes nothing', async () => {
    const { add, browser, clock, store } = browserHouse();
    await add('root');
    const page = browser();
    await page.signIn('root');
    const before = page.cookies.get(SESSION) ?? '';
    const board = await page.ask('post', '/session/board');
    expect(board).toMatchObject({
      status: 200,
      body: { via: 'board', rights: ['live.read', 'figures.read'], seesAll: true, idleMs: null },
    });
    expect(board.headers.getSetCookie()[0]).toMatch(/^__Host-callwarden=[\w-]{43}; Max-Age=2592000; Path=/);
    expect(readAudit(store, { limit: 1 })).toMatchObject([
      { actor: 'user:root', action: 'board-begun', subject: 'account root' },
    ]);
    const old = browser();
    old.cookies.set(SESSION, before);
    expect((await old.ask('get', '/session')).status).toBe(401);
    clock.nowMs += 29 * 24 * 60 * MINUTE_MS;
    const asked: readonly (readonly [string, string])[] = [
      ['get', '/session'],
      ['get', '/statistics/denials'],
      ['get', '/calls'],
      ['get', '/extensions'],
      ['get', '/session/sessions'],
      ['post', '/session/tokens'],
      ['post', '/session/password'],
      ['post', '/session/board'],
      ['post', '/ringing/x/pickup'],
      ['post', '/backup'],
    ];
    const answers: number[] = [];
    for (const [method, path] of asked) answers.push((await page.ask(method, path)).status);
    expect(answers).toEqual([200, 200, 403, 403, 403, 403, 403, 403, 403, 403]);
    clock.nowMs += 24 * 60 * MINUTE_MS;
    expect((await page.ask('get', '/session')).status).toBe(401);
  });

  it('of a board reaches what shows calls and figures, and its own end, of all that the API serves', async () => {
    const { add, browser } = browserHouse();
    await add('root');
    const page = browser();
    await page.signIn('root');
    await page.ask('post', '/session/board');
    const end = 'delete /session';
    const nameOf = ({ method, path }: Route) => `${method} ${path}`;
    const closed = apiRoutes.filter(({ needs }) => needs !== 'anybody');
    const shown = closed.filter(
      (route) => rightsNeeded(route).length > 0 && rightsNeeded(route).every((right) => LOOKING.has(right)),
    );
    const looked = shown.filter(({ method }) => method === 'get').map(nameOf);
    const reached: string[] = [];
    for (const route of closed.filter((one) => !looked.includes(nameOf(one)) && nameOf(one) !== end)) {
      const { method, path } = route;
      const body = method === 'get' ? {} : { body: { nothing: 'known' } };
      const asked = path.replaceAll(/\{\w+\}/g, 'none');
      const { status } = await page.ask(method, asked, { ...body, headers: { 'if-match': '*' } });
      if (status !== 403) reached.push(nameOf(route));
    }
    expect(reached).toEqual(['get /session']);
    expect(looked.toSorted()).toEqual([
      'get /events',
      'get /ringing',
      'get /statistics/denials',
      'get /statistics/denials.csv',
      'get /statistics/pickup',
      'get /statistics/pickup.csv',
      'get /status',
    ]);
  });

  it('of a board is listed among those of its account, and ends there, by a word, and with the account', async () => {
    const { add, browser, now } = browserHouse();
    await add('root');
    await add('maria', { roles: ['supervisor'] });
    const begin = async () => {
      const page = browser('192.0.2.8');
      await page.signIn();
      await page.ask('post', '/session/board');
      return page;
    };
    const desk = browser();
    await desk.signIn();
    const wall = await begin();
    const { sessions } = (await desk.ask('get', '/session/sessions')).body;
    const board = sessions.find((session: { board: boolean }) => session.board);
    expect([sessions.length, board.address]).toEqual([2, '192.0.2.8']);
    await desk.ask('delete', `/session/sessions/${board.id}`);
    expect((await wall.ask('get', '/session')).status).toBe(401);
    const second = await begin();
    expect((await second.ask('delete', '/session')).status).toBe(200);
    expect((await second.ask('get', '/session')).status).toBe(401);
    const third = await begin();
    setAccount(now(), 'maria', { enabled: false });
    expect((await third.ask('get', '/session')).status).toBe(401);
  });

  it('that ends while a file is on its way changes nothing any more', async () => {
    const { add, browser, now, store } = browserHouse();
    await add('root');
    await add('maria');
    const page = browser();
    await page.signIn();
    const sent = page.ask('post', '/accounts', {
      body: { name: 'eve', roles: ['auditor'], password: PASSWORD },
    });
    // The body is read, and the password hashed, in later turns.
    setAccount(now(), 'maria', { enabled: false });
    expect(await sent).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(readAudit(store, { limit: 1 })).toMatchObject([
      { action: 'account-changed', subject: 'account maria' },
    ]);
  });
});
