// A route as OpenAPI 3.1 describes it.
import { z, type RouteConfig } from '@hono/zod-openapi';
import { problemSchema } from './problem.ts';
import type { Route } from './route.ts';

const failures = (spec: Route): readonly (readonly [status: number, description: string])[] => [
  [400, 'Not valid: the problem says what, and nothing was changed.'],
  [401, 'Not signed in.'],
  [403, 'No right to do this.'],
  ...(spec.params || spec.query || spec.method !== 'get'
    ? ([[404, 'There is no such thing, or something that was named is not there.']] as const)
    : []),
  ...(spec.method === 'get' ? [] : ([[409, 'Not possible as things stand.']] as const)),
  ...(spec.method === 'get' ? [] : ([[412, 'Somebody else has changed it.']] as const)),
  ...(spec.guards ? ([[428, 'If-Match is missing.']] as const) : []),
  ...(spec.body || spec.file !== undefined ? ([[413, 'The body is too long.']] as const) : []),
  [429, 'Too many requests.'],
  [500, 'The daemon failed; its log says why.'],
  [503, 'The daemon or its database cannot answer now.'],
];

const etag = { ETag: { description: 'For If-Match.', schema: { type: 'string' as const } } };
const retryAfter = { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' as const } } };

export function describeRoute(spec: Route): RouteConfig {
  const problems = failures(spec).map(([status, description]) => [
    status,
    {
      description,
      content: { 'application/problem+json': { schema: problemSchema } },
      ...(status === 429 ? { headers: retryAfter } : {}),
    },
  ]);
  const content = spec.produces
    ? { [spec.produces]: { schema: { type: 'string' as const } } }
    : { 'application/json': { schema: spec.answer } };
  return {
    method: spec.method,
    path: spec.path,
    tags: [spec.tag],
    summary: spec.summary,
    operationId: operationId(spec),
    description: [spec.description ?? '', `Rights: ${rightsText(spec)}.`].join('\n\n').trim(),
    security: spec.needs === 'anybody' ? [] : [{ session: [] }, { token: [...spec.needs] }],
    request: requestOf(spec),
    responses: {
      200: { description: 'Done.', content, ...(spec.tagged ? { headers: etag } : {}) },
      ...(spec.tagged ? { 304: { description: 'As If-None-Match knows it.', headers: etag } } : {}),
      ...Object.fromEntries(problems),
    },
  };
}

/** `policy.read, users.write`. */
export function rightsText(spec: Route): string {
  return spec.needs === 'anybody' ? 'none, without a sign-in' : spec.needs.join(', ') || 'any account';
}

function requestOf(spec: Route): NonNullable<RouteConfig['request']> {
  const ifMatch = z.object({
    'if-match': z.string().meta({ description: 'The ETag of what was read; `*` for whatever is there.' }),
  });
  return {
    ...(spec.params instanceof z.ZodObject ? { params: spec.params } : {}),
    ...(spec.query instanceof z.ZodObject ? { query: spec.query } : {}),
    ...(spec.guards ? { headers: ifMatch } : {}),
    ...(spec.file === undefined
      ? {}
      : { body: { required: true, content: { [spec.file]: { schema: { type: 'string' as const } } } } }),
    ...(spec.body && spec.file === undefined
      ? { body: { required: true, content: { 'application/json': { schema: spec.body } } } }
      : {}),
  };
}

/** `get /countries/{region}` is `getCountriesRegion`. */
function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
