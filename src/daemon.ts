// The composition root: starts every room in order, joins them by their ports, stops them in the opposite order.
import { performance } from 'node:perf_hooks';
import { Afterwards } from './daemon/afterwards.ts';
import type { AriSupervisor } from './asterisk/ari/supervisor.ts';
import { createPinSessions } from './asterisk/pin-session.ts';
import { startAgi } from './daemon/agi.ts';
import { createCallEvents } from './daemon/call-events.ts';
import { createEmergencies } from './daemon/emergencies.ts';
import { createDaemonHealth } from './daemon/health.ts';
import { createDaemonPins } from './daemon/pins.ts';
import { startAmi, startAri, startPeers } from './daemon/asterisk.ts';
import { createDaemonDesk } from './daemon/desk.ts';
import { createDaemonPickup } from './daemon/pickup.ts';
import { decisionFields } from './daemon/records.ts';
import { statusOf, waitingStatus } from './daemon/status.ts';
import { createDaemonTelling } from './daemon/telling.ts';
import type { DaemonOptions, DaemonParts } from './daemon/parts.ts';
import { openReaders } from './daemon/store.ts';
import { watchDialplan } from './daemon/dialplan.ts';
import { createDaemonGuard } from './daemon/guard.ts';
import { createDaemonUsage } from './daemon/usage.ts';
import { startWeb } from './daemon/web.ts';
import { createApp } from './http/app.ts';
import { messageOf } from './errors.ts';
import type { DaemonView } from './http/ports.ts';
import { listenOnSocket } from './http/local-server.ts';
import { preloadRegions } from './numbering/region-data.ts';
import { createDaemonLive } from './daemon/live.ts';
import { createDaemonMetrics } from './daemon/metrics.ts';
import { createNews } from './daemon/news.ts';
import { createNumberingNotice } from './daemon/numbering-notice.ts';
import { PolicyHolder } from './daemon/policy-holder.ts';
import type { CheckedDatabase } from './store/recorder-messages.ts';
import { CallRecorder } from './store/recorder.ts';
import { watchPolicy } from './store/policy-watch.ts';

/** How long a stop waits for verdicts on their way, and for records to be written. */
const DRAIN_DEADLINE_MS = 2000;
/** A writer's thread that cannot read must not keep the daemon from its calls: every check looks at the disk again. */
const PIN_STATE_DEADLINE_MS = 1000;

/**
 * Starts the daemon: store, policy, records, the two jobs, the doors to Asterisk, the local socket. Waits for a usable
 * database; resolves when all are started, whether Asterisk is up yet or not. Disposing of the result drains and stops.
 * @throws AppError when the local socket cannot be opened.
 */
