// Which link leads to which Asterisk, by the version it tells.
import { describe, expect, it } from 'vitest';

import { hangupByName } from '../../../src/asterisk/ari/hangup-name.ts';
import { canHangUpByNumber, canRestOverWebsocket, readVersion } from '../../../src/asterisk/ari/version.ts';

const versions: readonly (readonly [string, 'yes' | 'no' | 'unknown', boolean])[] = [
  ['13.38.3', 'no', false],
  ['16.28.0~dfsg-0+deb11u4', 'no', false],
  ['17.9.4', 'no', true],
  ['18.26.4', 'no', true],
  ['19.8.1', 'no', true],
  ['20.13.0', 'no', true],
  ['20.14.0', 'yes', true],
  ['21.8.0', 'no', true],
  ['21.9.0-rc1', 'yes', true],
  ['22.3.0', 'no', true],
  ['22.4.0', 'yes', true],
  ['22.10.1+dfsg+~cs6.17.60671434-1', 'yes', true],
  ['23.0.0', 'yes', true],
  ['24.1.0', 'yes', true],
  ['certified/16.8-cert14', 'unknown', false],
  ['certified-20.7-cert5', 'unknown', true],
  ['20.7-cert5', 'unknown', true],
  ['GIT-master-f0c1c1a', 'unknown', true],
];

describe('the version of Asterisk', () => {
  it.each(versions)('%s: REST over the WebSocket %s, hangup by number %s', (version, rest, byNumber) => {
    expect(canRestOverWebsocket(version)).toBe(rest);
    expect(canHangUpByNumber(version)).toBe(byNumber);
  });

  it('is read from the answer to asterisk/info, and nothing else is taken for one', () => {
    expect(readVersion({ system: { version: '22.10.1', entity_id: 'x' } })).toBe('22.10.1');
    for (const info of [
      undefined,
      null,
      [],
      {},
      { system: {} },
      { system: { version: '' } },
      'Asterisk 22',
    ]) {
      expect(() => readVersion(info)).toThrow(/not ARI/);
    }
  });

  it('decides whether a cause goes out by number or by name', () => {
    const request = (cause: string) => ({
      method: 'DELETE' as const,
      uri: 'channels/1.1',
      resource: 'channels' as const,
      operation: 'hangup',
      parameters: { channelId: '1.1', reason_code: cause },
      orderKey: '1.1',
    });
    expect(hangupByName(request('21')).parameters).toEqual({ channelId: '1.1', reason: 'rejected' });
    expect(hangupByName(request('34')).parameters).toEqual({ channelId: '1.1', reason: 'congestion' });
    expect(hangupByName(request('52')).parameters).toEqual({ channelId: '1.1', reason: 'rejected' });
    const answer = { ...request('16'), operation: 'answer' };
    expect(hangupByName(answer)).toBe(answer);
  });
});
