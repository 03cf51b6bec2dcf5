// Pickup in the running daemon: the rights of the policy, and what becomes of records and of what rings.
import type { AriLink } from '../asterisk/ari/link.ts';
import type { PickupRecord } from '../asterisk/pickup-record.ts';
import { createPickup, type Pickup } from '../asterisk/pickup-session.ts';
import type { PinSessions } from '../asterisk/pin-session.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../config/logger.ts';
import type { CallRecorder } from '../store/recorder.ts';
import { createLamps } from './lamps.ts';
import { clockAt } from './house-clock.ts';
import type { DaemonLive } from './live.ts';
import type { DaemonNews } from './news.ts';
import { pickupPinsOf } from './pickup-pins.ts';
import { createPickupNotices, type PickupNotices } from './pickup-notices.ts';
import type { PolicyHolder } from './policy-holder.ts';
import { pickupFields, pickupRow } from './records.ts';
import { groupsOfAttempt, keepRingRecord } from './ring-records.ts';
import type { Telling } from './telling.ts';

export interface DaemonPickupPorts {
  readonly config: Config;
  readonly logger: Logger;
  readonly policy: PolicyHolder;
  readonly recorder: CallRecorder;
  /** Null while Asterisk is away. */
  readonly link: () => AriLink | null;
  readonly live: Pick<DaemonLive, 'onBoardChange'>;
  readonly news: Pick<DaemonNews, 'onRung' | 'onPickup'>;
  readonly telling: Pick<Telling, 'toExtension' | 'event'>;
  readonly pins: Pick<PinSessions, 'ask'>;
  readonly nowMs: () => number;
  /** Monotonic, microseconds. */
  readonly monotonicUs: () => number;
}

/** Pickups since the start. */
interface PickupTally {
  taken: number;
  refused: number;
}

export interface DaemonPickup {
  readonly pickup: Pickup;
  readonly tally: Readonly<PickupTally>;
  /** Before the link to Asterisk closes. */
  stop(): void;
}

export function createDaemonPickup(ports: DaemonPickupPorts): DaemonPickup {
  const { config, logger, policy } = ports;
  const tally = { taken: 0, refused: 0 };
  let stopping = false;
  const notices = createPickupNotices({
    telling: ports.telling,
    rights: () => policy.rights(),
    clock: (atMs) => clockAt(policy.snapshot(), atMs),
  });
  const rung = { pbx: config.pbx.name, logger, rights: () => policy.rights(), recorder: ports.recorder };
  const pickup = createPickup({
    rights: () => policy.rights(),
    isExtension: (endpoint) => policy.isExtension(endpoint),
    chosenBy: config.ari.peers.length > 0 ? config.ari.application : null,
    nowMs: ports.nowMs,
    monotonicUs: ports.monotonicUs,
    record: (record) => keep(ports, tally, notices, record),
    onRung: (record) => {
      keepRingRecord(rung, record);
      // The call rings on, and the next daemon will tell of its end.
      if (stopping && record.outcome === 'unknown') return;
      ports.news.onRung(record);
      notices.onRung(record);
    },
    onBoardChange: () => {
      ports.live.onBoardChange();
      lamps.onBoardChange();
    },
    pins: pickupPinsOf(ports),
    onProblem: (problem) => logger.warn('pickup-problem', { problem }),
  });
  const lamps = createLamps({
    logger,
    rights: () => policy.rights(),
    ringing: () => pickup.ringing(),
    link: ports.link,
  });
  const stop = () => {
    lamps.stop();
    stopping = true;
    pickup.stop();
  };
  return { pickup, tally, stop };
}

function keep(
  { config, logger, policy, recorder, news }: DaemonPickupPorts,
  tally: PickupTally,
  notices: PickupNotices,
  record: PickupRecord,
): void {
  const rights = policy.rights();
  const groups = rights ? groupsOfAttempt(rights, record) : [];
  recorder.record(pickupRow(config.pbx.name, record, groups));
  if (record.outcome === null) return;
  news.onPickup(record);
  notices.onPickup(record);
  if (record.outcome === 'won') tally.taken += 1;
  else tally.refused += 1;
  logger.info('pickup', pickupFields(record));
}
