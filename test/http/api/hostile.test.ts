// Every route given words that no honest client sends: each is answered by a sentence, and none by a failure inside.
import { z } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { apiRoutes } from '../../../src/http/api/app.ts';
import type { Route } from '../../../src/http/api/route.ts';
import { apiHouse } from './house.ts';

const LONG = 'x'.repeat(300);
const DEEP = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
/** Texts and numbers as they stand in an address. */
const words = [
  '',
  '__proto__',
  '%00',
  '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  'a%2Fb',
  "'%20OR%201=1--",
  '%25_%25',
  '*',
  '%0d%0ax:y',
  '%ED%A0%80',
  '%EF%BC%91%EF%BC%90%EF%BC%90%EF%BC%91',
  '1e308',
  '9007199254740991',
  '8640000000000000',
  '253402300800000',
  'NaN',
  '0x10',
  encodeURIComponent('1'.repeat(39)),
  LONG,
];
const values: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  8.64e15,
  253_402_300_800_000,
  '',
  '__proto__',
  '\0',
  '\ud800',
  LONG,
  '+'.repeat(40),
  [],
  {},
  ['__proto__'],
  ['1001-1002', 'constructor'],
  { constructor: ['x'] },
  { allow: ['toString'] },
];

const shapeOf = (schema: z.ZodType | undefined): Readonly<Record<string, unknown>> =>
  schema instanceof z.ZodObject ? schema.shape : {};
/** What makes the rest of a body valid, where it is known without looking. */
const named: Readonly<Record<string, unknown>> = {
  extensions: ['1001'],
  name: 'known',
  reason: 'a reason',
  number: '+541143211234',
  countries: ['FR'],
  rights: ['policy.read'],
  roles: ['users'],
  untilMs: 1_900_000_000_000,
};
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const filled = (path: string, word: string) => path.replaceAll(/\{\w+\}/g, word);
const plain = (path: string) => path.replaceAll('{extension}', '1001').replaceAll(/\{\w+\}/g, '1');
/** These are the door itself, or have a test of their own with a daemon. */
const routes = apiRoutes.filter(
  ({ path }) => !['/session', '/session/password', '/events', '/backup'].includes(path),
);
/** The house has no daemon, no account and no key; those say so. */
const fine = new Set([200, 304, 400, 403, 404, 409, 412, 413, 503]);

describe('hostile words', () => {
  it('in paths and queries', { timeout: 60_000 }, async () => {
    const { ask, context } = apiHouse();
    setExtensions(context, ['1001'], {});
    const wrong: string[] = [];
    const look = async (route: Route, path: string) => {
      const body = route.method === 'get' || route.method === 'delete' ? undefined : {};
      const { status } = await ask(route.method, path, { ifMatch: '*', ...(body && { body }) });
      if (!fine.has(status)) wrong.push(`${nameOf(route)}: ${status} for ${path.slice(0, 80)}`);
    };
    for (const route of routes) {
      for (const word of words) {
        if (route.params) await look(route, filled(route.path, word));
        for (const key of Object.keys(shapeOf(route.query))) {
          const needed = ['number', 'picker', 'target'].filter((other) => other in shapeOf(route.query));
          const rest = needed.filter((other) => other !== key).map((other) => `&${other}=1001`);
          await look(route, `${plain(route.path)}?${key}=${word}${rest.join('')}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('in bodies, also with names that every object has', { timeout: 60_000 }, async () => {
    const { ask, api, context } = apiHouse();
    setExtensions(context, ['1001'], {});
    const wrong: string[] = [];
    for (const route of routes.filter(({ body, file }) => body && file === undefined)) {
      const shape = shapeOf(route.body);
      const rest = Object.fromEntries(Object.entries(named).filter(([key]) => key in shape));
      for (const value of values) {
        for (const key of Object.keys(shape)) {
          const body = { ...rest, [key]: value };
          const { status } = await ask(route.method, plain(route.path), { body, ifMatch: '*' });
          if (!fine.has(status)) wrong.push(`${nameOf(route)}: ${status} for ${JSON.stringify(body)}`);
        }
      }
      for (const body of [
        `{"__proto__":{"extensions":["1001"]}}`,
        `{"settings":{"\\u005f_proto__":["x"]}}`,
        `{"constructor":["x"]}`,
        DEEP,
        'null',
        '1',
      ]) {
        const headers = { 'content-type': 'application/json' };
        const { status } = await ask(route.method, plain(route.path), { body, ifMatch: '*', headers });
        if (!fine.has(status)) wrong.push(`${nameOf(route)}: ${status} for ${body.slice(0, 40)}`);
        if (status === 200 && body.includes('_proto__')) wrong.push(`${nameOf(route)} takes ${body}`);
      }
    }
    expect(wrong).toEqual([]);
    for (const name of ['\u202egnp.exe', 'a\u2066b', 'a\rb', 'a\u2028b', '\ud800']) {
      const { status } = await ask('patch', '/extensions/1001', { body: { name }, ifMatch: '*' });
      expect([name, status]).toEqual([name, 400]);
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect((await api.request('/nothing')).status).toBe(404);
  });
});
