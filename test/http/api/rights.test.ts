// Every route asked by every role: whoever lacks the right is refused, whoever has it is not, and auditors change nothing.
import { describe, expect, it } from 'vitest';
import { rights, rightsOfRoles, roles } from '../../../src/admin/account-rights.ts';
import { apiRoutes } from '../../../src/http/api/app.ts';
import { rightsNeeded, type Route } from '../../../src/http/api/route.ts';
import { apiHouse } from './house.ts';

const NO_RIGHT = /has no right to do this/;

/** Reads that are asked for with a body. Whoever adds one that an auditor may use names it here, after thinking twice. */
const READS_BY_POST: ReadonlySet<string> = new Set(['/policy/plan', '/policy/replay']);

const nameOf = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`;
const isOwn = ({ path }: Route) => path === '/session' || path.startsWith('/session/');
const holds = (held: readonly string[], route: Route) =>
  rightsNeeded(route).every((right) => held.includes(right));

describe('rights', () => {
  it('stand between each role and each route', async () => {
    const { ask } = apiHouse();
    const wrong: string[] = [];
    for (const route of apiRoutes.filter(({ needs }) => needs !== 'anybody')) {
      const path = route.path.replaceAll(/\{\w+\}/g, 'none');
      const options = { ifMatch: '*', ...(route.method === 'get' ? {} : { body: { nothing: 'known' } }) };
      const stranger = await ask(route.method, path, { ...options, as: null });
      if (stranger.status !== 401) wrong.push(`${nameOf(route)}: ${stranger.status} for nobody`);
      for (const role of roles) {
        const held = rightsOfRoles([role]);
        const { status, body } = await ask(route.method, path, { ...options, as: { rights: new Set(held) } });
        const isRefused = status === 403 && NO_RIGHT.test(String(body.detail));
        if (isRefused === holds(held, route)) wrong.push(`${nameOf(route)}: ${status} for ${role}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('are asked for by whatever shows or changes anything but oneself', () => {
    const open = apiRoutes.filter((route) => rightsNeeded(route).length === 0 && !isOwn(route));
    expect(open.map(nameOf)).toEqual([]);
  });

  it('of an auditor change nothing', () => {
    const held = rightsOfRoles(['auditor']);
    const changing = apiRoutes.filter(
      (route) =>
        route.method !== 'get' && !isOwn(route) && !READS_BY_POST.has(route.path) && holds(held, route),
    );
    expect(changing.map(nameOf)).toEqual([]);
  });

  it('all belong to the administrator, and each belongs to some route', () => {
    expect(rightsOfRoles(['administrator'])).toEqual(rights);
    const used = new Set(apiRoutes.flatMap(rightsNeeded));
    expect(rights.filter((right) => !used.has(right))).toEqual([]);
  });
});
