// The API as a whole: its description says what is served, and what is not there is told in its own form.
import { describe, expect, it } from 'vitest';
import { apiRoutes } from '../../../src/http/api/app.ts';
import { apiHouse } from './house.ts';

describe('the API', () => {
  it('describes every route, with its rights', async () => {
    const { body } = await apiHouse().ask('get', '/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    const described = Object.entries<Record<string, { security: object[] }>>(body.paths).flatMap(
      ([path, methods]) =>
        Object.entries(methods).map(
          ([method, { security }]) => `${method} ${path} ${JSON.stringify(security[1] ?? 'open')}`,
        ),
    );
    const served = apiRoutes.map(
      ({ method, path, needs }) =>
        `${method} ${path} ${JSON.stringify(needs === 'anybody' ? 'open' : { token: needs })}`,
    );
    expect(described.toSorted()).toEqual(served.toSorted());
  });

  it('has no two routes for one request', () => {
    const asked = apiRoutes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('says what is not there', async () => {
    const { status, body } = await apiHouse().ask('get', '/nothing');
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 'not-found', detail: 'There is no GET /nothing.' });
  });
});
