// Barring levels, countries and premium classes as real calls, on the policy that `init` begins with.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { startPbx, type Pbx } from '../pbx.ts';
import { expectOut, refused } from './outgoing.ts';

const GERMANY = '00496912345678';
const BRITAIN = '00442079460123';
const BELIZE = '005012231234';
const HONDURAS = '0050422391234';
const CUBA = '005378312345';
const INMARSAT = '00870773123456';

describe('a barring level', () => {
  let pbx: Pbx;
  let phone: Phone;

  beforeAll(async () => {
    pbx = await startPbx({
      init: '--home-region MX --international-prefix 00',
      policy: ['extension set 1001 --international on'],
    });
    phone = await pbx.lab.phone('1001');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  it('is low exposure at first: what it lists goes out, all else is refused', async () => {
    await expectOut(pbx, phone, GERMANY);
    expect(await refused(pbx, phone, BRITAIN)).toMatchObject({ status: 403, reason: 'country-not-allowed' });
    expect(await refused(pbx, phone, CUBA)).toMatchObject({ status: 403, reason: 'country-not-allowed' });
  });

  it('opens neighbours of the home region one level earlier', async () => {
    expect(await refused(pbx, phone, BELIZE)).toMatchObject({ reason: 'country-not-allowed' });
    await pbx.change('level set medium');
    await expectOut(pbx, phone, BRITAIN);
    await expectOut(pbx, phone, BELIZE);
    expect(await refused(pbx, phone, HONDURAS)).toMatchObject({ reason: 'country-not-allowed' });
  });

  it('gives way to the countries that are named on top of it', async () => {
    await pbx.change('country deny DE');
    expect(await refused(pbx, phone, GERMANY)).toMatchObject({ reason: 'country-denied' });
    await pbx.change('country allow HN');
    await expectOut(pbx, phone, HONDURAS);
    await pbx.change('country reset DE HN');
    await expectOut(pbx, phone, GERMANY);
    expect(await refused(pbx, phone, HONDURAS)).toMatchObject({ reason: 'country-not-allowed' });
  });

  it('follows its lists as they are edited', async () => {
    await pbx.change('level add medium HN');
    await expectOut(pbx, phone, HONDURAS);
    await pbx.change('level add high HN');
    expect(await refused(pbx, phone, HONDURAS)).toMatchObject({ reason: 'country-not-allowed' });
  });

  it('can be one extension’s own', async () => {
    await pbx.change('level set closed --extension 1001');
    expect(await refused(pbx, phone, GERMANY)).toMatchObject({ rule: 'extension:1001:level:closed' });
    await pbx.change('level set high --extension 1001');
    await expectOut(pbx, phone, HONDURAS);
    expect(await refused(pbx, phone, CUBA)).toMatchObject({ reason: 'country-not-allowed' });
    await pbx.change('extension set 1001 --level inherit');
  });

  it('opens no satellite, not even when it is open: those need their name and their class', async () => {
    await pbx.change('level set open');
    await expectOut(pbx, phone, CUBA);
    expect(await refused(pbx, phone, INMARSAT)).toMatchObject({ reason: 'country-not-allowed' });
    await pbx.change('country allow +870');
    expect(await refused(pbx, phone, INMARSAT)).toMatchObject({ reason: 'premium-not-allowed' });
    await pbx.change('premium on satellite');
    await expectOut(pbx, phone, INMARSAT);
    await pbx.change('premium off');
    expect(await refused(pbx, phone, INMARSAT)).toMatchObject({ reason: 'premium-not-allowed' });
  });
});
