// What comes from Asterisk as JSON or as arguments of Stasis, in every wrong shape: a value or nothing, never an exception.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventDoor, parseJson } from '../../src/asterisk/ari/event-door.ts';
import { EVENT_TYPES, readChannel, readEvent } from '../../src/asterisk/ari/events.ts';
import { readMissedNonce, readPickupQuestion } from '../../src/asterisk/pickup-request.ts';
import { readNamedArguments, readScreeningRequest } from '../../src/asterisk/screening-request.ts';

const RUNS = 2000;
const DEPTH = 200_000;
const LONG = 10 * 1024 * 1024;
const ARGUMENTS_MAX = 32;
const KEY_LENGTH_MAX = 256;

const anything = fc.anything({
  withBigInt: false,
  withNullPrototype: true,
  key: fc.oneof(fc.constantFrom('__proto__', 'constructor', 'channel', 'toString'), fc.string()),
});

/** A channel as ARI sends it, any part of which is then something else. */
const channelParts = {
  id: fc.constant('1700000000.1'),
  name: fc.constant('PJSIP/1001-00000001'),
  state: fc.constant('Ring'),
  caller: fc.constant({ name: 'Ana', number: '1001' }),
  connected: fc.constant({ name: '', number: '' }),
  dialplan: fc.constant({ context: 'a', exten: '1', priority: 1, app_name: '', app_data: '' }),
  creationtime: fc.constant('2026-01-31T09:00:00.000-0600'),
};
type Parts = Record<string, fc.Arbitrary<unknown>>;
const spoilt = (parts: Parts) =>
  fc.record(
    Object.fromEntries(
      Object.entries(parts).map(([key, whole]) => [
        key,
        fc.oneof({ weight: 4, arbitrary: whole }, { weight: 1, arbitrary: anything }),
      ]),
    ),
    { requiredKeys: [] },
  );
const event = spoilt({
  type: fc.constantFrom(...EVENT_TYPES),
  timestamp: fc.constant('2026-01-31T09:00:00.000-0600'),
  channel: spoilt(channelParts),
  peer: spoilt(channelParts),
  caller: spoilt(channelParts),
  args: fc.array(fc.oneof(fc.string(), anything)),
  cause: fc.constantFrom(16, Number.NaN, 1e300, -1, '16'),
  digit: fc.constantFrom('1', '#', 'ab', '١'),
  dialstatus: fc.constantFrom('', 'RINGING'),
  playback: anything,
});

/** What is wrong with an event that was let in: text beyond its bound, a time or a step that is no number. */
function unsound(found: ReturnType<typeof readEvent>): readonly unknown[] {
  if (found === null) return [];
  const args = found.type === 'StasisStart' ? found.args : [];
  const channels = 'channel' in found ? [found.channel] : [];
  const texts = channels.flatMap(({ id, name, state, caller, dialplan }) => [
    id,
    name,
    state,
    caller.name,
    dialplan.exten,
  ]);
  return [
    ...(Number.isFinite(found.atMs) ? [] : [found.atMs]),
    ...(args.length > ARGUMENTS_MAX ? [args] : []),
    ...args.filter((item) => typeof item !== 'string'),
    ...texts.filter((item) => typeof item !== 'string' || item.length > KEY_LENGTH_MAX),
    ...channels.filter(({ dialplan }) => !Number.isSafeInteger(dialplan.priority)),
  ];
}

