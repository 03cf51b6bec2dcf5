// Every figure of `/metrics` in one table: its name, what it says, and the values that its labels can have.
import type { PinOutcome } from '../asterisk/pin-session.ts';
import type { PickupOutcome } from '../asterisk/pickup-record.ts';
import type { DecisionOutcome } from '../asterisk/screening-session.ts';
import { verdictKinds, verdictReasons } from '../barring/reasons.ts';
import type { Via } from '../barring/verdict.ts';
import type { Destination } from '../numbering/destination.ts';
import { pickupChoices, type PickupKind } from '../pickup/call.ts';
import { ringOutcomes } from '../pickup/ring-record.ts';
import { noticeKinds } from '../store/notices.ts';

export interface MetricRow {
  readonly type: 'counter' | 'gauge' | 'histogram';
  /** One sentence. */
  readonly help: string;
  /** A list: these values, and `other` for whatever else comes. A text: what bounds them. */
  readonly labels?: Readonly<Record<string, readonly string[] | string>>;
  /** Of a histogram, seconds. */
  readonly buckets?: readonly number[];
}

/** The words of a closed type; one that is left out does not compile. */
const words = <Word extends string>(all: Readonly<Record<Word, true>>): readonly string[] => Object.keys(all);

const kinds = words<Destination['kind']>({
  emergency: true,
  internal: true,
  service: true,
  national: true,
  international: true,
  unreadable: true,
});
const vias = words<Via>({ direct: true, forward: true, transfer: true });
const outcomes = words<DecisionOutcome>({ said: true, abandoned: true, unsaid: true });
const pinOutcomes = words<PinOutcome['kind']>({
  right: true,
  silent: true,
  wrong: true,
  locked: true,
  abandoned: true,
  lost: true,
  stopped: true,
  unavailable: true,
});
const pickupKinds = words<PickupKind>({
  directed: true,
  group: true,
  'other-group': true,
  any: true,
  exact: true,
});
const pickupOutcomes = words<PickupOutcome>({
  told: true,
  won: true,
  lost: true,
  abandoned: true,
  unknown: true,
});
const links = ['ari', 'ami', 'agi'];
const ways = 'webhook, by its place in the configuration: `webhook-1`; `mail`; `message`';
/** Around the millisecond that a verdict takes, up to the deadline of the dialplan. */
const latencies = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5];
const ringTimes = [2, 5, 10, 15, 20, 30, 45, 60, 120, 300];

const counter = (help: string, labels?: MetricRow['labels']) =>
  ({ type: 'counter', help, ...(labels ? { labels } : {}) }) as const;
const gauge = (help: string, labels?: MetricRow['labels']) =>
  ({ type: 'gauge', help, ...(labels ? { labels } : {}) }) as const;
const histogram = (help: string, buckets: readonly number[]) =>
  ({ type: 'histogram', help, buckets }) as const;

const lag = (thread: string) =>
  gauge(`How late ${thread} was since the last look; the watch itself is 20 ms of it.`, {
    percentile: ['50', '99', '100'],
  });

