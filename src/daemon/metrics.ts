// What `/metrics` tells of the thread that decides: counted when a call has its verdict, looked up when somebody asks.
import { getHeapStatistics } from 'node:v8';
import type { PickupRecord } from '../asterisk/pickup-record.ts';
import type { DecisionRecord } from '../asterisk/screening-session.ts';
import type { DaemonParts } from './parts.ts';
import type { AgiStatus, DaemonStatus, LinkStatus } from '../http/ports.ts';
import type { TellingStatus } from '../http/telling-ports.ts';
import type { RingRecord } from '../pickup/ring-record.ts';
import type { Notice } from '../store/notices.ts';
import { watchLag } from './lag.ts';
import { MetricBook } from './metric-book.ts';
import { metricTable } from './metric-table.ts';

/** Who asks oftener is given the same text. */
const LOOK_MIN_MS = 1000;

export interface DaemonMetrics {
  /** All four are called behind the verdict and never throw. */
  onDecision(decision: DecisionRecord): void;
  onPickup(record: PickupRecord): void;
  onRung(record: RingRecord): void;
  onNotice(notice: Pick<Notice, 'kind'>): void;
  /** In the text form of Prometheus. */
  text(): Promise<string>;
}

/** What is looked at beside the status. */
interface MetricParts {
  readonly health: Pick<DaemonParts['health'], 'problems'>;
  readonly pickup: Pick<DaemonParts['pickup'], 'ringing'>;
}

export interface MetricPorts {
  /** Null while the daemon is starting. */
  readonly status: () => DaemonStatus | null;
  /** Null while the daemon is starting. */
  readonly parts: () => MetricParts | null;
  readonly nowMs: () => number;
  /** Milliseconds. */
  readonly monotonicMs: () => number;
}

type Book = MetricBook<keyof typeof metricTable>;

export function createDaemonMetrics(ports: MetricPorts): DaemonMetrics {
  const book: Book = new MetricBook(metricTable);
  const lag = watchLag();
  let last: { readonly atMs: number; readonly text: Promise<string> } | null = null;
  const look = async () => {
    const status = ports.status();
    const parts = ports.parts();
    if (status !== null) lookAtStatus(book, status);
    if (parts !== null) lookAtParts(book, parts, ports.nowMs());
    book.set('callwarden_eventloop_lag_seconds', lag.look());
    book.set('callwarden_heap_used_bytes', [[{}, getHeapStatistics().used_heap_size]]);
    return await book.text();
  };
  return {
    onDecision: (decision) => countDecision(book, decision),
    onPickup: (record) => countPickup(book, record),
    onRung: ({ outcome, ringMs }) => {
      book.count('callwarden_ringing_ended_total', { outcome });
      book.observe('callwarden_ringing_duration_seconds', ringMs / 1000);
    },
    onNotice: ({ kind }) => book.count('callwarden_notices_total', { kind }),
    text: () => {
      const atMs = ports.monotonicMs();
      if (last === null || atMs - last.atMs >= LOOK_MIN_MS) last = { atMs, text: look() };
      return last.text;
    },
  };
}

function countDecision(
  book: Book,
  { verdict, destination, request, outcome, latencyUs, pin }: DecisionRecord,
): void {
  book.count('callwarden_decisions_total', {
    verdict: verdict.kind,
    reason: verdict.reason,
    destination: destination.kind,
    via: request.identity.via,
  });
  book.observe('callwarden_decision_latency_seconds', latencyUs / 1e6);
  book.count('callwarden_screening_outcomes_total', { outcome });
  if (verdict.reason === 'observed') book.count('callwarden_decisions_observed_total');
  if (pin === null) return;
  book.count('callwarden_pin_dialogues_total', { outcome: pin.outcome });
  book.count('callwarden_pin_tries_total', {}, pin.tries);
}

function countPickup(book: Book, { kind, choice, outcome, told, latencyUs }: PickupRecord): void {
  if (outcome === null) return;
  book.count('callwarden_pickups_total', { kind, choice, outcome });
  if (told !== null) book.count('callwarden_pickup_refusals_total', { reason: told });
  book.observe('callwarden_pickup_latency_seconds', latencyUs / 1e6);
}

const flag = (isTrue: boolean) => (isTrue ? 1 : 0);