describe('what comes from Asterisk', () => {
  it('is an event with sound parts or nothing, whatever its parts are', () => {
    let read = 0;
    fc.assert(
      fc.property(event, (raw) => {
        const found = readEvent(raw);
        if (found !== null) read += 1;
        expect(unsound(found)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    expect(read).toBeGreaterThan(RUNS / 50);
    fc.assert(
      fc.property(anything, (raw) => {
        expect(unsound(readEvent(raw))).toEqual([]);
      }),
      { numRuns: RUNS },
    );
    fc.assert(
      fc.property(anything, (raw) => void readChannel(raw)),
      { numRuns: RUNS },
    );
  });

  it('is dropped and counted where it is deep, long, doubled, binary or no JSON, and pollutes nothing', () => {
    let heard = 0;
    const door = new EventDoor({ onEvent: () => void (heard += 1), onProblem: () => undefined });
    const hostile = [
      '['.repeat(DEPTH),
      `${'['.repeat(DEPTH)}${']'.repeat(DEPTH)}`,
      `${'{"channel":'.repeat(DEPTH)}1${'}'.repeat(DEPTH)}`,
      `{"type":"StasisStart","timestamp":"${'2'.repeat(LONG)}"}`,
      `{"type":"${'StasisStart'.repeat(100_000)}"}`,
      '{"__proto__":{"type":"StasisStart","polluted":true}}',
      '{"constructor":{"prototype":{"polluted":true}},"type":"Dial"}',
      '{"type":"StasisStart","type":"ApplicationReplaced","type":17}',
      '{"type":"StasisStart","timestamp":NaN}',
      '{"type":"ChannelDestroyed","cause":1e999}',
      Buffer.from([0xff, 0xfe, 0x00, 0x7b]),
      Buffer.alloc(LONG),
    ];
    for (const message of hostile) door.enter(parseJson(message));
    expect(door.dropped).toBe(hostile.length);
    expect(heard).toBe(0);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.json()), (data) => {
        door.enter(parseJson(typeof data === 'string' ? data : Buffer.from(data)));
      }),
      { numRuns: RUNS },
    );
    expect(heard).toBe(0);
  });

  const channel = { id: '1700000000.1', name: 'PJSIP/1001-00000001' };
  const isExtension = (endpoint: string) => endpoint === '1001';
  const name = fc.constantFrom(
    'nonce',
    'dialled',
    'payer',
    'transferer',
    'outside',
    '__proto__',
    'kind',
    'target',
  );
  const argument = fc.oneof(
    fc.tuple(name, fc.string({ unit: 'binary' })).map(([key, value]) => `${key}=${value}`),
    fc.tuple(name, fc.string()).map(([key, value]) => `${key}=${encodeURIComponent(value)}`),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('nonce=%', 'nonce=%ff', 'dialled=%00', '=', 'nonce', `nonce=${'9'.repeat(1000)}`),
  );
  const args = fc.array(argument, { maxLength: 20 });

  it('as arguments of Stasis, is a question of the routine or none: nothing in between, and nothing thrown', () => {
    let read = 0;
    fc.assert(
      fc.property(args, (words) => {
        const request = readScreeningRequest(channel, words, isExtension);
        const named = readNamedArguments(words);
        if (request !== null) read += 1;
        const asked = request === null ? [] : [request.nonce, request.dialled];
        expect(asked).toEqual(request === null ? [] : [named?.get('nonce'), named?.get('dialled')]);
        expect(asked).not.toContain('');
        readPickupQuestion(channel, words, () => '1001');
        readMissedNonce(words);
      }),
      { numRuns: RUNS },
    );
    expect(read).toBeGreaterThan(0);
  });

  it('as arguments of Stasis, makes nobody pay but the endpoint of the channel', () => {
    const claims = fc.record({ outside: fc.string(), display: fc.string() });
    const stranger = { ...channel, name: 'PJSIP/trunk-00000002' };
    fc.assert(
      fc.property(claims, ({ outside, display }) => {
        const words = ['nonce=1', 'dialled=0054', `outside=${encodeURIComponent(outside)}`];
        const request = readScreeningRequest(
          stranger,
          [...words, `caller=${encodeURIComponent(display)}`],
          isExtension,
        );
        expect(request).not.toBeNull();
        expect(request?.identity.payer).toBe(outside === '' ? 'trunk' : null);
      }),
      { numRuns: RUNS },
    );
  });
});
