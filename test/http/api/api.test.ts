// The API as a whole: its description says what is served, and what is not there is told in its own form.
import { z } from '@hono/zod-openapi';
import * as fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { setExtensions } from '../../../src/admin/extensions.ts';
import { setSettings } from '../../../src/admin/settings.ts';
import { apiRoutes } from '../../../src/http/api/app.ts';
import { requestOf, type Description, type Operation, type Request, type Schema } from './described.ts';
import { apiHouse, type Answer } from './house.ts';
import '../../seed.ts';

const RUNS = 8;
/** Each of them hashes a password. */
const SLOW_RUNS = 2;
const isSlow = (method: string, path: string) =>
  method === 'post' && /password$|^\/accounts$|^\/session$/.test(path);

async function describedBy(ask: ReturnType<typeof apiHouse>['ask']): Promise<Description> {
  return (await ask('get', '/openapi.json')).body;
}

const operationsOf = ({ paths }: Description) =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );

/** Every object of the document, with where it stands. */
function* objectsOf(
  value: unknown,
  where = '#',
): Generator<readonly [string, Readonly<Record<string, unknown>>]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [where, { ...value }];
  for (const [key, inner] of Object.entries(value)) yield* objectsOf(inner, `${where}/${key}`);
}

const askedFor = ({ path, query }: Request) => {
  const words = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) words.append(key, String(value));
  return words.size === 0 ? path : `${path}?${words.toString()}`;
};

/** '' where the answer is one that the description names, in the form that it names. */
function strangenessOf(
  { responses }: Operation,
  answer: Answer,
  formOf: (schema: Schema) => z.ZodType,
): string {
  const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
  const said = responses[answer.status]?.content;
  if (said === undefined) return `answers ${answer.status}, which is not described`;
  const content = said[type];
  if (content === undefined) return `answers ${answer.status} as ${type}, which is not described`;
  if (!type.endsWith('json')) return '';
  const { error } = formOf(content.schema).safeParse(answer.body);
  return error ? `answers ${answer.status} in another form: ${error.message}` : '';
}

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

  it('is described without names that lead nowhere, forms of other versions, and queries that are null', async () => {
    const description = await describedBy(apiHouse().ask);
    const operations = operationsOf(description);
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
    const refs = new Set<string>();
    for (const [where, object] of objectsOf(description)) {
      if ('$ref' in object) refs.add(String(object['$ref']));
      expect([where, object['nullable'], typeof object['exclusiveMinimum']]).toEqual([
        where,
        undefined,
        expect.stringMatching(/undefined|number/),
      ]);
    }
    const kept = Object.keys(description.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect(refs).toEqual(new Set(kept));
    for (const { path, method, operation } of operations) {
      const { parameters = [], responses } = operation;
      const inPath = parameters.filter((one) => one.in === 'path' && one.required).map(({ name }) => name);
      const named = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name);
      expect([method, path, inPath]).toEqual([method, path, named]);
      expect([
        path,
        parameters.filter(({ schema }) => typeof schema.type !== 'string' && !schema.enum),
      ]).toEqual([path, []]);
      const always = ['200', '400', '401', '403', '429', '500', '503'];
      expect([method, path, Object.keys(responses)]).toEqual([method, path, expect.arrayContaining(always)]);
    }
  });

  it('answers what is made from its description alone as it is described', { timeout: 120_000 }, async () => {
    const { ask, context } = apiHouse();
    setSettings(context, new Map([['home-region', ['MX']]]));
    await ask('post', '/accounts', { body: { name: 'maria', roles: ['administrator'] } });
    setExtensions(context, ['1001', '1002'], {});
    const description = await describedBy(ask);
    const { schemas } = description.components;
    const inline = (schema: unknown) =>
      JSON.parse(JSON.stringify(schema).replaceAll('#/components/schemas/', '#/$defs/'));
    const forms = new Map<Schema, z.ZodType>();
    const formOf = (schema: Schema) => {
      const form = forms.get(schema) ?? z.fromJSONSchema({ ...inline(schema), $defs: inline(schemas) });
      forms.set(schema, form);
      return form;
    };
    const strange = new Set<string>();
    for (const { path, method, operation } of operationsOf(description)) {
      // The one lasts, the other needs a thread.
      if (path === '/events' || path === '/backup' || path === '/session') continue;
      const [type = ''] = Object.keys(operation.requestBody?.content ?? {});
      const property = fc.asyncProperty(requestOf(path, operation, schemas), async (request) => {
        const body = type.endsWith('json') ? JSON.stringify(request.body) : request.body;
        const sent = type === '' ? {} : { body, headers: { 'content-type': type } };
        const answer = await ask(method, askedFor(request), { ifMatch: '*', ...sent });
        const told = strangenessOf(operation, answer, formOf);
        if (told !== '') strange.add(`${method} ${path} ${told} for ${JSON.stringify(request)}`);
        if (answer.status !== 400 || type !== '') return;
        const isForm = /^[\w.]+: (Invalid|Too|Unrecognized)/.test(String(answer.body.detail));
        if (isForm) strange.add(`${method} ${path} refuses what it describes: ${answer.body.detail}`);
      });
      // oxlint-disable-next-line no-await-in-loop -- on one database
      await fc.assert(property, { numRuns: isSlow(method, path) ? SLOW_RUNS : RUNS });
    }
    expect([...strange]).toEqual([]);
  });

  it('has no two routes for one request', () => {
    const asked = apiRoutes.map(({ method, path }) => `${method} ${path.replaceAll(/\{\w+\}/g, '{}')}`);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('makes its description once, as whoever comes by may ask for it', async () => {
    const { api, ask } = apiHouse();
    const made = vi.spyOn(api, 'getOpenAPI31Document');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ask('get', '/openapi.json', { as: null })),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(made).toHaveBeenCalledTimes(1);
    const headers = { 'if-none-match': answers[0]?.headers.get('etag') ?? '' };
    expect((await ask('get', '/openapi.json', { as: null, headers })).status).toBe(304);
  });

  it('says what is not there', async () => {
    const { status, body } = await apiHouse().ask('get', '/nothing');
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 'not-found', detail: 'There is no GET /nothing.' });
  });

  it('says which methods a path takes, to whoever asks by another one', async () => {
    const { ask } = apiHouse();
    const wrong: string[] = [];
    for (const path of new Set(apiRoutes.map((route) => route.path))) {
      const asked = path.replaceAll(/\{\w+\}/g, 'none');
      const told = await ask('options', asked, { as: null });
      const allow = told.headers.get('allow') ?? '';
      const own = apiRoutes.filter((route) => route.path === path).map(({ method }) => method.toUpperCase());
      const isWhole = [...own, 'OPTIONS'].every((method) => allow.split(', ').includes(method));
      if (told.status !== 204 || !isWhole) wrong.push(`OPTIONS ${path}: ${told.status} ${allow}`);
      for (const method of ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND']) {
        const { status, headers } = await ask(method, asked, { as: null });
        const isTaken = status !== 405 && status !== 404;
        const isTold = status === 405 && headers.get('allow') === allow;
        if (!(allow.split(', ').includes(method) ? isTaken : isTold))
          wrong.push(`${method} ${path}: ${status}`);
      }
    }
    expect(wrong).toEqual([]);
    const put = await ask('put', '/extensions/edit', { as: null });
    const detail = '/extensions/edit takes DELETE, GET, HEAD, OPTIONS, PATCH, POST, not PUT.';
    expect(put).toMatchObject({ status: 405, body: { code: 'method-not-allowed', detail } });
  });
});
