// Who is charged (I6): the endpoint by exact bytes, the transferer, a vouched-for forwarder, or nobody.
import { expect, it } from 'vitest';
import { endpointOf, identify } from '../../src/asterisk/identity.ts';

const none = { transferer: '', forwarder: '', vouchedPayer: '', outsideCaller: '' };
const isExtension = (endpoint: string) => endpoint.startsWith('10');
const paying = (payer: string | null, via: string) => ({ payer, via, outsideCaller: '' });

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
  const facts = { channelName: 'PJSIP/1001-00000001', ...none };
  expect(identify(facts, isExtension)).toEqual(paying('1001', 'direct'));
});

it('charges the transferer of a blind transfer, not the transferred party (I6)', () => {
  const facts = { ...none, channelName: 'PJSIP/trunk-00000001', transferer: 'PJSIP/1002-00000003' };
  expect(identify(facts, isExtension)).toEqual(paying('1002', 'transfer'));
});

it('charges nobody when the transferer has no endpoint', () => {
  const facts = { ...none, channelName: 'PJSIP/1001-00000001', transferer: 'Local/x@y-00000001;1' };
  expect(identify(facts, isExtension)).toEqual(paying(null, 'transfer'));
});

it('charges the forwarder whom the dialplan vouches for, and nobody without one (I6)', () => {
  const channelName = 'Local/0054@phones-00000001;2';
  expect(identify({ ...none, channelName, vouchedPayer: '1003' }, isExtension)).toEqual(
    paying('1003', 'forward'),
  );
  expect(identify({ ...none, channelName }, isExtension)).toEqual(paying(null, 'forward'));
});

it('charges the phone that sent the call elsewhere, whatever a dialplan vouches for (I6)', () => {
  const facts = { ...none, channelName: 'Local/0054@phones-00000001;2', forwarder: 'PJSIP/1003-00000004' };
  expect(identify(facts, isExtension)).toEqual(paying('1003', 'forward'));
  expect(identify({ ...facts, vouchedPayer: '1001' }, isExtension)).toEqual(paying('1003', 'forward'));
  expect(identify({ ...facts, outsideCaller: '5512345678' }, isExtension)).toEqual(paying('1003', 'forward'));
});

it('charges the trunk, which has no rights, where the other end of it sends a call elsewhere', () => {
  const facts = { ...none, channelName: 'Local/0054@phones-00000001;2', forwarder: 'PJSIP/trunk-00000004' };
  expect(identify(facts, isExtension)).toEqual(paying('trunk', 'forward'));
});

it('charges the transferer also where the transferred call was a forwarded one (I6)', () => {
  const channelName = 'Local/0054@phones-00000001;2';
  const facts = { ...none, channelName, forwarder: 'PJSIP/1003-00000004', transferer: 'PJSIP/1002-00000003' };
  expect(identify(facts, isExtension)).toEqual(paying('1002', 'transfer'));
});

it('does not let a voucher stand in for an authenticated endpoint', () => {
  const facts = { ...none, channelName: 'PJSIP/1001-00000001', vouchedPayer: '1003' };
  expect(identify(facts, isExtension).payer).toBe('1001');
});

it('takes a call offered as an outside caller’s for nobody’s, and passes his number on', () => {
  const outsideCaller = '+525512345678';
  for (const channelName of ['PJSIP/trunk-00000001', 'DAHDI/1-1', 'Local/s@in-00000001;2']) {
    const identity = identify({ ...none, channelName, outsideCaller }, isExtension);
    expect(identity).toMatchObject({ payer: null, outsideCaller });
  }
});

it('lets a phone of ours, a transferer and a forwarder pay, also where an outside caller is offered (I6)', () => {
  const outsideCaller = '+525512345678';
  const rows = [
    [{ channelName: 'PJSIP/1001-00000001' }, '1001'],
    [{ channelName: 'PJSIP/trunk-00000001', transferer: 'PJSIP/1002-00000003' }, '1002'],
    [{ channelName: 'Local/s@in-00000001;2', vouchedPayer: '1003' }, '1003'],
  ] as const;
  for (const [facts, payer] of rows) {
    const identity = identify({ ...none, outsideCaller, ...facts }, isExtension);
    expect(identity).toMatchObject({ payer, outsideCaller: '' });
  }
});
