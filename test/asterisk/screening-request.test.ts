// The routine's question as a value: named arguments, URI-encoded, nothing else taken for one.
import { expect, it } from 'vitest';
import { readNamedArguments, readScreeningRequest } from '../../src/asterisk/screening-request.ts';

const channel = { id: '1763.1', name: 'PJSIP/1001-00000001' };
const isExtension = (endpoint: string) => endpoint === '1001';

it('reads the named, URI-encoded arguments of the routine', () => {
  const said = ['transferer=', 'payer=', 'language=fr_CA', 'outside='];
  const args = ['nonce=1763.1.5.6', 'dialled=%2B54%20193', ...said];
  expect(readScreeningRequest(channel, args, isExtension)).toMatchObject({
    nonce: '1763.1.5.6',
    dialled: '+54 193',
    linkedId: '1763.1',
    identity: { payer: '1001', via: 'direct', outsideCaller: '' },
    language: 'fr_CA',
  });
});

it('reads who forwarded and who transferred from the names of their channels', () => {
  const local = { id: '1763.3', name: 'Local/0054@phones-00000001;2' };
  const args = ['nonce=1', 'dialled=0054', 'transferer=', 'forwarder=PJSIP%2F1003-00000004', 'payer=1001'];
  expect(readScreeningRequest(local, args, isExtension)?.identity).toMatchObject({
    payer: '1003',
    via: 'forward',
  });
  const transferred = args.with(2, 'transferer=PJSIP%2F1002-00000003');
  expect(readScreeningRequest(local, transferred, isExtension)?.identity).toMatchObject({
    payer: '1002',
    via: 'transfer',
  });
});

it('reads the number of an outside caller, whatever bytes it has', () => {
  const trunk = { id: '1763.2', name: 'PJSIP/trunk-00000002' };
  const args = ['nonce=1', 'dialled=1', 'outside=%2B1%2C2%26%00'];
  expect(readScreeningRequest(trunk, args, isExtension)).toMatchObject({
    identity: { payer: null, outsideCaller: '+1,2&\0' },
    language: '',
  });
});

it.each([
  ['no nonce', ['dialled=1']],
  ['an empty nonce', ['nonce=', 'dialled=1']],
  ['nothing dialled', ['nonce=1']],
  ['a repeated name', ['nonce=1', 'nonce=2', 'dialled=1']],
  ['broken encoding', ['nonce=1', 'dialled=%E0%A4%A']],
  ['no name', ['nonce=1', '=1', 'dialled=1']],
  ['no equals sign', ['nonce=1', 'dialled=1', 'junk']],
  ['too many arguments', Array.from({ length: 40 }, (_, index) => `a${index}=1`)],
])('takes a question with %s for none', (_what, args) => {
  expect(readScreeningRequest(channel, args, isExtension)).toBeNull();
});

it('keeps names like __proto__ out of the way', () => {
  const named = readNamedArguments(['__proto__=x', 'constructor=y']);
  expect(named?.get('__proto__')).toBe('x');
  expect(named?.get('nonce')).toBeUndefined();
});