export async function startDaemon(options: DaemonOptions): Promise<AsyncDisposable> {
  const { config, logger } = options;
  await using resources = new AsyncDisposableStack();
  // The socket comes before the door to Asterisk: a second daemon on this host ends here, before it could take the
  // application over from the first.
  let parts: DaemonParts | null = null;
  const startedAtMs = Date.now();
  let waitsFor = '';
  const waiting = () =>
    waitsFor === '' ? null : waitingStatus(options, startedAtMs, waitsFor, web.status());
  const live = resources.use(
    createDaemonLive({
      config,
      logger,
      parts: () => parts,
      telling: () => parts?.telling ?? null,
      nowMs: Date.now,
      monotonicMs: () => performance.now(),
    }),
  );
  const status = () => (parts ? statusOf(parts) : waiting());
  const metrics = createDaemonMetrics({
    status,
    parts: () => parts,
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
  });
  const news = createNews(logger);
  news.tell(live);
  news.tell(metrics);
  const view: DaemonView = {
    status,
    ringing: () => parts?.pickup.ringing() ?? [],
    take: async (request) => (await parts?.pickup.take(request)) ?? null,
    live: () => live.events(),
    testNotice: (way, to) => parts?.telling.test(way, to) ?? null,
    metrics: () => metrics.text(),
  };
  resources.use(await listenOnSocket(config.socket.path, createApp(view)));
  const web = resources.use(
    startWeb({
      config,
      logger,
      version: options.version,
      view,
      monotonicMs: () => performance.now(),
      hasTriedAsterisk: () => parts !== null && hasTried(parts.ari.state()),
    }),
  );
  // The main thread only reads, and never waits for a writer.
  const stores = await openReaders(2, {
    path: config.database.path,
    logger,
    signal: options.signal,
    onProblem: (problem) => {
      if (waitsFor === '' && problem !== '') options.onWaiting?.();
      waitsFor = problem;
    },
  });
  const [store, policyStore] = stores ?? [];
  if (!store || !policyStore) return resources.move();
  resources.use(store);
  resources.use(policyStore);
  const recorder = startRecorder(options, (found) => health.onChecked(found));
  resources.defer(async () => {
    const lost = await recorder.drain(DRAIN_DEADLINE_MS);
    if (lost > 0) logger.error('records', { problem: 'lost at the stop', lost });
  });

  const policy = new PolicyHolder(logger);
  const daemonPins = createDaemonPins({
    config,
    logger,
    recorder,
    tell: (notice) => usage.notices.tell(notice),
  });
  const health = createDaemonHealth({ config, logger, pins: daemonPins, nowMs: Date.now });
  let pinsKnown = Promise.resolve();
  resources.use(
    watchPolicy(policyStore, {
      onPolicy: function* (loaded) {
        yield* policy.take(loaded, Date.now);
        pinsKnown = daemonPins.refresh();
      },
      onProblem: (error) => policy.fail(error),
      monotonicMs: () => performance.now(),
    }),
  );

  // Or the first call to a shared calling code would wait for its regions.
  preloadRegions();
  const numberingNotice = createNumberingNotice(store);
  const afterwards = resources.use(
    new Afterwards((error) =>
      logger.error('records', { problem: `what follows a call was not done: ${messageOf(error)}` }),
    ),
  );
  const pins = createPinSessions({ pins: daemonPins.desk, nowMs: Date.now });
  const telling = resources.use(createDaemonTelling(options, policy, () => parts?.ari.link() ?? null));
  news.tell(createCallEvents({ telling, policy, monotonicMs: () => performance.now() }));
  const usage = resources.use(
    createDaemonUsage({
      config,
      logger,
      store,
      recorder,
      snapshot: () => policy.snapshot(),
      pinLockedUntilMs: (who) => daemonPins.desk.lockedUntilMs(who, Date.now()),
      nowMs: Date.now,
      onNotice: (notice) => news.onNotice(notice),
    }),
  );
  const guard = createDaemonGuard({
    config,
    logger,
    policy,
    recorder,
    notices: usage.notices,
    nowMs: Date.now,
  });
  const emergencies = createEmergencies({
    pbx: config.pbx.name,
    policy,
    notices: usage.notices,
    later: (work) => afterwards.do(work),
    nowMs: Date.now,
  });
  news.tell(emergencies);
  const dialplan = resources.use(
    watchDialplan({
      config,
      logger,
      store,
      policyVersion: () => policy.snapshot()?.version ?? null,
      ami: () => parts?.ami?.connection() ?? null,
      monotonicMs: () => performance.now(),
    }),
  );
  const desk = createDaemonDesk(
    { logger, policy, pins, usage, guard, dialplan, nowMs: Date.now, monotonicUs },
    (decision) => {
      usage.said(decision);
      afterwards.do(() => {
        usage.record(decision);
        logger.info('call', decisionFields(decision));
        news.onDecision(decision);
      });
    },
  );
  const daemonPickup = createDaemonPickup({
    config,
    logger,
    policy,
    recorder,
    live,
    news,
    telling,
    pins,
    link: () => parts?.ari.link() ?? null,
    nowMs: Date.now,
    monotonicUs,
  });
  const { pickup, tally } = daemonPickup;
  // Or the first caller would be asked for a PIN where PINs are locked.
  await Promise.race([pinsKnown, afterMs(PIN_STATE_DEADLINE_MS)]);
  const peers = resources.use(startPeers(options, policy));
  const ari = resources.use(
    startAri(options, { policy, desk, pins, pickup, usage, peers, guard, emergencies }),
  );
  const agi = config.agi.enabled ? resources.use(await startAgi(options, { desk, pins })) : null;
  // Verdicts on their way leave before the link does; who is being asked for a PIN gets none.
  resources.defer(async () => {
    agi?.stop();
    pins.stop();
    daemonPickup.stop();
    await Promise.race([Promise.all([desk.idle(), pickup.idle()]), afterMs(DRAIN_DEADLINE_MS)]);
  });
  const ami = config.ami.enabled ? resources.use(startAmi(options, pickup)) : null;

  parts = {
    options,
    startedAtMs,
    policy,
    pins: daemonPins,
    recorder,
    health,
    usage,
    guard,
    dialplan,
    desk,
    pickup,
    tally,
    telling,
    web,
    ari,
    peers,
    ami,
    agi,
    numberingNotice,
  };
  logger.info('started', { version: options.version, pbx: config.pbx.name, pid: process.pid });
  resources.defer(() => logger.info('stopping'));
  return resources.move();
}

function startRecorder(
  { config, logger }: DaemonOptions,
  onChecked: (found: CheckedDatabase) => void,
): CallRecorder {
  return CallRecorder.start({
    onChecked,
    path: config.database.path,
    limits: config.records,
    onProblem: (problem) => logger.error('records', { problem }),
    onRecovered: (message) => logger.info('records', { message }),
  });
}

const hasTried = ({ connectedSinceMs, lastError }: ReturnType<AriSupervisor['state']>) =>
  connectedSinceMs !== null || lastError !== null;

const monotonicUs = () => Math.round(performance.now() * 1000);

function afterMs(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
