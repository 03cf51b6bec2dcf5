// What Asterisk answers over FastAGI, cut anywhere, and what it never says.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { createReplyReader, type AgiReply } from '../../../src/asterisk/agi/reply.ts';

const result = (number: number, isSound = false): AgiReply => ({ kind: 'result', result: number, isSound });

/** As res_agi.c of 16.28 and 22.10 writes them. */
const known: readonly (readonly [string, readonly AgiReply[]])[] = [
  ['200 result=1\n', [result(1)]],
  ['200 result=0\n', [result(0)]],
  ['200 result=-1\n', [result(-1)]],
  ['200 result=49 endpos=8000\n', [result(49, true)]],
  ['200 result=0 endpos=0\n', [result(0, true)]],
  ['200 result=1 (value with ) and (\n', [result(1)]],
  ['510 Invalid or unknown command\n', [{ kind: 'refused', code: 510 }]],
  ['511 Command Not Permitted on a dead channel or intercept routine\n', [{ kind: 'refused', code: 511 }]],
  ['520 Invalid command syntax.  Proper usage not available.\n', [{ kind: 'refused', code: 520 }]],
  [
    '520-Invalid command syntax.  Proper usage follows:\n Usage: ANSWER\n\n200 result=1\n520 End of proper usage.\n',
    [{ kind: 'refused', code: 520 }],
  ],
  ['HANGUP\n', [{ kind: 'hangup' }]],
];

const junk = [
  '\n',
  '200\n',
  '200 result=\n',
  '200 result=abc\n',
  '200 result=1 \u0007\n',
  '200 result=12345678901\n',
  ' 200 result=1\n',
  '200 result=1\r\n',
  '100 Trying\n',
  'HTTP/1.1 200 OK\r\n',
  'hangup\n',
  '\0\n',
  '404 Not Found\n',
];

describe('the replies of AGI', () => {
  it.each(known)('are read: %j', (text, replies) => {
    expect(createReplyReader().push(Buffer.from(text))).toEqual(replies);
  });

  it('are the same however they are cut', () => {
    const cut = fc.array(fc.tuple(fc.constantFrom(...known), fc.nat(40)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(cut, (parts) => {
        const bytes = Buffer.from(parts.map(([[text]]) => text).join(''));
        const reader = createReplyReader();
        const heard: AgiReply[] = [];
        let from = 0;
        for (const end of [...parts.map(([, at]) => at).toSorted((a, b) => a - b), bytes.length]) {
          heard.push(...(reader.push(bytes.subarray(from, end)) ?? []));
          from = Math.max(from, end);
        }
        expect(heard).toEqual(parts.flatMap(([[, replies]]) => replies));
      }),
    );
  });

  it.each(junk)('are none: %j', (text) => {
    const reader = createReplyReader();
    expect(reader.push(Buffer.from(text))).toBeNull();
    expect(reader.push(Buffer.from('200 result=1\n'))).toBeNull();
  });

  it('have an end, within a line and behind a wrong command', () => {
    const endless = createReplyReader();
    expect(endless.push(Buffer.from('x'.repeat(2000)))).toEqual([]);
    expect(endless.push(Buffer.from('x'.repeat(100)))).toBeNull();
    const usage = createReplyReader();
    expect(usage.push(Buffer.from('520-Invalid command syntax.\n'))).toEqual([
      { kind: 'refused', code: 520 },
    ]);
    expect(usage.push(Buffer.from('x\n'.repeat(64)))).toEqual([]);
    expect(usage.push(Buffer.from('x\n'))).toBeNull();
  });

  it('never make the reader throw, over any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }), (chunks) => {
        const reader = createReplyReader();
        for (const chunk of chunks) {
          const replies = reader.push(Buffer.from(chunk));
          expect(replies === null || Array.isArray(replies)).toBe(true);
        }
      }),
    );
  });
});
