// The guard lets in what is an event, in our words; nothing else gets through, and nothing makes it throw.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { EVENT_TYPES, readChannel, readEvent } from '../../../src/asterisk/ari/events.ts';

const timestamp = '2026-11-21T22:36:40.073+0000';
const atMs = Date.UTC(2026, 10, 21, 22, 36, 40, 73);

const rawChannel = {
  id: '1795300600.1',
  name: 'PJSIP/1001-00000001',
  state: 'Ring',
  caller: { name: 'Ann', number: '1001' },
  connected: { name: '', number: '' },
  dialplan: {
    context: 'phones',
    exten: '00541938384',
    priority: 2,
    app_name: 'Stasis',
    app_data: 'callwarden,screen',
  },
  creationtime: timestamp,
};
const channel = {
  id: '1795300600.1',
  name: 'PJSIP/1001-00000001',
  state: 'Ring',
  caller: { name: 'Ann', number: '1001' },
  connected: { name: '', number: '' },
  dialplan: {
    context: 'phones',
    exten: '00541938384',
    priority: 2,
    appName: 'Stasis',
    appData: 'callwarden,screen',
  },
  creationTimeMs: atMs,
};

const good: readonly (readonly [string, object, object])[] = [
  ['StasisStart', { args: ['screen', 'a b'], channel: rawChannel }, { args: ['screen', 'a b'], channel }],
  ['StasisEnd', { channel: rawChannel }, { channel }],
  ['CallBroadcast', { channel: rawChannel }, { channel }],
  ['ChannelCreated', { channel: rawChannel }, { channel }],
  ['ChannelStateChange', { channel: rawChannel }, { channel }],
  ['ChannelDestroyed', { cause: 16, cause_txt: 'Normal', channel: rawChannel }, { cause: 16, channel }],
  [
    'Dial',
    { dialstatus: '', peer: rawChannel, dialstring: '0054@trunk' },
    { dialstatus: '', caller: null, peer: channel, dialstring: '0054@trunk' },
  ],
  [
    'Dial',
    { dialstatus: 'CANCEL', caller: rawChannel, peer: rawChannel },
    { dialstatus: 'CANCEL', caller: channel, peer: channel, dialstring: '' },
  ],
  ['ApplicationReplaced', { application: 'callwarden' }, {}],
  ['ChannelDtmfReceived', { digit: '7', duration_ms: 100, channel: rawChannel }, { digit: '7', channel }],
  [
    'PlaybackFinished',
    { playback: { id: 'p-1', media_uri: 'sound:beep', target_uri: 'channel:1.2', state: 'done' } },
    { playbackId: 'p-1', channelId: '1.2' },
  ],
];

const bad: readonly (readonly [string, object])[] = [
  ['StasisStart', { channel: rawChannel }],
  ['StasisStart', { args: [1], channel: rawChannel }],
  ['StasisStart', { args: Array.from({ length: 33 }, () => 'x'), channel: rawChannel }],
  ['StasisStart', { args: ['x'.repeat(1025)], channel: rawChannel }],
  ['StasisEnd', { channel: { ...rawChannel, id: '' } }],
  ['StasisEnd', { channel: { ...rawChannel, id: 'x'.repeat(257) } }],
  ['StasisEnd', { channel: { ...rawChannel, name: undefined } }],
  ['StasisEnd', { channel: { ...rawChannel, dialplan: null } }],
  ['StasisEnd', { channel: { ...rawChannel, dialplan: { ...rawChannel.dialplan, priority: '2' } } }],
  ['StasisEnd', { channel: { ...rawChannel, creationtime: 'yesterday' } }],
  ['ChannelDestroyed', { channel: rawChannel }],
  ['ChannelDestroyed', { cause: 1.5, channel: rawChannel }],
  ['Dial', { dialstatus: '', caller: {}, peer: rawChannel }],
  ['Dial', { dialstatus: '', caller: rawChannel }],
  ['Dial', { peer: rawChannel }],
  ['ChannelVarset', { channel: rawChannel }],
  ['ChannelDtmfReceived', { digit: '77', channel: rawChannel }],
  ['ChannelDtmfReceived', { digit: '', channel: rawChannel }],
  ['ChannelDtmfReceived', { digit: 7, channel: rawChannel }],
  ['ChannelDtmfReceived', { digit: '٧', channel: rawChannel }],
  ['ChannelDtmfReceived', { digit: '7' }],
  ['PlaybackFinished', {}],
  ['PlaybackFinished', { playback: { id: 'p-1', target_uri: 'bridge:1.2' } }],
  ['PlaybackFinished', { playback: { id: 7, target_uri: 'channel:1.2' } }],
  ['stasisstart', { args: [], channel: rawChannel }],
];

describe('the guard of ARI events', () => {
  it.each(good)('reads %s', (type, raw, read) => {
    expect(readEvent({ type, timestamp, asterisk_id: 'x', ...raw })).toEqual({ type, atMs, ...read });
  });

  it('reads every type that it asks Asterisk for', () => {
    expect(new Set(good.map(([type]) => type))).toEqual(new Set(EVENT_TYPES));
  });

  it.each(bad)('refuses a broken or unknown %s', (type, raw) => {
    expect(readEvent({ type, timestamp, ...raw })).toBeNull();
  });

  it('refuses an event without a time', () => {
    for (const time of [undefined, 17, '', 'noon', `${timestamp}${' '.repeat(50)}`]) {
      expect(readEvent({ type: 'ApplicationReplaced', timestamp: time })).toBeNull();
    }
  });

  it('cuts texts that are only shown', () => {
    const long = { name: 'n'.repeat(300), number: '1'.repeat(300) };
    const read = readChannel({ ...rawChannel, caller: long, connected: 'nobody' });
    expect(read?.caller).toEqual({ name: 'n'.repeat(256), number: '1'.repeat(256) });
    expect(read?.connected).toEqual({ name: '', number: '' });
  });

  it('never throws, whatever JSON holds', () => {
    const isReadable = (value: unknown): void => {
      expect(() => readEvent(value)).not.toThrow();
    };
    fc.assert(fc.property(fc.jsonValue(), isReadable));
    const part = fc.oneof(fc.jsonValue(), fc.constant(rawChannel), fc.constant(timestamp));
    const shape = fc.record({
      type: fc.constantFrom(...EVENT_TYPES, 'Other'),
      timestamp: part,
      args: part,
      channel: part,
      peer: part,
      caller: part,
      dialstatus: part,
      cause: part,
      digit: part,
      playback: fc.oneof(part, fc.record({ id: part, target_uri: part })),
    });
    fc.assert(fc.property(shape, isReadable));
  });

  it('hands out nothing that was not in the contract', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (more) => {
        const event = readEvent({
          ...more,
          type: 'StasisEnd',
          timestamp,
          channel: { ...more, ...rawChannel },
        });
        expect(event).toEqual({ type: 'StasisEnd', atMs, channel });
      }),
    );
  });
});
