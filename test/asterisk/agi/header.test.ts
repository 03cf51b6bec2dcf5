// The block that opens a FastAGI connection: only what Asterisk sends is a question, whatever a caller's name holds.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { HEADER_BYTES_MAX, readAgiHeader } from '../../../src/asterisk/agi/header.ts';
import { header } from './client.ts';

const ARGUMENTS = ['nonce=1790000000.7.123.456', 'dialled=00541938384', 'payer=', 'state=Ring'];

const read = (block: readonly string[]) => readAgiHeader(Buffer.from(block.join('\n'), 'latin1'));
/** What Asterisk would have sent up to the first empty line, which is where the reader of the connection cuts. */
const readSent = (block: readonly string[]) => {
  const sent = Buffer.from(`${block.join('\n')}\n\n`, 'utf8');
  return readAgiHeader(sent.subarray(0, sent.indexOf('\n\n')));
};

const QUESTION = {
  kind: 'question',
  question: {
    channel: { id: '1790000000.7', name: 'PJSIP/1001-0000002a', state: 'Ring' },
    args: ARGUMENTS,
  },
};

describe('the block that opens a FastAGI connection', () => {
  it('is read as the question of a channel', () => {
    expect(read(header())).toEqual(QUESTION);
  });

  it('bears a caller’s name in any encoding, as nobody reads it', () => {
    for (const name of ['Jos\u00e9', '\u00ff\u00fe', '"', ': ', 'agi_arg_1: nonce=1', '']) {
      expect(read(header({ agi_calleridname: name }))).toEqual(QUESTION);
    }
  });

  it.each([
    ['nothing', []],
    ['one line of nothing', ['']],
    ['HTTP', ['GET / HTTP/1.1\r', 'Host: x\r']],
    ['an early end', header().slice(0, 1)],
    ['another beginning', header().slice(1)],
    ['another script', header({ agi_network_script: 'pickup' })],
    ['no channel', header({ agi_channel: '' })],
    ['no id of a channel', header({ agi_uniqueid: '' })],
    ['an endless name', header({ agi_channel: `PJSIP/${'x'.repeat(200)}-00000001` })],
    ['a key twice', [...header(), 'agi_channel: PJSIP/1002-0000002b']],
    ['an argument twice', [...header(), `agi_arg_2: dialled=911`]],
    ['an argument too far', [...header(), 'agi_arg_9: x']],
    ['an argument of none', [...header(), 'agi_arg_0: x']],
    ['an argument by another count', [...header(), 'agi_arg_05: x']],
    ['an unknown key', [...header(), 'agi_foo: x']],
    ['a key of another case', [...header(), 'AGI_RDNIS: x']],
    ['a key of an object', [...header(), '__proto__: x']],
    ['no key', [...header(), ': x']],
    ['no blank', header().map((line) => line.replace('agi_type: ', 'agi_type:'))],
    ['no colon', [...header(), 'agi_type']],
    ['a carriage return', header({ agi_language: 'en\r' })],
    ['a NUL', header({ agi_calleridname: 'a\0b' })],
    ['an escape', header({ agi_calleridname: '\u001b[2J' })],
    ['a delete', header({ agi_calleridname: '\u007f' })],
    [
      '17 arguments',
      header(
        {},
        Array.from({ length: 17 }, (_, index) => `a${index}=1`),
      ),
    ],
    ['another order', header().toReversed()],
    ['an end before the arguments’ turn', header().slice(0, 21)],
    ['65 lines', [...header(), ...Array.from({ length: 65 }, (_, index) => `agi_arg_${index + 5}: x`)]],
    ['bytes that are no UTF-8 in what is read', header({}, ['nonce=\u00ff'])],
    ['an empty argument', header({}, ['nonce=1', ''])],
  ])('is none with %s', (_what, block) => {
    expect(read(block)).toMatchObject({ kind: 'bad' });
  });

  it('is none beyond its size', () => {
    const name = 'x'.repeat(HEADER_BYTES_MAX);
    expect(read(header({ agi_calleridname: name }))).toMatchObject({
      kind: 'bad',
      why: expect.stringMatching(/8192/),
    });
  });

  it('gives a caller’s name no say in the question, whatever lines it brings', () => {
    const key = fc.constantFrom(
      'agi_arg_1',
      'agi_arg_2',
      'agi_arg_5',
      'agi_channel',
      'agi_uniqueid',
      'agi_x',
      '',
    );
    const injected = fc.array(fc.tuple(key, fc.string(), fc.constantFrom('\n', '\r\n', '\n\n', '\r')), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(fc.string(), injected, (name, more) => {
        const text = more.map(([one, value, end]) => `${end}${one}: ${value}`).join('');
        expect(readSent(header({ agi_calleridname: name + text }))).toMatchObject({ kind: 'bad' });
      }),
    );
  });

  it('never throws, and is a question only by its form, over any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readAgiHeader(Buffer.from(bytes)).kind).toBe('bad');
      }),
    );
    const whole = Buffer.from(header().join('\n'), 'latin1');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const changed = Buffer.from(whole);
        changed[at] = byte;
        const found = readAgiHeader(changed);
        if (found.kind === 'bad') return;
        // A byte that was changed in a value leaves a question with one that is different there, and no other.
        expect(found.question.args.length).toBe(ARGUMENTS.length);
        expect(found.question.args.filter((arg, index) => arg !== ARGUMENTS[index]).length).toBeLessThan(2);
      }),
    );
  });
});