/** Of the thread that decides calls. */
export const metricTable = {
  callwarden_build_info: gauge('Always 1; the labels say what runs.', {
    version: 'of Callwarden: one at a time',
    asterisk: 'its version: one at a time',
    link: 'by which it is connected: `websocket` or `ari-client`',
  }),
  callwarden_health_green: gauge(
    '1 where nothing needs a person, 0 where `callwarden status` says what does.',
  ),
  callwarden_health_problems: gauge('Problems that `callwarden status` shows.'),
  callwarden_database_problems: gauge(
    'Problems of the database file, the key file and the audit chain; 0 when all are sound.',
  ),
  callwarden_start_timestamp_seconds: gauge('When the daemon started, seconds since 1970.'),

  callwarden_decisions_total: counter('Decisions on outbound calls.', {
    verdict: verdictKinds,
    reason: verdictReasons,
    destination: kinds,
    via: vias,
  }),
  callwarden_decision_latency_seconds: histogram(
    'From the question in hand to the verdict on the wire, without the time that a caller took to enter a PIN.',
    latencies,
  ),
  callwarden_screening_outcomes_total: counter(
    'What became of verdicts: said, the caller gone before, or the link lost on the way.',
    { outcome: outcomes },
  ),
  callwarden_decisions_observed_total: counter(
    'Calls that were let out because the policy or the rule only observes.',
  ),
  callwarden_pin_dialogues_total: counter('Callers who were asked for a PIN before an outbound call.', {
    outcome: pinOutcomes,
  }),
  callwarden_pin_tries_total: counter('PINs that such callers entered, right or wrong.'),

  callwarden_link_up: gauge('1 where the link is up; a link that is switched off is absent.', {
    link: links,
  }),
  callwarden_link_reconnects_total: counter('Connections after the first.', { link: ['ari', 'ami'] }),
  callwarden_peer_up: gauge('1 where another daemon on the same Asterisk is heard.', {
    application: 'the names in `[ari] peers`',
  }),
  callwarden_agi_connections: gauge('FastAGI connections now.'),
  callwarden_agi_questions_total: counter('Questions that came by FastAGI.'),
  callwarden_agi_refused_total: counter(
    'FastAGI connections that brought no question, or were cut before it was answered.',
  ),

  callwarden_ringing_calls: gauge('Calls that ring now.'),
  callwarden_ringing_oldest_seconds: gauge('How long the longest of them has rung; 0 where none rings.'),
  callwarden_ringing_ended_total: counter('Calls that ring no more, by what became of them.', {
    outcome: ringOutcomes,
  }),
  callwarden_ringing_duration_seconds: histogram('How long calls rang.', ringTimes),
  callwarden_pickups_total: counter('Attempts to take a ringing call.', {
    kind: pickupKinds,
    choice: pickupChoices,
    outcome: pickupOutcomes,
  }),
  callwarden_pickup_refusals_total: counter(
    'Attempts that were refused or came too late, by what was told.',
    {
      reason: pickupChoices.filter((choice) => choice !== 'take'),
    },
  ),
  callwarden_pickup_latency_seconds: histogram(
    'From a pickup code in hand to the choice on the wire.',
    latencies,
  ),

  callwarden_policy_version: gauge('The version of the policy in force; absent while none is loaded.'),
  callwarden_policy_loaded_timestamp_seconds: gauge('When that version was loaded, seconds since 1970.'),
  callwarden_policy_protection: gauge('1 where protection is on.'),
  callwarden_quarantined_extensions: gauge('Extensions in quarantine now.'),
  callwarden_notices_total: counter(
    'Notices that were given: limits, quarantines, signs of fraud and others.',
    {
      kind: noticeKinds,
    },
  ),
  callwarden_unscreened_calls_total: counter('Chargeable calls that reached a trunk without a verdict.'),

  callwarden_records_queued: gauge('Records that wait to be written.'),
  callwarden_records_written_total: counter('Records that were written.'),
  callwarden_records_lost_total: counter('Records that could not be written and were given up.'),
  callwarden_told_queued: gauge('Events, mails and messages that wait to be sent.', { way: ways }),
  callwarden_told_sent_total: counter('Those that their receivers took.', { way: ways }),
  callwarden_told_failed_total: counter('Those that were tried and given up.', { way: ways }),
  callwarden_told_dropped_total: counter('Those that were never tried: too many, too old or too large.', {
    way: ways,
  }),
  callwarden_told_working: gauge('1 where the last try succeeded, or none was made yet.', { way: ways }),

  callwarden_eventloop_lag_seconds: lag('the thread that decides'),
  callwarden_heap_used_bytes: gauge('Of the heap of the thread that decides.'),

  callwarden_web_up: gauge('1 where the thread of the console and the API runs; absent where it is off.'),
  callwarden_web_restarts_total: counter('Times that this thread was started again.'),
  callwarden_web_sessions: gauge('Sessions of people who are signed in.'),
  callwarden_web_listeners: gauge('Browsers and programs that follow live events.'),
} as const satisfies Readonly<Record<string, MetricRow>>;

/** Of the thread that serves the console and the API. */
export const webMetricTable = {
  callwarden_web_requests_total: counter('Requests that were answered.', {
    method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    route: 'the patterns of the routes: `/api/v1/extensions/:extension`',
    status: ['1xx', '2xx', '3xx', '4xx', '5xx'],
  }),
  callwarden_web_request_duration_seconds: histogram(
    'From the request to the head of its answer.',
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  ),
  callwarden_web_eventloop_lag_seconds: lag('this thread'),
} as const satisfies Readonly<Record<string, MetricRow>>;
