// The console as the daemon serves it, on a database of a test and without a daemon: for what needs no call.
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AdminContext } from '../../src/admin/change.ts';
import { addExceptions } from '../../src/admin/exceptions.ts';
import { setExtensions } from '../../src/admin/extensions.ts';
import { setGroup } from '../../src/admin/groups.ts';
import { setSettings } from '../../src/admin/settings.ts';
import type { ApiPorts } from '../../src/http/api/ports.ts';
import { createIdentify, whoNow } from '../../src/http/auth/identify.ts';
import { createConsole } from '../../src/http/console/static.ts';
import type { LiveNews } from '../../src/http/live-ports.ts';
import { createPeerReader } from '../../src/http/peer.ts';
import { createWebApp } from '../../src/http/web-app.ts';
import { listenWeb } from '../../src/http/web-server.ts';
import { writeNotice } from '../../src/store/notices.ts';
import { testPorts } from '../http/api/house.ts';
import { contextOf, openHere, tempDirectory } from '../store/temp-store.ts';
import type { ConsolePbx } from './console.ts';

const built = join(import.meta.dirname, '../../dist/console');

interface BareConsole extends ConsolePbx {
  readonly context: AdminContext;
}

/** Ends with the test. `news`: what everybody who follows is told at once. */
export async function bareConsole(news: readonly LiveNews[] = []): Promise<BareConsole> {
  const database = join(tempDirectory(), 'callwarden.db');
  const context = { ...contextOf(openHere(database, { create: true })), nowMs: Date.now() };
  const ports: ApiPorts = { ...testPorts(context), nowMs: Date.now };
  const app = createWebApp({
    api: {
      ...ports,
      identify: createIdentify(ports),
      whoNow: (who) => whoNow(context.store, who, Date.now()),
      live: async () => ({ listen: () => listenerOf(news) }),
    },
    peers: createPeerReader([], false),
    hosts: new Set(),
    monotonicMs: () => performance.now(),
    onRequest: () => undefined,
    console: createConsole(built),
    metrics: null,
  });
  const server = await listenWeb({ host: '127.0.0.1', port: 0, tls: null, nowMs: Date.now }, app);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { context, directory: dirname(database), web: { url: server.url } };
}

/** Tells the news, then waits to be closed. */
function listenerOf(news: readonly LiveNews[]) {
  const left = news.map((one, place) => ({ ...one, id: `${place}`, atMs: Date.now(), concern: null }));
  const { promise: closed, resolve: close } = Promise.withResolvers<null>();
  return { next: async () => left.shift() ?? closed, close: () => close(null) };
}

/** Something of each kind that the daemon says: a rule, a notice, a quarantine, records of the audit. */
export function furnish(context: AdminContext): void {
  const settings = { 'home-region': ['MX'], 'international-prefixes': ['00'], protection: ['on'] };
  setSettings(context, new Map(Object.entries(settings)));
  setGroup(context, 'sales', {});
  setExtensions(context, ['1001'], { right: 'on' });
  const target = { countries: ['FR'], prefixes: [], numbers: [], premium: false };
  const term = { fromMs: null, untilMs: null, reason: 'Roaming', owner: '' };
  addExceptions(context, ['1001'], { ...target, ...term, action: 'deny' });
  const text = '1001 was refused 5 calls abroad within ten minutes.';
  const notice = {
    atMs: context.nowMs,
    pbx: 'lab',
    kind: 'sign-refused-attempts',
    extension: '1001',
    text,
    detail: {},
  } as const;
  writeNotice(context.store, notice);
}
