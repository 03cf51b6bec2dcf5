// `/metrics`, `/health`, `/ready`: who may read figures, and what a supervisor or a load balancer is told without login.
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { expect, it } from 'vitest';
import type { Right } from '../../src/admin/account-rights.ts';
import { AppError } from '../../src/errors.ts';
import type { Identity } from '../../src/http/api/who.ts';
import { countRequests, type CountedRequest } from '../../src/http/count-requests.ts';
import { serveHealth, serveReady } from '../../src/http/health.ts';
import { serveMetrics } from '../../src/http/metrics.ts';
import { createPeerReader } from '../../src/http/peer.ts';
import type { DaemonStatus } from '../../src/http/ports.ts';

const known = (...rights: readonly Right[]): Identity => ({
  kind: 'known',
  who: {
    name: 'maria/prometheus',
    actor: 'token:maria/prometheus',
    rights: new Set(rights),
    extension: null,
    seesAll: false,
    via: 'token',
    account: 'maria',
    credential: 'crm',
  },
});

interface Asking {
  readonly from?: string;
  readonly identity?: Identity;
  readonly behindProxy?: boolean;
  readonly trusted?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  readonly metrics?: () => Promise<string>;
}

async function ask(asking: Asking = {}) {
  const { from = '127.0.0.1', identity = { kind: 'unknown' }, behindProxy = false, headers = {} } = asking;
  const app = new Hono<{ Bindings: HttpBindings }>();
  const peers = createPeerReader(asking.trusted ?? [], false);
  app.use(async (context, next) => {
    peers.remember(context);
    await next();
  });
  app.get(
    '/metrics',
    serveMetrics({
      metrics: asking.metrics ?? (() => Promise.resolve('callwarden_a 1\n')),
      ownMetrics: () => Promise.resolve('callwarden_web_b 2\n'),
      identify: () => Promise.resolve(identity),
      behindProxy,
    }),
  );
  const env = { incoming: { socket: { remoteAddress: from } } };
  const response = await app.request('/metrics', { headers }, env);
  return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
}

it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1'])(
  'gives figures to who asks from %s, without login',
  async (from) => {
    const { status, text, type } = await ask({ from });
    expect(status).toBe(200);
    expect(text).toBe('callwarden_a 1\ncallwarden_web_b 2\n');
    expect(type).toContain('version=0.0.4');
  },
);

it.each(['10.0.0.7', '2001:db8::1', '', '128.0.0.1'])(
  'asks who comes from “%s” for a token that may read figures',
  async (from) => {
    expect((await ask({ from })).status).toBe(401);
    expect((await ask({ from, identity: known('calls.read', 'policy.read') })).status).toBe(403);
    expect((await ask({ from, identity: known('figures.read') })).status).toBe(200);
    expect((await ask({ from, identity: { kind: 'refused', status: 429, message: 'Wait.' } })).status).toBe(
      429,
    );
  },
);

it.each([
  { 'x-forwarded-for': '127.0.0.1' },
  { 'x-forwarded-for': '203.0.113.9' },
  { forwarded: 'for=203.0.113.9' },
  { via: '1.1 proxy' },
  { 'x-real-ip': '203.0.113.9' },
])('does not take a request that was passed on (%o) for one of this machine', async (headers) => {
  expect((await ask({ headers })).status).toBe(401);
  expect((await ask({ headers, trusted: ['127.0.0.1'] })).status).toBe(401);
});

it('wants a token from everybody where a proxy stands before it, as a proxy on this machine speaks for all', async () => {
  expect((await ask({ behindProxy: true })).status).toBe(401);
  expect((await ask({ behindProxy: true, identity: known('figures.read') })).status).toBe(200);
});

it('is down for Prometheus while the thread that decides does not answer', async () => {
  const silent = () => Promise.reject(new AppError('unavailable', 'The daemon does not answer.'));
  const { status, text } = await ask({ metrics: silent });
  expect(status).toBe(503);
  expect(text).toBe('The daemon does not answer.\n');
});

const up = {
  health: 'green',
  problems: [],
  policy: { version: 3 },
  ari: { state: 'up' },
  agi: { state: 'off', questions: 0 },
} as unknown as DaemonStatus;

async function watch(path: 'health' | 'ready', status: () => Promise<DaemonStatus | null>) {
  const app = new Hono();
  app.get('/health', serveHealth(status));
  app.get('/ready', serveReady(status));
  const response = await app.request(`/${path}`);
  return [response.status, await response.json()] as const;
}

const silent = () => Promise.reject(new AppError('unavailable', 'silent'));

it('says in /health that it lives, red or green, and names nobody', async () => {
  expect(await watch('health', () => Promise.resolve(up))).toEqual([200, { health: 'green', problems: 0 }]);
  const red = { ...up, health: 'red', problems: ['1001 has called 0044123.'] } as const;
  expect(await watch('health', () => Promise.resolve(red))).toEqual([200, { health: 'red', problems: 1 }]);
  expect(await watch('health', () => Promise.resolve(null))).toEqual([
    200,
    { health: 'starting', problems: 0 },
  ]);
  expect(await watch('health', silent)).toEqual([503, { health: 'silent', problems: 1 }]);
});

it('says in /ready whether calls are judged now, and why not', async () => {
  const ready = (status: object | null) =>
    watch('ready', () => Promise.resolve(status && { ...up, ...status }));
  expect(await ready({})).toEqual([200, { ready: true, reason: '' }]);
  expect(await ready({ health: 'red', problems: ['x'] })).toMatchObject([200, { ready: true }]);
  expect(await ready(null)).toMatchObject([503, { ready: false, reason: /starting/ }]);
  expect(await ready({ policy: { version: null } })).toMatchObject([503, { reason: /No policy/ }]);
  expect(await ready({ ari: { state: 'down' } })).toMatchObject([503, { reason: /Asterisk/ }]);
  const agi = { state: 'listening', questions: 4 };
  expect(await ready({ ari: { state: 'down' }, agi })).toMatchObject([200, { ready: true }]);
  expect(await watch('ready', silent)).toMatchObject([503, { reason: /does not answer/ }]);
});

it('counts requests by the pattern of their route, never by what was asked for', async () => {
  const counted: CountedRequest[] = [];
  const app = new Hono();
  let nowMs = 0;
  app.use(
    countRequests(
      (request) => void counted.push(request),
      () => (nowMs += 5),
    ),
  );
  const api = new Hono();
  api.get('/extensions/:extension', (context) => context.text('there'));
  api.get('/broken/:what', () => {
    throw new Error('broken');
  });
  api.onError((_error, context) => context.text('failed', 500));
  app.route('/api/v1', api);
  app.get('*', (context) => context.text('page'));
  await app.request('/api/v1/extensions/1001');
  await app.request('/anything/5511223344');
  await app.request('/api/v1/none/5511223344', { method: 'POST' });
  await app.request('/api/v1/broken/5511223344');
  expect(counted).toEqual([
    { method: 'GET', route: '/api/v1/extensions/:extension', status: 200, seconds: 0.005 },
    { method: 'GET', route: '/*', status: 200, seconds: 0.005 },
    { method: 'POST', route: '/*', status: 404, seconds: 0.005 },
    { method: 'GET', route: '/api/v1/broken/:what', status: 500, seconds: 0.005 },
  ]);
});
