// The web thread as the daemon holds it: starts it, starts it again, answers its questions, and never waits for it.
import { extname } from 'node:path';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import type { Config } from '../config/config.ts';
import type { Logger } from '../config/logger.ts';
import { AppError, messageOf } from '../errors.ts';
import type { DaemonView, WebStatus } from '../http/ports.ts';
import { feedWeb, type WebFeed } from './web-feed.ts';
import type {
  WebAnswers,
  WebOrder,
  WebQuestion,
  WebReport,
  WebSaying,
  WebWorkerData,
} from './web-messages.ts';

/** A page's heap, a policy compiled for a preview, and no more: beyond it the thread ends, and not the daemon. */
const HEAP_MB_MAX = 192;
const YOUNG_HEAP_MB_MAX = 16;
const RETRY_FIRST_MS = 250;
const RETRY_MAX_MS = 30_000;
/** A thread that ran for so long begins with a short wait again. */
const STEADY_MS = 60_000;
const PING_MS = 2_000;
/** It waits for a locked database for a second at most; who says nothing for so long hangs. */
const SILENCE_DEADLINE_MS = 20_000;
const STOP_DEADLINE_MS = 1_000;
/** Until it has ended by force; the daemon does not wait longer for one that is busy outside of JavaScript. */
const END_DEADLINE_MS = 1_000;
/** Its start is half a second of a processor, which belongs to the first connection to Asterisk; for so long at most. */
const START_WAIT_MS = 2_000;
const START_LOOK_MS = 50;

export interface DaemonWeb extends AsyncDisposable {
  status(): WebStatus;
}

export interface DaemonWebPorts {
  readonly config: Pick<Config, 'pbx' | 'database' | 'security' | 'web'>;
  readonly logger: Logger;
  /** Of this program. */
  readonly version: string;
  readonly view: DaemonView;
  /** Milliseconds. */
  readonly monotonicMs: () => number;
  /** Whether there is a connection to Asterisk, or a problem with it. */
  readonly hasTriedAsterisk: () => boolean;
  /** Starts the thread; another program in tests. */
  readonly launch?: typeof launchThread;
  /** 20 s when absent. */
  readonly silenceDeadlineMs?: number;
}

interface Web {
  readonly ports: DaemonWebPorts;
  worker: Worker | null;
  report: WebReport | null;
  problem: string;
  restarts: number;
  retryMs: number;
  startedAtMs: number;
  heardAtMs: number;
  /** It was ended by force, and goes on until it heeds that: nothing it says counts any more. */
  isEnding: boolean;
  retry: NodeJS.Timeout | null;
  feed: WebFeed | null;
  isClosed: boolean;
}

const OFF: WebStatus = { state: 'off', url: '', problem: '', restarts: 0, sessions: 0, listeners: 0 };

/** Returns at once; what goes wrong is told by `status`, and tried again. */
export function startWeb(ports: DaemonWebPorts): DaemonWeb {
  if (!ports.config.web.enabled) return { status: () => OFF, [Symbol.asyncDispose]: () => Promise.resolve() };
  const web: Web = {
    ports,
    worker: null,
    report: null,
    problem: '',
    restarts: 0,
    retryMs: RETRY_FIRST_MS,
    startedAtMs: 0,
    heardAtMs: 0,
    isEnding: false,
    retry: null,
    feed: null,
    isClosed: false,
  };
  launchAfterAsterisk(web, ports.monotonicMs() + START_WAIT_MS);
  const timer = setInterval(() => watch(web), PING_MS).unref();
  return {
    status: () => statusOf(web),
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await stop(web);
    },
  };
}

function statusOf({ report, problem, restarts }: Web): WebStatus {
  const { url = '', sessions = 0, listeners = 0 } = report ?? {};
  const wrong = report?.problem ?? problem;
  return { state: url === '' ? 'down' : 'up', url, problem: wrong, restarts, sessions, listeners };
}

function launchAfterAsterisk(web: Web, untilMs: number): void {
  const { hasTriedAsterisk, monotonicMs } = web.ports;
  if (hasTriedAsterisk() || monotonicMs() >= untilMs) return launch(web);
  web.retry = setTimeout(() => launchAfterAsterisk(web, untilMs), START_LOOK_MS).unref();
}

const launchThread = (file: URL, options: WorkerOptions) => new Worker(file, options);

