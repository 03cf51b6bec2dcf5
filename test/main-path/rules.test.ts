// Rules by number and prefix, the block-list and announcements by language, as real calls.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { sampleDialplan, startPbx, type Pbx } from '../pbx.ts';
import { expectOut, refused } from './outgoing.ts';

const BUENOS_AIRES = '00541143210987';
const ROSARIO = '00543414321098';
const NATIONAL = '5512345678';
const NATIONAL_PREMIUM = '9001234567';

/** 1002 is a French phone. */
const dialplan = sampleDialplan.replace(
  'exten => _[0-9*#+]!,1,Set(CALLWARDEN_DIALLED=${EXTEN})',
  'exten => _[0-9*#+]!,1,Set(CHANNEL(language)=${IF($["${CALLERID(num)}" = "1002"]?fr:en)})\n' +
    ' same => n,Set(CALLWARDEN_DIALLED=${EXTEN})',
);

describe('a rule by number or prefix', () => {
  let pbx: Pbx;
  let phone: Phone;
  let french: Phone;

  beforeAll(async () => {
    pbx = await startPbx({ policy: ['extension set 1001-1002 --international on'], dialplan });
    phone = await pbx.lab.phone('1001');
    french = await pbx.lab.phone('1002');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  it('allows what the level does not, and the longest match wins', async () => {
    await pbx.change('rule allow +5411');
    await expectOut(pbx, phone, BUENOS_AIRES);
    expect(await refused(pbx, phone, ROSARIO)).toMatchObject({ reason: 'country-not-allowed' });
    await pbx.change('rule deny 00541143');
    expect(await refused(pbx, phone, BUENOS_AIRES)).toMatchObject({ status: 403, reason: 'number-denied' });
    await pbx.change('rule allow +541143210987 --exact');
    await expectOut(pbx, phone, BUENOS_AIRES);
    expect(await refused(pbx, phone, `${BUENOS_AIRES}1`)).toMatchObject({ reason: 'number-denied' });
  });

  it('only records what it would decide while it is observed', async () => {
    await pbx.change('rule deny +5255123 --observe');
    await expectOut(pbx, phone, NATIONAL);
    const { rules } = (await pbx.json('rule list --action deny')) as {
      rules: { id: number; pattern: string }[];
    };
    const id = rules.find((rule) => rule.pattern === '+5255123')?.id;
    await pbx.change(`rule observe ${id} off`);
    expect(await refused(pbx, phone, NATIONAL)).toMatchObject({ reason: 'number-denied' });
    await pbx.change(`rule remove ${id}`);
    await expectOut(pbx, phone, NATIONAL);
  });

  it('opens a number that costs extra where it names this very number', async () => {
    expect(await refused(pbx, phone, NATIONAL_PREMIUM)).toMatchObject({ reason: 'premium-not-allowed' });
    await pbx.change(`rule allow ${NATIONAL_PREMIUM} --exact`);
    await expectOut(pbx, phone, NATIONAL_PREMIUM);
    expect(await refused(pbx, phone, '9001234568')).toMatchObject({ reason: 'premium-not-allowed' });
  });

  it('on the block-list beats every permission, also while protection is off, but for emergency calls', async () => {
    await pbx.change('rule block +541143210987 5512345678 --exact');
    expect(await refused(pbx, phone, BUENOS_AIRES)).toMatchObject({ status: 403, reason: 'blocked-number' });
    expect(await refused(pbx, phone, NATIONAL)).toMatchObject({ reason: 'blocked-number' });
    await pbx.change('settings set protection off');
    expect(await refused(pbx, phone, BUENOS_AIRES)).toMatchObject({ reason: 'blocked-number' });
    await expectOut(pbx, phone, ROSARIO);
    await expectOut(pbx, phone, '911');
    await pbx.change('settings set protection on');
    expect((await pbx.callwarden('rule block 911')).code).toBe(2);
    await expectOut(pbx, phone, '911');
  });

  it('is announced as the settings say, or as the language of the channel says', async () => {
    await pbx.change('announcement set country-not-allowed ss-noservice');
    await pbx.change('announcement set country-not-allowed pbx-invalid --language fr');
    expect((await refused(pbx, phone, ROSARIO)).heard).toEqual(['ss-noservice']);
    expect((await refused(pbx, french, ROSARIO)).heard).toEqual(['pbx-invalid']);
    await pbx.change('announcement reset country-not-allowed --language fr');
    expect((await refused(pbx, french, ROSARIO)).heard).toEqual(['ss-noservice']);
  });
});
