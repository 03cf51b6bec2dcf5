// The console and the API as one application: who may come to the door at all, what every answer carries, and where each path leads.
import { randomUUID } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import { createApi } from './api/app.ts';
import { notThere, otherMethod, READ_METHODS } from './api/methods.ts';
import type { ApiPorts } from './api/ports.ts';
import { problem, problemOf } from './api/problem.ts';
import type { ServeConsole } from './console/static.ts';
import { countRequests, type CountedRequest } from './count-requests.ts';
import { serveHealth, serveReady } from './health.ts';
import { isOurHost } from './host-names.ts';
import { serveMetrics } from './metrics.ts';
import { peerOf, type PeerReader } from './peer.ts';
import { addressKey, createRateLimiter, type RateLimit, type RateLimiter } from './rate-limit.ts';
import { securityHeaders } from './security-headers.ts';

/**
 * By address, before anything is looked at: behind one address there may be a whole house of browsers, which all come back at
 * once when the daemon was restarted.
 */
const ADDRESS_LIMITS = {
  api: { burst: 2_000, perSecond: 200 },
  events: { burst: 300, perSecond: 20 },
  other: { burst: 3_000, perSecond: 300 },
} as const satisfies Readonly<Record<string, RateLimit>>;
/** By account, all its sessions and tokens together. */
const ACCOUNT_LIMIT: RateLimit = { burst: 400, perSecond: 40 };
/** Of these, whole tables and policies: each may be a third of a second in which nobody else is answered. */
const FILE_LIMIT: RateLimit = { burst: 20, perSecond: 0.5 };
const FILE = /\.(?:csv|jsonl|toml)$/;

type WebContext = Context<{ Bindings: HttpBindings }>;

export type WebApp = Hono<{ Bindings: HttpBindings }>;

export interface WebAppPorts {
  readonly api: ApiPorts;
  readonly peers: PeerReader;
  /** Names by which browsers may come, in lower case. */
  readonly hosts: ReadonlySet<string>;
  readonly monotonicMs: () => number;
  readonly onRequest: (request: CountedRequest) => void;
  /** Null: `/metrics` is not there. */
  readonly metrics: { readonly own: () => Promise<string>; readonly behindProxy: boolean } | null;
  /** What is no part of the API; without it, there is none. */
  readonly console?: ServeConsole;
}

export function createWebApp(ports: WebAppPorts): WebApp {
  const { api, hosts, peers, metrics, monotonicMs } = ports;
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(countRequests(ports.onRequest, monotonicMs));
  app.use(async (context, next) => {
    peers.remember(context);
    await next();
    for (const [name, value] of Object.entries(securityHeaders)) context.res.headers.set(name, value);
    context.res.headers.set('x-request-id', randomUUID());
  });
  app.use(refuseOtherHosts(hosts));
  app.use(limitAddresses(monotonicMs));
  app.route('/api/v1', createApi({ ...api, identify: limitAccounts(api.identify, monotonicMs) }));
  app.get('/health', serveHealth(api.daemon.status));
  app.get('/ready', serveReady(api.daemon.status));
  app.all('/health', onlyRead);
  app.all('/ready', onlyRead);
  if (metrics) {
    const { own, behindProxy } = metrics;
    const { identify, daemon } = api;
    app.get('/metrics', serveMetrics({ metrics: daemon.metrics, ownMetrics: own, identify, behindProxy }));
    app.all('/metrics', onlyRead);
  }
  if (ports.console) app.all('*', ports.console);
  app.notFound(notThere);
  app.onError((error, context) => problemOf(context, error, api.onError));
  return app;
}

const onlyRead = (context: Context): Response => otherMethod(context, READ_METHODS);

function refuseOtherHosts(hosts: ReadonlySet<string>): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async (context, next) => {
    const { host } = peerOf(context);
    if (isOurHost(host, hosts, context.env.incoming.socket.localAddress ?? '')) return next();
    const message =
      'This daemon does not go by that name; set [web] hosts to the name by which browsers come.';
    return problem(context, 'forbidden', message);
  };
}

function limitAddresses(monotonicMs: () => number): MiddlewareHandler<{ Bindings: HttpBindings }> {
  const limiters: Readonly<Record<keyof typeof ADDRESS_LIMITS, RateLimiter>> = {
    api: createRateLimiter(ADDRESS_LIMITS.api, monotonicMs),
    events: createRateLimiter(ADDRESS_LIMITS.events, monotonicMs),
    other: createRateLimiter(ADDRESS_LIMITS.other, monotonicMs),
  };
  return async (context, next) => {
    const afterS = limiters[kindOf(context)].take(addressKey(peerOf(context).address));
    if (afterS === 0) return next();
    context.header('retry-after', String(afterS));
    return problem(context, 'too-many', `Too many requests from this address; try again in ${afterS} s.`);
  };
}

function kindOf({ req: { path } }: WebContext): keyof typeof ADDRESS_LIMITS {
  if (path === '/api/v1/events') return 'events';
  return path.startsWith('/api/') ? 'api' : 'other';
}

/** Behind the question who it is: an account that is not known takes nothing from one that is. */
function limitAccounts(identify: ApiPorts['identify'], monotonicMs: () => number): ApiPorts['identify'] {
  const limiter = createRateLimiter(ACCOUNT_LIMIT, monotonicMs);
  const files = createRateLimiter(FILE_LIMIT, monotonicMs);
  return async (context) => {
    const identity = await identify(context);
    if (identity.kind !== 'known') return identity;
    const { account } = identity.who;
    const { method, path } = context.req;
    const isFile = method === 'GET' && FILE.test(path);
    const afterS = limiter.take(account) || (isFile ? files.take(account) : 0);
    if (afterS === 0) return identity;
    context.header('retry-after', String(afterS));
    return {
      kind: 'refused',
      status: 429,
      message: `Too many ${isFile ? 'files' : 'requests'} by ${account}; try again in ${afterS} s.`,
    };
  };
}
