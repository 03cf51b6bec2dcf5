// The figures: each is counted where it belongs, and nothing that a caller, a phone or a browser sends becomes a series of its own.
import * as fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import type { PickupRecord } from '../../src/asterisk/pickup-record.ts';
import type { DecisionRecord } from '../../src/asterisk/screening-session.ts';
import { createDaemonMetrics, type MetricPorts } from '../../src/daemon/metrics.ts';
import { createWebMetrics } from '../../src/daemon/web-metrics.ts';
import type { DaemonStatus } from '../../src/http/ports.ts';
import type { RingingCall } from '../../src/pickup/call.ts';
import type { RingRecord } from '../../src/pickup/ring-record.ts';
import type { Notice } from '../../src/store/notices.ts';

const NOW_MS = Date.UTC(2026, 10, 22, 12);
const way = { lastSuccessMs: null, lastProblem: '' };
const status: DaemonStatus = {
  health: 'red',
  problems: ['ARI is not connected: 5511223344'],
  version: '1.2.3',
  pbx: 'lab',
  pid: 1,
  startedAtMs: NOW_MS - 60_000,
  timeZone: 'Europe/Paris',
  ari: {
    state: 'down',
    kind: 'websocket',
    asteriskVersion: '22.5.1',
    sinceMs: null,
    reconnects: 3,
    lastProblem: '',
  },
  ami: { state: 'off', kind: 'ami', asteriskVersion: '', sinceMs: null, reconnects: 0, lastProblem: '' },
  agi: { state: 'listening', address: '', open: 2, questions: 7, refused: 1, lastProblem: '' },
  web: { state: 'up', url: '', problem: '', restarts: 4, sessions: 5, listeners: 6 },
  peers: [{ application: 'callwarden-b', state: 'silent' }],
  policy: { version: 12, loadedAtMs: NOW_MS - 5000, protection: true },
  decisions: { continued: 0, denied: 0, abandoned: 0 },
  pickups: { taken: 0, refused: 0 },
  telling: {
    webhooks: [
      { ...way, to: 'https://example.com', queued: 1, sent: 2, failed: 3, dropped: 4, working: false },
    ],
    mail: null,
    messages: { ...way, queued: 0, sent: 9, failed: 0, dropped: 0, working: true },
  },
  ringing: 2,
  records: { queued: 8, written: 100, lost: 1 },
  notices: { lastDay: 0 },
  guard: { mode: 'watch', unscreened: 11 },
  quarantined: ['1001', '1002'],
  numberingData: {},
  numberingNotice: '',
};

function metricsOf(ports: Partial<MetricPorts> = {}) {
  const ringing = [20, 5].map((seconds) => ({ ringingSinceMs: NOW_MS - seconds * 1000 }) as RingingCall);
  return createDaemonMetrics({
    status: () => status,
    parts: () => ({ health: { problems: () => ['a'] }, pickup: { ringing: () => ringing } }),
    nowMs: () => NOW_MS,
    monotonicMs: () => performance.now(),
    ...ports,
  });
}

const decision = (rest: object = {}, verdict: object = {}) =>
  ({
    verdict: { kind: 'deny', reason: 'country-denied', ...verdict },
    destination: { kind: 'international' },
    request: { identity: { via: 'direct' } },
    outcome: 'said',
    latencyUs: 700,
    pin: null,
    ...rest,
  }) as DecisionRecord;

const lineOf = (text: string, start: string) => text.split('\n').find((line) => line.startsWith(start));
const seriesIn = (text: string) => text.split('\n').filter((line) => line.startsWith('callwarden_'));

it('counts decisions by verdict, reason, destination and via, with their latency', async () => {
  const metrics = metricsOf();
  metrics.onDecision(decision());
  metrics.onDecision(decision());
  const pin = { outcome: 'wrong', tries: 3, id: null, instead: null };
  metrics.onDecision(decision({ outcome: 'abandoned', pin }, { kind: 'continue', reason: 'observed' }));
  const text = await metrics.text();
  const labels = 'verdict="deny",reason="country-denied",destination="international",via="direct"';
  expect(text).toContain(`callwarden_decisions_total{${labels}} 2\n`);
  expect(text).toContain('callwarden_decision_latency_seconds_bucket{le="0.0005"} 0\n');
  expect(text).toContain('callwarden_decision_latency_seconds_bucket{le="0.001"} 3\n');
  expect(text).toContain('callwarden_screening_outcomes_total{outcome="abandoned"} 1\n');
  expect(text).toContain('callwarden_decisions_observed_total 1\n');
  expect(text).toContain('callwarden_pin_dialogues_total{outcome="wrong"} 1\n');
  expect(text).toContain('callwarden_pin_tries_total 3\n');
});

it('counts pickups when their outcome is known, what was told, and how calls stopped ringing', async () => {
  const metrics = metricsOf();
  const attempt = { kind: 'directed', choice: 'no-right', told: 'no-right', latencyUs: 400 };
  metrics.onPickup({ ...attempt, outcome: null } as PickupRecord);
  metrics.onPickup({ ...attempt, outcome: 'told' } as PickupRecord);
  metrics.onRung({ outcome: 'rescued', ringMs: 12_000 } as RingRecord);
  metrics.onNotice({ kind: 'limit-reached' });
  const text = await metrics.text();
  expect(text).toContain('callwarden_pickups_total{kind="directed",choice="no-right",outcome="told"} 1\n');
  expect(text).toContain('callwarden_pickup_refusals_total{reason="no-right"} 1\n');
  expect(text).toContain('callwarden_ringing_ended_total{outcome="rescued"} 1\n');
  expect(text).toContain('callwarden_ringing_duration_seconds_sum 12\n');
  expect(text).toContain('callwarden_notices_total{kind="limit-reached"} 1\n');
});

