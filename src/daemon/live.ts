// What the running daemon tells of live: what rings, attempts to take it, alerts, decisions, notices, links and health.
import type { PickupRecord } from '../asterisk/pickup-record.ts';
import type { DecisionRecord } from '../asterisk/screening-session.ts';
import type { DaemonOptions, DaemonParts } from './parts.ts';
import type { LiveEvents, LiveStatus } from '../http/live-ports.ts';
import { whoMayTake } from '../pickup/access.ts';
import type { RingRecord } from '../pickup/ring-record.ts';
import type { Notice } from '../store/notices.ts';
import { createAlerts, type AlertPorts } from './alerts.ts';
import { createLiveCalls } from './live-calls.ts';
import { createLiveHub } from './live-hub.ts';
import { decisionFields } from './records.ts';
import { statusOf } from './status.ts';

/** Links and health are looked at so often while somebody listens. */
const STATUS_MS = 1_000;

export interface DaemonLive extends Disposable {
  /** Null while the daemon is still starting. */
  events(): LiveEvents | null;
  /** Called after every event of the link. */
  onBoardChange(): void;
  onRung(record: RingRecord): void;
  onPickup(record: PickupRecord): void;
  onDecision(decision: DecisionRecord): void;
  onNotice(notice: Pick<Notice, 'atMs' | 'kind' | 'extension' | 'text'>): void;
}

export interface DaemonLivePorts extends Pick<DaemonOptions, 'config' | 'logger'> {
  /** Null while the daemon is still starting. */
  readonly parts: () => DaemonParts | null;
  readonly telling: AlertPorts['telling'];
  readonly nowMs: () => number;
  readonly monotonicMs: () => number;
}

export function createDaemonLive(ports: DaemonLivePorts): DaemonLive {
  const { config, logger, parts, nowMs, monotonicMs } = ports;
  const status = () => liveStatus(parts());
  const hub = createLiveHub({
    nowMs,
    monotonicMs,
    board: () => ({ calls: calls.board(), status: status() }),
    onWanted: () => calls.onBoardChange(),
  });
  const rights = () => parts()?.policy.rights() ?? null;
  const ringing = () => parts()?.pickup.ringing() ?? [];
  const alerts = createAlerts({
    logger,
    rights,
    ringing,
    isUp: () => (parts()?.ari.link() ?? null) !== null,
    hub,
    nowMs,
    telling: ports.telling,
    leads: () => leads(config.ari, parts()?.peers.silent() ?? []),
  });
  const calls = createLiveCalls({
    hub,
    ringing,
    rights,
    mayTake: (call, held) => whoMayTake(held, call, nowMs()),
    alerts,
    monotonicMs,
  });
  let told = '';
  const timer = setInterval(() => {
    if (!hub.isWanted()) return;
    const now = status();
    const text = JSON.stringify(now);
    if (now !== null && told !== text) hub.emit({ type: 'status', data: now });
    told = text;
  }, STATUS_MS).unref();
  return {
    events: () => (parts() === null ? null : hub),
    onBoardChange: () => calls.onBoardChange(),
    onRung: (record) => {
      calls.onRung(record);
      alerts.forget(record.callId);
    },
    onPickup: (record) => calls.onPickup(record),
    onDecision: (decision) => hub.emit({ type: 'decision', data: decisionFields(decision) }),
    onNotice: ({ kind, extension, text }) => hub.emit({ type: 'notice', data: { kind, extension, text } }),
    [Symbol.dispose]: () => {
      clearInterval(timer);
      calls[Symbol.dispose]();
      alerts[Symbol.dispose]();
      hub[Symbol.dispose]();
    },
  };
}

/** Of several daemons on one Asterisk, the first in the alphabet of those that are alive tells. */
function leads({ application, peers }: DaemonOptions['config']['ari'], silent: readonly string[]): boolean {
  return peers.every((peer) => silent.includes(peer) || application < peer);
}

function liveStatus(parts: DaemonParts | null): LiveStatus | null {
  if (parts === null) return null;
  const { health, problems, ari, ami, pbx } = statusOf(parts);
  return { health, problems, ari: ari.state, ami: ami.state, pbx };
}