/** The database file, the key file and the audit chain; and what rings. */
function lookAtParts(book: Book, { health, pickup }: MetricParts, nowMs: number): void {
  const ringing = pickup.ringing();
  const oldestMs = ringing.reduce((oldest, { ringingSinceMs }) => Math.min(oldest, ringingSinceMs), nowMs);
  book.set('callwarden_database_problems', [[{}, health.problems().length]]);
  book.set('callwarden_ringing_calls', [[{}, ringing.length]]);
  book.set('callwarden_ringing_oldest_seconds', [[{}, (nowMs - oldestMs) / 1000]]);
}

function lookAtStatus(book: Book, status: DaemonStatus): void {
  const { version, startedAtMs, ari, policy, records, guard } = status;
  const one = (name: keyof typeof metricTable, value: number | null) => book.set(name, [[{}, value]]);
  book.set('callwarden_build_info', [[{ version, asterisk: ari.asteriskVersion, link: ari.kind }, 1]]);
  one('callwarden_health_green', flag(status.health === 'green'));
  one('callwarden_health_problems', status.problems.length);
  one('callwarden_start_timestamp_seconds', startedAtMs / 1000);
  one('callwarden_policy_version', policy.version);
  one('callwarden_policy_loaded_timestamp_seconds', policy.loadedAtMs && policy.loadedAtMs / 1000);
  one('callwarden_policy_protection', policy.protection === null ? null : flag(policy.protection));
  one('callwarden_quarantined_extensions', status.quarantined.length);
  one('callwarden_records_queued', records.queued);
  book.counted('callwarden_records_written_total', [[{}, records.written]]);
  book.counted('callwarden_records_lost_total', [[{}, records.lost]]);
  book.counted('callwarden_unscreened_calls_total', [[{}, guard.unscreened]]);
  lookAtLinks(book, status);
  if (status.telling) lookAtTelling(book, status.telling);
  const { web } = status;
  one('callwarden_web_up', web.state === 'off' ? null : flag(web.state === 'up'));
  one('callwarden_web_sessions', web.sessions);
  one('callwarden_web_listeners', web.listeners);
  book.counted('callwarden_web_restarts_total', [[{}, web.restarts]]);
}

function lookAtLinks(book: Book, { ari, ami, agi, peers }: DaemonStatus): void {
  const up = ({ state }: LinkStatus | AgiStatus) => (state === 'off' ? null : flag(state !== 'down'));
  book.set('callwarden_link_up', [
    [{ link: 'ari' }, up(ari)],
    [{ link: 'ami' }, up(ami)],
    [{ link: 'agi' }, up(agi)],
  ]);
  book.counted('callwarden_link_reconnects_total', [
    [{ link: 'ari' }, ari.reconnects],
    [{ link: 'ami' }, ami.reconnects],
  ]);
  book.set(
    'callwarden_peer_up',
    peers.map(({ application, state }) => [{ application }, flag(state === 'heard')]),
  );
  book.set('callwarden_agi_connections', [[{}, agi.state === 'off' ? null : agi.open]]);
  book.counted('callwarden_agi_questions_total', [[{}, agi.questions]]);
  book.counted('callwarden_agi_refused_total', [[{}, agi.refused]]);
}

/** Webhooks by their place: a URL may be a secret. */
function lookAtTelling(book: Book, { webhooks, mail, messages }: TellingStatus): void {
  const ways = [
    ...webhooks.map((hook, index) => ({ way: `webhook-${index + 1}`, state: hook })),
    ...(mail ? [{ way: 'mail', state: mail }] : []),
    { way: 'message', state: messages },
  ];
  const of = (pick: (state: (typeof ways)[number]['state']) => number) =>
    ways.map(({ way, state }) => [{ way }, pick(state)] as const);
  book.set(
    'callwarden_told_queued',
    of(({ queued }) => queued),
  );
  book.counted(
    'callwarden_told_sent_total',
    of(({ sent }) => sent),
  );
  book.counted(
    'callwarden_told_failed_total',
    of(({ failed }) => failed),
  );
  book.counted(
    'callwarden_told_dropped_total',
    of(({ dropped }) => dropped),
  );
  book.set(
    'callwarden_told_working',
    of(({ working }) => flag(working)),
  );
}
