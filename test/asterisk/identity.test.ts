// Who is charged (I6): the endpoint by exact bytes, the transferer, a vouched-for forwarder, or nobody.
import { expect, it } from 'vitest';
import { endpointOf, identify } from '../../src/asterisk/identity.ts';

const none = { transferer: '', vouchedPayer: '' };

it.each([
  ['PJSIP/1001-0000002a', '1001'],
  ['PJSIP/front-desk-00000001', 'front-desk'],
  ['PJSIP/10-00000001', '10'],
  ['SIP/alice-0000ffff', 'alice'],
  ['PJSIP/Alice-00000001', 'Alice'],
  ['PJSIP/1001-0000002a1b2c3d4e', '1001'],
])('reads the endpoint of %s as %s', (name, endpoint) => {
  expect(endpointOf(name)).toBe(endpoint);
});

it.each([
  'Local/1001@internal-00000001;2',
  'PJSIP/1001',
  '',
  'PJSIP/-00000001',
  '1001-00000001',
  'PJSIP/1001-XYZ',
])('finds no endpoint in “%s”', (name) => {
  expect(endpointOf(name)).toBeNull();
});

it('charges the endpoint of the calling channel', () => {
  expect(identify({ channelName: 'PJSIP/1001-00000001', ...none })).toEqual({ payer: '1001', via: 'direct' });
});

it('charges the transferer of a blind transfer, not the transferred party (I6)', () => {
  const facts = { channelName: 'PJSIP/trunk-00000001', transferer: 'PJSIP/1002-00000003', vouchedPayer: '' };
  expect(identify(facts)).toEqual({ payer: '1002', via: 'transfer' });
});

it('charges nobody when the transferer has no endpoint', () => {
  const facts = { channelName: 'PJSIP/1001-00000001', transferer: 'Local/x@y-00000001;1', vouchedPayer: '' };
  expect(identify(facts)).toEqual({ payer: null, via: 'transfer' });
});

it('charges the forwarder whom the dialplan vouches for, and nobody without one (I6)', () => {
  const channelName = 'Local/0054@phones-00000001;2';
  expect(identify({ channelName, transferer: '', vouchedPayer: '1003' })).toEqual({
    payer: '1003',
    via: 'forward',
  });
  expect(identify({ channelName, ...none })).toEqual({ payer: null, via: 'forward' });
});

it('does not let a voucher stand in for an authenticated endpoint', () => {
  const facts = { channelName: 'PJSIP/1001-00000001', transferer: '', vouchedPayer: '1003' };
  expect(identify(facts).payer).toBe('1001');
});
