// What webhooks are told of outbound calls: each payload as docs/notifications.md shows it, and a flood of refusals damped.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AriChannel, AriEvent } from '../../src/asterisk/ari/link.ts';
import type { DecisionRecord } from '../../src/asterisk/screening-session.ts';
import { eventKinds } from '../../src/config/notify.ts';
import { createCallEvents, DENIALS_TOLD_MAX } from '../../src/daemon/call-events.ts';
import { createEmergencies } from '../../src/daemon/emergencies.ts';
import { createNews, type ToldNotice } from '../../src/daemon/news.ts';
import type { TellingEvent } from '../../src/daemon/telling.ts';
import type { Destination } from '../../src/numbering/destination.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import type { PolicySnapshot } from '../../src/barring/snapshot.ts';
import { noticeKinds, type Notice } from '../../src/store/notices.ts';
import { pickupPolicy } from '../pickup/policy.ts';

const AT_MS = Date.UTC(2026, 10, 22, 14, 5);

function made() {
  const events: TellingEvent[] = [];
  const people = [{ extension: '1002', name: 'Ana', mail: '', notice: null }];
  const rights = compileRights(pickupPolicy({ people }));
  const clock = { ms: 0 };
  const hearer = createCallEvents({
    telling: { event: (event) => void events.push(event) },
    policy: { rights: () => rights },
    monotonicMs: () => clock.ms,
  });
  return { events, clock, ...hearer };
}

const denied = (payer: string | null, nonce = 'n1', rest: object = {}) =>
  ({
    verdict: {
      kind: 'deny',
      reason: 'country-not-allowed',
      rule: { id: 'level:low', origin: 'level', text: 'The level low exposure does not open Indonesia.' },
      policyVersion: 12,
    },
    destination: { kind: 'international', e164: '+621938384', regions: ['ID'] },
    request: {
      nonce,
      dialled: '00621938384',
      linkedId: '1763820300.12',
      identity: { payer, via: 'direct', outsideCaller: '' },
    },
    outcome: 'said',
    atMs: AT_MS,
    latencyUs: 700,
    pin: null,
    ...rest,
  }) as unknown as DecisionRecord;

const notice = (kind: Notice['kind'], detail: Record<string, unknown> = {}): ToldNotice => ({
  kind,
  atMs: AT_MS,
  extension: '1002',
  text: 'Something.',
  detail,
});

/** The examples of the document: notice kinds beside the payload that stands there. */
const document = readFileSync(join(import.meta.dirname, '../../docs/notifications.md'), 'utf8');
const shown = [...document.matchAll(/```json\n([\s\S]*?)\n```/g)].map(
  ([, text = '']) =>
    JSON.parse(text) as { kind: string; id: string; at: string; data: Record<string, unknown> },
);
const example = (kind: string, state?: string) =>
  shown.find((one) => one.kind === kind && (state === undefined || one.data['state'] === state));
describe('the webhook events of calls', () => {
  it('tell a refusal as the document shows it', () => {
    const { events, onDecision } = made();
    onDecision(denied('1002', '8f0c'));
    expect(events).toHaveLength(1);
    const wanted = example('denial');
    expect({ ...events[0], at: new Date(events[0]?.atMs ?? 0).toISOString() }).toMatchObject({
      id: wanted?.id,
      kind: 'denial',
      at: wanted?.at,
      data: wanted?.data,
    });
    expect(Object.keys(events[0]?.data ?? {})).toEqual(Object.keys(wanted?.data ?? {}));
  });

  it('tell nothing of calls that go out, and cut what is too long for a number', () => {
    const { events, onDecision } = made();
    onDecision({ ...denied('1002'), verdict: { kind: 'continue', reason: 'national' } } as DecisionRecord);
    expect(events).toEqual([]);
    const request = { ...denied(null).request, dialled: '0'.repeat(10_000) };
    onDecision({ ...denied(null), request, outcome: 'abandoned' });
    expect(events[0]?.data).toMatchObject({ extension: null, dialled: '0'.repeat(80), heard: false });
  });

  it('damp the refusals of one extension, say how many were not told, and let others be heard', () => {
    const { events, clock, onDecision } = made();
    for (let index = 0; index < 500; index += 1) onDecision(denied('1002', String(index)));
    expect(events).toHaveLength(DENIALS_TOLD_MAX);
    onDecision(denied('1003'));
    expect(events.at(-1)?.data).toMatchObject({ extension: { extension: '1003' }, untold: 0 });
    clock.ms = 60_000;
    onDecision(denied('1002', 'later'));
    expect(events.at(-1)?.data).toMatchObject({ untold: 500 - DENIALS_TOLD_MAX });
    onDecision(denied('1002', 'last'));
    expect(events.at(-1)?.data).toMatchObject({ untold: 0 });
  });

  it.each([
    ['emergency-call', { number: '911', channelId: '1763820300.12' }, 'emergency', undefined],
    ['quarantined', { by: 'sign:refused-attempts', untilMs: AT_MS + 4 * 3_600_000 }, 'quarantine', 'began'],
    ['released', { by: 'user:maria' }, 'quarantine', 'released'],
    ['limit-reached', { limit: 'limit:7' }, 'limit', undefined],
    ['sign-first-country', {}, 'fraud-sign', undefined],
    ['pin-locked', {}, 'pin-locked', undefined],
    [
      'unscreened-call',
      { trunk: 'carrier', number: '0044123', guard: 'watch', ended: false, caller: 'PJSIP/1002-1' },
      'unscreened-call',
      undefined,
    ],
  ] as const)('tell of the notice %s as the document shows it', (kind, detail, event, state) => {
    const wanted = example(event, state);
    expect(wanted, `docs/notifications.md shows no ${event}`).toBeDefined();
    const { events, onNotice } = made();
    onNotice({ ...notice(kind, detail), text: String(wanted?.data['text']) });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ kind: event, data: wanted?.data });
    expect(Object.keys(events[0]?.data ?? {})).toEqual(Object.keys(wanted?.data ?? {}));
  });

  it('have a kind for every notice, and the document has an example of every kind', () => {
    for (const kind of noticeKinds) {
      const { events, onNotice } = made();
      onNotice(notice(kind));
      expect(eventKinds, kind).toContain(events[0]?.kind);
    }
    expect(eventKinds.filter((kind) => !document.includes(`\`${kind}\``))).toEqual([]);
  });

  it('say of a quarantine that ended by itself that nobody released it', () => {
    const { events, onNotice } = made();
    onNotice(notice('released', { by: 'user:maria', ended: true }));
    expect(events[0]?.data).toMatchObject({ state: 'released', by: null });
  });
});

