// Groups as real calls: they grant right, countries and levels, and what is nearer wins.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { expectOut, refused } from './outgoing.ts';

const policy = [
  'settings set level closed',
  'country allow AR',
  'extension set 1001-1002',
  'group set sales --international on',
  'group add sales 1001',
  'country allow FR --group sales',
  'group set board --level open',
];

const AR = '00541112345678';
const FR = '0033140205050';
const DE = '00496912345678';

describe('a group of extensions', () => {
  let pbx: Pbx;
  let member: Phone;
  let stranger: Phone;

  beforeAll(async () => {
    pbx = await startPbx({ policy });
    member = await pbx.lab.phone('1001');
    stranger = await pbx.lab.phone('1002');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  it('grants the right and its own countries beside those of the organisation, to its members alone', async () => {
    await expectOut(pbx, member, AR);
    await expectOut(pbx, member, FR);
    expect(await refused(pbx, member, DE)).toMatchObject({ status: 403, reason: 'country-not-allowed' });
    expect(await refused(pbx, stranger, AR)).toMatchObject({
      status: 403,
      heard: ['feature-not-avail-line'],
      reason: 'no-international-right',
      rule: 'extension:1002:international',
    });
  });

  it('gives way to what the extension itself says', async () => {
    await pbx.change('extension set 1001 --international off');
    expect(await refused(pbx, member, AR)).toMatchObject({ rule: 'extension:1001:international' });
    await pbx.change('extension set 1001 --international inherit --level closed');
    expect(await refused(pbx, member, FR)).toMatchObject({
      reason: 'country-not-allowed',
      rule: 'extension:1001:level:closed',
    });
    await pbx.change('extension set 1001 --level inherit');
    await expectOut(pbx, member, FR);
  });

  it('with another of the same extension makes one layer, in which the refusal wins', async () => {
    await pbx.change('group add board 1001');
    await expectOut(pbx, member, DE);
    await pbx.change('group set board --international off');
    expect(await refused(pbx, member, AR)).toMatchObject({ rule: 'group:board:international' });
    await pbx.change('group drop board 1001');
    await expectOut(pbx, member, AR);
  });

  it('takes what it gave when it goes', async () => {
    await pbx.change('group remove sales');
    expect(await refused(pbx, member, AR)).toMatchObject({ reason: 'no-international-right' });
    await expectOut(pbx, member, '911');
    await expectOut(pbx, member, '5512345678');
  });
});
