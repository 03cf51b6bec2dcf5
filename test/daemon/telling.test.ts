// What people and programs are told, word for word, and that nobody who is told can hold the daemon up.
import { describe, expect, it } from 'vitest';
import type { PickupRecord } from '../../src/asterisk/pickup-record.ts';
import type { Logger } from '../../src/config/logger.ts';
import { clockAt } from '../../src/daemon/house-clock.ts';
import { createPickupNotices } from '../../src/daemon/pickup-notices.ts';
import { createTelling, type TellingEvent, type TellingPorts } from '../../src/daemon/telling.ts';
import type { PickupPerson, PickupSettings, PickupWay } from '../../src/pickup/call.ts';
import type { RingRecord } from '../../src/pickup/ring-record.ts';
import { compileRights } from '../../src/pickup/rights.ts';
import { eventually } from '../lab/processes.ts';
import { pickupPolicy } from '../pickup/policy.ts';

const DEADLINE_MS = 20_000;
const AT_MS = Date.UTC(2026, 10, 22, 14, 5);

const people: readonly PickupPerson[] = [
  { extension: '1002', name: 'Ana', mail: 'ana@example.com', notice: null },
  { extension: '1003', name: 'Bob', mail: '', notice: [] },
  { extension: '1004', name: '', mail: '', notice: ['mail', 'message'] },
];

interface Told {
  readonly extension: string;
  readonly ways: readonly PickupWay[];
  readonly subject: string;
  readonly text: string;
}

function notices(settings: Partial<PickupSettings> = { notice: ['message'] }) {
  const told: Told[] = [];
  const events: TellingEvent[] = [];
  const plain = pickupPolicy({}).settings;
  const rights = compileRights(pickupPolicy({ people, settings: { ...plain, ...settings } }));
  const made = createPickupNotices({
    telling: {
      toExtension: (extension, ways, notice) => void told.push({ extension, ways, ...notice }),
      event: (event) => void events.push(event),
    },
    rights: () => rights,
    clock: () => '14:05',
  });
  return { told, events, made };
}

function record(
  rest: Partial<PickupRecord> = {},
  call: Partial<NonNullable<PickupRecord['call']>> = {},
): PickupRecord {
  return {
    id: 'pickup:1',
    atMs: AT_MS,
    picker: '1003',
    kind: 'directed',
    target: '1002',
    choice: 'take',
    rule: 'group:sales',
    outcome: 'won',
    told: null,
    takenBy: '1003',
    settledAfterMs: 5,
    by: null,
    call: {
      callId: 'c1',
      callerNumber: '5551234',
      callerName: 'Zoë',
      callerExtension: null,
      from: '1002',
      rangMs: 4000,
      ...call,
    },
    ...rest,
  } as PickupRecord;
}

describe('the notice of a pickup', () => {
  it.each([
    [{}, {}, 'Bob (1003) took your call from 5551234 (Zoë) at 14:05.'],
    [{ picker: '1009' }, { callerName: '' }, '1009 took your call from 5551234 at 14:05.'],
    [{}, { callerNumber: '', callerName: '' }, 'Bob (1003) took your call from a withheld number at 14:05.'],
    [{}, { callerNumber: '', callerName: 'Zoë' }, 'Bob (1003) took your call from Zoë at 14:05.'],
    [{}, { callerName: '5551234' }, 'Bob (1003) took your call from 5551234 at 14:05.'],
    [{}, { callerExtension: '1004' }, 'Bob (1003) took your call from 1004 (Zoë) at 14:05.'],
    [{ picker: '1001' }, { callerExtension: '1003' }, '1001 took your call from 1003 (Bob) at 14:05.'],
  ])('says who took it, from whom it came, and when: %j %j', (rest, call, text) => {
    const { told, made } = notices();
    made.onPickup(record(rest, call));
    expect(told).toMatchObject([{ extension: '1002', ways: ['message'], text }]);
  });

  it('goes to the phone from which the call was taken, by the ways that its owner wants', () => {
    const { told, made } = notices({ notice: ['mail'] });
    made.onPickup(record());
    made.onPickup(record({ target: '600', kind: 'other-group' }, { from: '1004' }));
    made.onPickup(record({ picker: '1009' }, { from: '1003' }));
    expect(told.map(({ extension, ways }) => [extension, ways])).toEqual([
      ['1002', ['mail']],
      ['1004', ['mail', 'message']],
      ['1003', []],
    ]);
  });

  it('tells nobody of his own pickup, of one that is open, lost or refused, or of one that he cannot have', () => {
    const { told, made } = notices();
    made.onPickup(record({}, { from: '1003' }));
    made.onPickup(record({}, { from: '' }));
    made.onPickup(record({ picker: null }));
    for (const outcome of [null, 'told', 'lost', 'abandoned', 'unknown'] as const)
      made.onPickup(record({ outcome }));
    expect(told).toEqual([]);
  });

  it('tells programs of each outcome, and of each call that rings no more, once by its id', () => {
    const { events, made } = notices();
    made.onPickup(record({ outcome: null }));
    made.onPickup(record());
    made.onPickup(
      record({ outcome: 'told', told: 'no-right', choice: 'no-right', takenBy: null, call: null }),
    );
    const rung = { callId: 'c1', startedAtMs: 1, endedAtMs: AT_MS, outcome: 'rescued' } as RingRecord;
    made.onRung(rung);
    made.onRung(rung);
    expect(events.map(({ id, kind }) => [id, kind])).toEqual([
      ['pickup:1', 'pickup'],
      ['pickup:1', 'pickup'],
      ['rang:c1:1', 'ringing-ended'],
      ['rang:c1:1', 'ringing-ended'],
    ]);
    expect(events[0]?.data).toMatchObject({
      outcome: 'won',
      picker: { extension: '1003', name: 'Bob' },
      call: { from: { extension: '1002', name: 'Ana' } },
    });
    expect(events[1]?.data).toMatchObject({ outcome: 'refused', reason: 'no-right', call: null });
  });

  it('has the time of day of the house', () => {
    expect(clockAt(null, AT_MS)).toMatch(/^\d\d:\d5$/);
    const offset = (offsetMs: number) =>
      ({
        settings: { schedule: 'office' },
        schedules: new Map([['office', { offsetMs: () => offsetMs }]]),
      }) as never;
    expect(clockAt(offset(-6 * 3_600_000), AT_MS)).toBe('08:05');
    expect(clockAt(offset(10 * 3_600_000), AT_MS)).toBe('00:05');
    expect(clockAt(offset(Number.NaN), AT_MS)).toMatch(/^\d\d:\d\d$/);
  });
});