function emergencies() {
  const given: Notice[] = [];
  const keys = new Set<string>();
  const read = (dialled: string) =>
    (dialled.endsWith('911')
      ? { kind: 'emergency', service: '911' }
      : { kind: 'national' }) as unknown as Destination;
  const desk = createEmergencies({
    pbx: 'lab',
    policy: {
      snapshot: () => ({ read }) as unknown as PolicySnapshot,
      isExtension: (endpoint) => endpoint.startsWith('10'),
    },
    notices: {
      giveOnce: (one, key) => {
        if (keys.has(key)) return false;
        keys.add(key);
        given.push(one);
        return true;
      },
    },
    later: (work) => work(),
    nowMs: () => AT_MS,
  });
  const channel = (id: string, name: string, exten = '') =>
    ({ id, name, dialplan: { exten } }) as unknown as AriChannel;
  const created = (one: AriChannel) => desk.onEvent({ type: 'ChannelCreated', channel: one } as AriEvent);
  const dial = (caller: AriChannel | null, peer: AriChannel, dialstring: string) =>
    desk.onEvent({ type: 'Dial', caller, peer, dialstring, dialstatus: '' } as AriEvent);
  return { given, channel, created, dial, desk };
}

const PHONE = 'PJSIP/1002-0000002a';
const TRUNK = 'PJSIP/carrier-0000002b';

describe('the notice of an emergency call', () => {
  it('is given once, when a phone dials it, also behind an outside prefix', () => {
    const { given, channel, created, dial } = emergencies();
    const phone = channel('1.1', PHONE, '0911');
    created(phone);
    dial(phone, channel('1.2', TRUNK), '911@carrier');
    expect(given).toMatchObject([
      { kind: 'emergency-call', extension: '1002', detail: { number: '911', channelId: '1.1' } },
    ]);
  });

  it('is given for a call that was transferred or forwarded there, or that a route rewrites', () => {
    const { given, channel, dial } = emergencies();
    dial(channel('2.1', 'Local/911@out-0000000a;2', '911'), channel('2.2', TRUNK), '0115555@carrier');
    dial(channel('3.1', PHONE, ''), channel('3.2', TRUNK), '911@carrier');
    dial(null, channel('4.2', TRUNK), '911@carrier');
    expect(given.map(({ extension }) => extension)).toEqual([null, '1002', null]);
  });

  it('is not given for other calls, for what comes in by a trunk, and for phones that ring', () => {
    const { given, channel, created, dial } = emergencies();
    created(channel('5.1', PHONE, '5512345678'));
    created(channel('5.2', TRUNK, '911'));
    created(channel('5.3', PHONE, `${'1'.repeat(80)}911`));
    dial(channel('5.4', PHONE, '1003'), channel('5.5', 'PJSIP/1003-0000002c'), '1003');
    expect(given).toEqual([]);
  });

  it('is given where the daemon was asked all the same', () => {
    const { given, desk } = emergencies();
    const destination = { kind: 'emergency', service: '112' };
    const request = { channelId: '6.1', identity: { payer: '1004' } };
    const verdict = { kind: 'continue', reason: 'emergency' };
    desk.onDecision({ verdict, destination, request } as unknown as DecisionRecord);
    expect(given).toMatchObject([{ extension: '1004', detail: { number: '112' } }]);
  });
});

it('hands news on to all, also behind one who fails', () => {
  const errors: unknown[] = [];
  const news = createNews({ error: (_event, fields) => void errors.push(fields) });
  const heard: string[] = [];
  news.tell({
    onNotice: () => {
      throw new Error('broken');
    },
  });
  news.tell({ onNotice: ({ kind }) => void heard.push(kind) });
  news.onNotice(notice('released'));
  news.onDecision(denied('1001'));
  expect(heard).toEqual(['released']);
  expect(errors).toEqual([{ problem: 'broken' }]);
});
