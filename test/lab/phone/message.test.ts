// SIP messages are read and written without losing a byte that matters.
import { describe, expect, it } from 'vitest';

import {
  escapeUser,
  formatMessage,
  headerValues,
  hostOf,
  parameter,
  parseMessage,
  uriIn,
  userOf,
} from './message.ts';
import { reasonsOf } from './reason.ts';

const ringing = [
  'SIP/2.0 180 Ringing',
  'v: SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1',
  'Record-Route: <sip:one;lr>, <sip:two;lr>',
  'To: "Doe, \\"J\\"" <sip:1002@127.0.0.1;user=phone>;tag=abc',
  'Reason: SIP;cause=200;text="Call completed elsewhere"',
  'Reason: Q.850;cause=26',
  'X-Long: one',
  ' two',
  '',
  'v=0',
].join('\r\n');

describe('a SIP message', () => {
  it('is read with compact names, lists, quotes and folded lines', () => {
    const message = parseMessage(Buffer.from(ringing));
    if (message?.kind !== 'response') throw new Error('This is a response.');
    expect(message.status).toBe(180);
    expect(message.body).toBe('v=0');
    expect(headerValues(message, 'Via')).toEqual(['SIP/2.0/UDP 127.0.0.1:5060;branch=z9hG4bK1']);
    expect(headerValues(message, 'Record-Route')).toEqual(['<sip:one;lr>', '<sip:two;lr>']);
    expect(headerValues(message, 'X-Long')).toEqual(['one two']);
    const to = headerValues(message, 'To')[0] ?? '';
    expect([uriIn(to), parameter(to, 'tag')]).toEqual(['sip:1002@127.0.0.1;user=phone', 'abc']);
    expect(reasonsOf(message)).toEqual([
      { protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' },
      { protocol: 'Q.850', cause: 26, text: '' },
    ]);
  });

  it('comes back from its bytes as it was, with its length in bytes', () => {
    const request = {
      kind: 'request',
      method: 'MESSAGE',
      uri: 'sip:a',
      headers: [['To', '<sip:a>']],
      body: 'é',
    } as const;
    const bytes = formatMessage(request);
    expect(bytes.toString()).toContain('Content-Length: 2\r\n');
    expect(parseMessage(bytes)).toEqual({
      ...request,
      headers: [...request.headers, ['Content-Length', '2']],
    });
  });

  it.each(['', '\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n', 'INVITE sip:a\r\n\r\n'])(
    'is not seen in %j',
    (junk) => {
      expect(parseMessage(Buffer.from(junk))).toBeNull();
    },
  );

  it('keeps the user part of a URI byte for byte', () => {
    expect(userOf('sip:00%34,4;x@127.0.0.1:5060')).toBe('00%34,4;x');
    expect(userOf('sip:127.0.0.1')).toBe('');
    expect(hostOf('<sip:a@127.0.0.2:5070;lr>'.slice(1, -1))).toEqual({ address: '127.0.0.2', port: 5070 });
  });

  it('escapes what a user part cannot hold, and nothing that it can', () => {
    expect(escapeUser('*98#')).toBe('*98%23');
    expect(escapeUser('+44 20@x')).toBe('+44%2020%40x');
    expect(escapeUser('a&b,c;d/e=f')).toBe('a&b,c;d/e=f');
  });
});
