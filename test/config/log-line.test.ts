// A log line: one physical line, whatever an attacker dials, and no secret in it.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logLine } from '../../src/config/log-line.ts';
import type { LogFields } from '../../src/config/logger.ts';

const plain = { format: 'plain', time: null, secrets: [] } as const;
const json = { format: 'json', time: null, secrets: [] } as const;
const lineOf = (fields: LogFields) => logLine('info', 'call-decided', fields, plain);

/** What a reader of lines or a terminal would act upon. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

describe('a log line', () => {
  it('is key=value in the order given, quoted where a value is not one word', () => {
    const line = lineOf({
      payer: '1001',
      dialled: '00 54',
      empty: '',
      ms: 1.5,
      ok: true,
      e164: null,
      gone: undefined,
    });
    expect(line).toBe('info call-decided payer=1001 dialled="00 54" empty="" ms=1.5 ok=true e164=null');
  });

  it('shows a forged second line, a forged journal priority and a forged field as what they are', () => {
    expect(lineOf({ dialled: 'x\r\n<3>fake' })).toBe('info call-decided dialled="x\\r\\n<3>fake"');
    expect(lineOf({ dialled: '1" verdict="continue' })).toBe(
      'info call-decided dialled="1\\" verdict=\\"continue"',
    );
    expect(lineOf({ dialled: '1=2' })).toBe('info call-decided dialled="1=2"');
    expect(lineOf({ dialled: '\\n' })).toBe('info call-decided dialled="\\\\n"');
    expect(lineOf({ 'bad key\n': 1 })).toBe('info call-decided bad_key_=1');
  });

  it.each([
    '\u0000',
    '\u001B[31m',
    '\u007F',
    '\u0085',
    '\u009B',
    '\u2028',
    '\u2029',
    '\u202E',
    '\u200B',
    '\uD800',
  ])('escapes %j', (text) => {
    const line = lineOf({ dialled: text });
    expect(UNPRINTABLE.test(line)).toBe(false);
    expect(line).toMatch(/\\u[0-9a-f]{4}/);
  });

  it('is one printable line for every string, in both formats, and JSON says the string back', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary', maxLength: 8 }),
        (value, key) => {
          expect(UNPRINTABLE.test(lineOf({ [key]: value, last: 1 }))).toBe(false);
          const text = logLine('info', 'call-decided', { dialled: value }, json);
          expect(UNPRINTABLE.test(text)).toBe(false);
          expect(JSON.parse(text)).toMatchObject({ level: 'info', event: 'call-decided', dialled: value });
        },
      ),
    );
  });

  it('cuts a value that is far too long', () => {
    expect(lineOf({ dialled: '1'.repeat(5_000) }).length).toBeLessThan(1_200);
  });

  it('never shows a secret, neither by its name nor by its value', () => {
    const secrets = { ...plain, secrets: ['hunter2'] };
    const fields = {
      password: 'a',
      'api-key': 'b',
      authToken: 'c',
      'x-token': 'd',
      pin: 1234,
      problem: 'no hunter2!',
    };
    expect(logLine('warn', 'x', fields, secrets)).toBe(
      'warn x password=*** api-key=*** authToken=*** x-token=*** pin=*** problem="no ***!"',
    );
  });
});
