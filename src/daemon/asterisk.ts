// The doors to Asterisk, joined to the desks behind them: which event goes where.
import { performance } from 'node:perf_hooks';
import { superviseAmi, type AmiSupervisor } from '../asterisk/ami/supervisor.ts';
import { adoptWaiting, claimOffered, isOfferedToUs } from '../asterisk/adopt-waiting.ts';
import type { AriChannel, AriEvent, AriLink } from '../asterisk/ari/link.ts';
import { superviseAri, type AriSupervisor } from '../asterisk/ari/supervisor.ts';
import { JOBS } from '../asterisk/dialplan/variables.ts';
import { endpointOf } from '../asterisk/identity.ts';
import { watchPeers, type Peers } from '../asterisk/peers.ts';
import type { Pickup } from '../asterisk/pickup-session.ts';
import type { PinSessions } from '../asterisk/pin-session.ts';
import type { DaemonOptions, DaemonParts } from './parts.ts';
import type { Emergencies } from './emergencies.ts';

/** What the doors to Asterisk lead to. */
export type Doors = Pick<DaemonParts, 'policy' | 'desk' | 'pickup' | 'usage' | 'peers' | 'guard'> & {
  readonly pins: PinSessions;
  readonly emergencies: Pick<Emergencies, 'onEvent'>;
};

/** The door through which calls come in, and what each event of it means. */
export function startAri(
  options: DaemonOptions,
  { policy, desk, pins, pickup, usage, peers, guard, emergencies }: Doors,
): AriSupervisor {
  const { config, logger } = options;
  const noticed = (error: unknown) => logger.warn('ari-problem', { problem: String(error) });
  const enter = (link: AriLink, channel: AriChannel, args: readonly string[]) => {
    const [job, ...rest] = args;
    if (job === JOBS.screen) {
      desk.take(link, channel, rest);
    } else if (job === JOBS.pickup || job === JOBS.pickupMissed) {
      pickup.onStasisStart(link, channel, args);
    } else {
      // Whoever sent it here made a mistake; the dialplan goes on without a verdict.
      logger.error('no-verdict', { problem: 'unknown job', job, channel: channel.name });
      void link.continueInDialplan(channel.id).catch(() => undefined);
    }
  };
  const supervisor: AriSupervisor = superviseAri({
    ...config.ari,
    commandDeadlineMs: config.deadlines.commandMs,
    connectDeadlineMs: config.deadlines.connectMs,
    onEvent: (event: AriEvent) => {
      const link = supervisor.link();
      if (event.type === 'StasisStart' && link) {
        enter(link, event.channel, event.args);
        return;
      }
      // Without a policy there is no verdict: another daemon may have one.
      if (event.type === 'CallBroadcast' && policy.snapshot() !== null && isOfferedToUs(event.channel)) {
        void link?.claim(event.channel.id).catch(noticed);
      }
      if (event.type === 'PeerBeat') peers.onBeat(event.application);
      pins.onEvent(event);
      if (event.type === 'ChannelCreated') {
        policy.readAhead(event.channel.dialplan.exten, endpointOf(event.channel.name), Date.now());
      }
      pickup.onEvent(event);
      usage.onEvent(event);
      guard.onEvent(link, event);
      emergencies.onEvent(event);
    },
    onUp: async (link) => {
      logger.info('ari-up', { asterisk: link.asteriskVersion, link: link.kind });
      // The board is listed beside the waiting calls: these have a deadline, and their verdict needs no board.
      const listed = Promise.all([pickup.onUp(link), usage.onUp(link)]);
      peers.onUp(link);
      if (config.ari.peers.length > 0 && policy.snapshot() !== null) void claimOffered(link).catch(noticed);
      const adopted = await adoptWaiting(link, (channel, args) => enter(link, channel, args));
      if (adopted > 0) logger.info('adopted', { calls: adopted });
      const [isBoardTrue] = await listed;
      if (!isBoardTrue) logger.warn('board-incomplete');
    },
    onDown: (reason) => {
      peers.onDown();
      pickup.onDown();
      pins.onDown();
      logger.warn('ari-down', { reason });
    },
    onProblem: (problem) => logger.warn('ari-problem', { problem }),
    onReplaced: options.onReplaced,
  });
  return supervisor;
}

/** Listens to the other daemons, and takes the calls of one that is gone. */
export function startPeers({ config, logger }: DaemonOptions, policy: Doors['policy']): Peers {
  return watchPeers({
    ...config.ari,
    isReady: () => policy.snapshot() !== null,
    monotonicMs: () => performance.now(),
    onSilent: (peer) => logger.warn('peer-silent', { peer }),
    onBack: (peer) => logger.info('peer-back', { peer }),
    onTaken: (peer, calls) => logger.warn('taken-over', { peer, calls }),
  });
}

/** The door that tells who picked up whose call; it grants nothing. */
export function startAmi(options: DaemonOptions, pickup: Pickup): AmiSupervisor {
  const { config, logger } = options;
  return superviseAmi({
    ...config.ami,
    commandDeadlineMs: config.deadlines.commandMs,
    connectDeadlineMs: config.deadlines.connectMs,
    onPickup: (event) => pickup.onAmiPickup(event),
    onUp: () => logger.info('ami-up'),
    onDown: (reason) => logger.warn('ami-down', { reason }),
    onProblem: (problem) => logger.warn('ami-problem', { problem }),
  });
}
