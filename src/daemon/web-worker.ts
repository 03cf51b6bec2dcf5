// The web thread: the console and the API with a listener, a database connection and a heap of their own.
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { namesOf, type ExtensionNames } from '../admin/extension-names.ts';
import { PolicySnapshots } from '../admin/policy-snapshots.ts';
import { listSessions } from '../admin/sessions.ts';
import { readKeyFile } from '../config/key-file.ts';
import { messageOf } from '../errors.ts';
import { createIdentify, whoNow } from '../http/auth/identify.ts';
import { createConsole } from '../http/console/static.ts';
import { createPeerReader } from '../http/peer.ts';
import { createWebApp } from '../http/web-app.ts';
import { preloadRegionsSteps } from '../numbering/region-data.ts';
import { createPasswordHasher } from '../store/password-hash.ts';
import { inSlices } from '../store/steps.ts';
import { createHeavyReads } from './heavy.ts';
import { KeyHolder } from './key-holder.ts';
import { createWebListener } from './web-listener.ts';
import { createWebLive } from './web-live.ts';
import { createWebLog } from './web-log.ts';
import type { WebOrder, WebSaying, WebWorkerData } from './web-messages.ts';
import { createWebMetrics } from './web-metrics.ts';
import { createWebQuestions } from './web-questions.ts';
import { createWebStore } from './web-store.ts';

/** What `status` shows of browsers is so old at most. */
const REPORT_MS = 2_000;

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the daemon has put there
const { pbx, database, keyFile, web } = workerData as WebWorkerData;
const monotonicMs = () => performance.now();

function send(saying: WebSaying): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
  parentPort?.postMessage(saying);
}

const resources = new AsyncDisposableStack();
const logger = createWebLog(send, monotonicMs);
const questions = createWebQuestions((id, question) => send({ type: 'question', id, question }));
const { store } = resources.use(createWebStore(database));
const live = resources.use(createWebLive({ send, nowMs: Date.now, monotonicMs, names }));
const heavy = resources.use(createHeavyReads({ path: database }));
const metrics = resources.use(createWebMetrics());
const key = new KeyHolder(keyFile);

const app = createWebApp({
  api: {
    store,
    pbx,
    nowMs: Date.now,
    identify: createIdentify({ store, nowMs: Date.now }),
    whoNow: (who) => whoNow(store(), who, Date.now()),
    passwords: createPasswordHasher(),
    onSignInRefused: ({ address, user, why }) => logger.warn('sign-in-refused', { address, user, why }),
    daemon: questions.port,
    live: () => live.events(),
    pinHasher: () => key.look() ?? key.hasher(),
    key: () => readKeyFile(keyFile),
    snapshots: resources.use(new PolicySnapshots()),
    heavy,
    onError: (error) => logger.error('web', { problem: messageOf(error), at: placeOf(error) }),
    checksAnswers: false,
  },
  peers: createPeerReader(web.trustedProxies, web.tls !== null),
  hosts: new Set(web.hosts),
  monotonicMs,
  onRequest: (request) => metrics.onRequest(request),
  console: createConsole(fileURLToPath(new URL('../../dist/console', import.meta.url))),
  metrics: web.metrics ? { own: () => metrics.text(), behindProxy: web.trustedProxies.length > 0 } : null,
});
const listener = resources.use(
  createWebListener({
    options: { host: web.host, port: web.port, tls: web.tls, nowMs: Date.now },
    app,
    logger,
    onChange: report,
  }),
);
const timer = setInterval(report, REPORT_MS);

// Or the first preview would wait for them; pages are served meanwhile.
void inSlices(preloadRegionsSteps(), monotonicMs);

/** Without them where the database is away: what happens is told all the same. */
function names(extensions: Parameters<typeof namesOf>[1]): ExtensionNames {
  try {
    return namesOf(store(), extensions);
  } catch {
    return {};
  }
}

let reported = '';
function report(): void {
  const now = {
    url: listener.url(),
    problem: listener.problem(),
    sessions: sessions(),
    listeners: live.listeners(),
  };
  const text = JSON.stringify(now);
  if (text !== reported) send({ type: 'report', report: now });
  reported = text;
}

function sessions(): number {
  try {
    return listSessions(store(), null, Date.now()).length;
  } catch {
    // The database is away, which `status` tells by itself.
    return 0;
  }
}

/** Where it was thrown: the first lines of the stack. */
function placeOf(error: unknown): string {
  const [, ...places] = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return places
    .slice(0, 3)
    .map((line) => line.trim())
    .join(' < ');
}

async function stop(): Promise<void> {
  clearInterval(timer);
  await resources.disposeAsync();
  parentPort?.close();
}

parentPort?.on('message', (order: WebOrder) => {
  switch (order.type) {
    case 'answer':
      return questions.onAnswer(order.id, order.answer);
    case 'failed':
      return questions.onFailure(order.id, order.code, order.message);
    case 'board':
    case 'event':
    case 'no-live':
      return live.onOrder(order);
    case 'ping':
      return send({ type: 'pong' });
    case 'stop':
      return void stop();
  }
});