describe('telling', () => {
  const lines: string[] = [];
  const note = (event: string, fields?: object) => void lines.push(`${event} ${JSON.stringify(fields)}`);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  const make = (link: TellingPorts['link'], rest: Partial<TellingPorts['config']> = {}) =>
    createTelling({
      config: { pbx: { name: 'lab' }, webhooks: [], mail: null, messages: { from: 'callwarden' }, ...rest },
      logger,
      version: '1.0.0',
      person: (extension) => people.find((one) => one.extension === extension),
      link,
      nowMs: () => AT_MS,
    });
  const notice = { subject: 'Subject', text: 'Text' };

  it('sends one message at a time, cleaned and cut, and drops the oldest of too many', async () => {
    const sent: string[] = [];
    let busy = 0;
    let most = 0;
    await using telling = make(() => ({
      async sendMessage(extension: string, from: string, text: string) {
        most = Math.max(most, (busy += 1));
        await new Promise((done) => setImmediate(done));
        busy -= 1;
        sent.push(`${extension} ${from} ${text}`);
        return 'done' as const;
      },
    }));
    telling.toExtension('1002', ['message', 'message'], {
      subject: '',
      text: `a\r\nb\u0007\u202E${'漢'.repeat(500)}`,
    });
    for (let number = 0; number < 300; number += 1)
      telling.toExtension('1002', ['message'], { subject: '', text: `${number}` });
    expect(await eventually(() => telling.status().messages.queued === 0 && busy === 0, DEADLINE_MS)).toBe(
      true,
    );
    expect([most, sent.length, telling.status().messages.dropped]).toEqual([1, 201, 100]);
    expect(sent[0]).toMatch(/^1002 callwarden a b 漢+…$/);
    expect(Buffer.byteLength(sent[0] ?? '')).toBeLessThanOrEqual(1000 + '1002 callwarden '.length);
    expect(sent.at(-1)).toBe('1002 callwarden 299');
  });

  it('tells nothing that has become untrue while it waited its turn, nor tries it again', async () => {
    const sent: string[] = [];
    const first = Promise.withResolvers<'done'>();
    const mail = {
      host: 'no-host.invalid',
      port: 25,
      tls: 'none',
      username: '',
      password: '',
      from: 'a@b',
    } as const;
    await using telling = make(
      () => ({
        sendMessage: (extension) => {
          sent.push(extension);
          return sent.length === 1 ? first.promise : Promise.resolve('done');
        },
      }),
      { mail },
    );
    let rings = true;
    const isStillTrue = () => rings;
    for (const extension of ['1004', '1002', '1003']) {
      telling.toExtension(extension, ['message'], { ...notice, isStillTrue });
    }
    telling.toExtension('1004', ['message'], notice);
    rings = false;
    telling.toExtension('1002', ['mail'], { ...notice, isStillTrue });
    first.resolve('done');
    await expect.poll(() => telling.status().messages).toMatchObject({ queued: 0, sent: 2, dropped: 2 });
    await expect.poll(() => telling.status().mail).toMatchObject({ queued: 0, dropped: 1, failed: 0 });
    expect(sent).toEqual(['1004', '1004']);
  });

  it('never throws: not for a lost link, one that throws, no address, a strange extension, or data that is no JSON', async () => {
    const throwing: TellingPorts['link'] = () => {
      throw new Error('no link');
    };
    const rejecting: TellingPorts['link'] = () => ({ sendMessage: () => Promise.reject(new Error('late')) });
    const webhooks = [
      { url: 'http://127.0.0.1:1/', events: ['*'], secret: 'x'.repeat(16), privateAddresses: true },
    ];
    for (const link of [() => null, throwing, rejecting]) {
      await using telling = make(link, { webhooks });
      for (const extension of ['1002', '1003', '', '../x', '1\r\n2']) {
        telling.toExtension(extension, ['message', 'mail'], notice);
      }
      const circle: Record<string, unknown> = {};
      circle['self'] = circle;
      telling.event({ kind: 'alert', atMs: Number.NaN, data: circle });
      telling.event({ kind: 'alert', atMs: Number.NaN, data: { big: 1 } });
      expect(await eventually(() => telling.status().messages.failed === 2, DEADLINE_MS)).toBe(true);
      expect(telling.status().webhooks[0]?.queued).toBeLessThanOrEqual(1);
    }
    expect(
      lines.some((line) => line.startsWith('message-lost') && line.includes('Asterisk is not connected')),
    ).toBe(true);
  });
});