it('looks up what the daemon is, and leaves out what is switched off', async () => {
  const text = await metricsOf().text();
  for (const line of [
    'callwarden_build_info{version="1.2.3",asterisk="22.5.1",link="websocket"} 1',
    'callwarden_health_green 0',
    'callwarden_database_problems 1',
    'callwarden_link_up{link="ari"} 0',
    'callwarden_link_up{link="agi"} 1',
    'callwarden_link_reconnects_total{link="ari"} 3',
    'callwarden_peer_up{application="callwarden-b"} 0',
    'callwarden_ringing_calls 2',
    'callwarden_ringing_oldest_seconds 20',
    'callwarden_policy_version 12',
    'callwarden_quarantined_extensions 2',
    'callwarden_unscreened_calls_total 11',
    'callwarden_records_queued 8',
    'callwarden_records_lost_total 1',
    'callwarden_told_failed_total{way="webhook-1"} 3',
    'callwarden_told_working{way="webhook-1"} 0',
    'callwarden_told_sent_total{way="message"} 9',
    'callwarden_web_restarts_total 4',
    'callwarden_web_sessions 5',
    'callwarden_web_listeners 6',
  ]) {
    expect(text.split('\n')).toContain(line);
  }
  expect(text).not.toContain('callwarden_link_up{link="ami"}');
  expect(text).not.toContain('example.com');
  expect(lineOf(text, 'callwarden_eventloop_lag_seconds{percentile="99"}')).toBeDefined();
});

it('tells of a daemon that is still starting, and of one that has loaded no policy', async () => {
  const starting = await metricsOf({ status: () => null, parts: () => null }).text();
  expect(starting).toContain('callwarden_notices_total{kind="unscreened-call"} 0\n');
  const policy = { version: null, loadedAtMs: null, protection: null };
  const empty = await metricsOf({ status: () => ({ ...status, policy, telling: null }) }).text();
  expect(lineOf(empty, 'callwarden_policy_version')).toBeUndefined();
});

it('gives the same text to all who ask within a second, and mirrors counters without adding them up', async () => {
  let nowMs = 0;
  let asked = 0;
  const metrics = metricsOf({
    status: () => ((asked += 1), status),
    monotonicMs: () => nowMs,
  });
  const texts = await Promise.all([metrics.text(), metrics.text()]);
  expect(texts[0]).toBe(texts[1]);
  expect(asked).toBe(1);
  nowMs = 1000;
  expect(await metrics.text()).toContain('callwarden_records_written_total 100\n');
  expect(asked).toBe(2);
});

it('has a bounded number of series, and none that holds what was dialled, after 10,000 hostile calls', async () => {
  const metrics = metricsOf();
  const web = createWebMetrics();
  onTestFinished(() => web[Symbol.dispose]());
  const hostile = fc.oneof(
    fc.stringMatching(/^\+?\d{3,30}$/),
    fc.string({ unit: 'binary', maxLength: 300 }),
    fc.constantFrom('__proto__', 'constructor', 'a"} 1\nevil{x="', '\\', ''),
  );
  const calls = fc.sample(fc.tuple(hostile, hostile, hostile, hostile), 10_000);
  for (const [first, second, third, fourth] of calls) {
    metrics.onDecision(
      decision(
        {
          destination: { kind: third, number: first },
          request: { dialled: first, identity: { via: fourth, payer: second } },
          outcome: second,
          latencyUs: Number(first),
          pin: { outcome: first, tries: Number.NaN, id: second, instead: null },
        },
        { kind: first, reason: second },
      ),
    );
    metrics.onPickup({
      kind: first,
      choice: second,
      outcome: third,
      told: fourth,
    } as unknown as PickupRecord);
    metrics.onRung({ outcome: first, ringMs: Number(second) } as unknown as RingRecord);
    metrics.onNotice({ kind: first } as unknown as Notice);
    web.onRequest({ method: first, route: `/api/v1/${second.length}`, status: 200, seconds: 0.1 });
  }
  const text = (await metrics.text()) + (await web.text());
  expect(seriesIn(text).length).toBeLessThan(500);
  expect(text).not.toContain('evil');
  expect(text).not.toContain('__proto__');
  const ofCalls = seriesIn(text).filter((line) =>
    /_(?:decisions|pickups|notices|ringing_ended|pin)_/.test(line),
  );
  expect(ofCalls.length).toBeGreaterThan(4);
  for (const line of ofCalls) expect(line.replace(/ [^ ]+$/, '')).not.toMatch(/\d{3,}/);
});

it('bounds even the labels that no list bounds', async () => {
  const web = createWebMetrics();
  onTestFinished(() => web[Symbol.dispose]());
  for (let index = 0; index < 5000; index += 1) {
    web.onRequest({ method: 'GET', route: `/${index}`, status: 200, seconds: 0 });
  }
  const text = await web.text();
  expect(seriesIn(text).length).toBeLessThan(300);
  expect(text).toContain('route="other"');
  expect(lineOf(text, 'callwarden_web_eventloop_lag_seconds{percentile="99"}')).toBeDefined();
  expect(lineOf(text, 'callwarden_process_resident_memory_bytes')).toBeDefined();
});