function launch(web: Web): void {
  const { config, version, monotonicMs, launch: start = launchThread } = web.ports;
  const workerData: WebWorkerData = {
    pbx: config.pbx.name,
    version,
    database: config.database.path,
    keyFile: config.security.keyFile,
    web: config.web,
  };
  web.startedAtMs = monotonicMs();
  web.heardAtMs = web.startedAtMs;
  web.isEnding = false;
  let worker: Worker;
  try {
    // The compiled daemon runs from .js files, the checkout from .ts files.
    worker = start(new URL(`./web-worker${extname(import.meta.url)}`, import.meta.url), {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX, maxYoungGenerationSizeMb: YOUNG_HEAP_MB_MAX },
      // Nothing of the environment is any of its business.
      env: {},
    });
  } catch (error) {
    // The system gives no more threads: calls go on all the same.
    web.problem = `its thread could not be started: ${messageOf(error)}`;
    return onEnd(web);
  }
  worker.unref();
  web.worker = worker;
  worker.on('message', (saying: WebSaying) => {
    if (web.worker === worker && !web.isEnding) hear(web, worker, saying);
  });
  worker.on('error', (error) => (web.problem = `its thread ended: ${messageOf(error)}`));
  worker.on('exit', () => {
    if (web.worker === worker) onEnd(web);
  });
}

function onEnd(web: Web): void {
  const { logger, monotonicMs } = web.ports;
  web.worker = null;
  forget(web);
  if (web.isClosed) return;
  if (web.problem === '') web.problem = 'its thread ended';
  if (monotonicMs() - web.startedAtMs >= STEADY_MS) web.retryMs = RETRY_FIRST_MS;
  logger.error('web', { problem: web.problem, againInMs: web.retryMs });
  web.retry = setTimeout(() => {
    web.restarts += 1;
    launch(web);
  }, web.retryMs).unref();
  web.retryMs = Math.min(web.retryMs * 2, RETRY_MAX_MS);
}

/** What the thread had said of itself, and what it wanted to be told, is no more. */
function forget(web: Web): void {
  web.report = null;
  web.feed?.[Symbol.dispose]();
  web.feed = null;
}

function watch(web: Web): void {
  const { worker, ports } = web;
  if (worker === null) return;
  const { silenceDeadlineMs = SILENCE_DEADLINE_MS, monotonicMs, logger } = ports;
  if (monotonicMs() - web.heardAtMs > silenceDeadlineMs) {
    web.problem = `its thread said nothing for ${silenceDeadlineMs} ms and was ended`;
    // One that is busy outside of JavaScript ends when that is done, and holds its port until then: the next one waits for it.
    if (!web.isEnding) logger.error('web', { problem: web.problem });
    web.isEnding = true;
    forget(web);
    web.heardAtMs = monotonicMs();
    void worker.terminate();
  }
  if (!web.isEnding) post(worker, { type: 'ping' });
}

function hear(web: Web, worker: Worker, saying: WebSaying): void {
  const { logger, view, monotonicMs } = web.ports;
  web.heardAtMs = monotonicMs();
  switch (saying.type) {
    case 'question':
      return void answer(view, worker, saying.id, saying.question);
    case 'report':
      web.report = saying.report;
      web.problem = '';
      return;
    case 'log':
      return logger[saying.level](saying.event, saying.fields);
    case 'live':
      web.feed?.[Symbol.dispose]();
      web.feed = saying.isWanted ? feed(web, worker) : null;
      return;
    case 'read':
      return web.feed?.read(saying.events);
    case 'pong':
      return;
  }
}

function feed({ ports: { view, logger } }: Web, worker: Worker): WebFeed {
  return feedWeb(
    view.live,
    (order) => post(worker, order),
    (error) => logger.error('web', { problem: `live events could not be told: ${messageOf(error)}` }),
  );
}

async function answer(view: DaemonView, worker: Worker, id: number, question: WebQuestion): Promise<void> {
  try {
    post(worker, { type: 'answer', id, answer: await answerOf(view, question) });
  } catch (error) {
    const { code, message } =
      error instanceof AppError ? error : { code: 'internal' as const, message: messageOf(error) };
    post(worker, { type: 'failed', id, code, message });
  }
}

async function answerOf(view: DaemonView, question: WebQuestion): Promise<WebAnswers[WebQuestion['ask']]> {
  switch (question.ask) {
    case 'status':
      return view.status();
    case 'ringing':
      return view.ringing();
    case 'take':
      return await view.take(question.request);
    case 'test-notice':
      return await view.testNotice(question.way, question.to);
    case 'metrics':
      return (await view.metrics()) ?? '';
  }
}

async function stop(web: Web): Promise<void> {
  web.isClosed = true;
  if (web.retry) clearTimeout(web.retry);
  const { worker } = web;
  if (!worker) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  worker.once('exit', () => resolve());
  let deadline = setTimeout(() => {
    void worker.terminate();
    deadline = setTimeout(resolve, END_DEADLINE_MS);
  }, STOP_DEADLINE_MS);
  post(worker, { type: 'stop' });
  await promise;
  clearTimeout(deadline);
}

function post(worker: Worker, order: WebOrder): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
  worker.postMessage(order);
}
