// The acceptance scenario of call barring, placed as real calls: home Mexico, code 00, Argentina allowed, 1001 granted.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPbx, type Pbx } from '../pbx.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { ways } from './links.ts';

const policy = ['country allow AR', 'extension set 1001 --international on', 'extension set 1002'];

describe.each(ways)('barring on $way', (way) => {
  let pbx: Pbx;
  let granted: Phone;
  let barred: Phone;

  beforeAll(async () => {
    pbx = await startPbx({ ...way, policy });
    granted = await pbx.lab.phone('1001');
    barred = await pbx.lab.phone('1002');
  });
  afterAll(async () => {
    await pbx?.[Symbol.asyncDispose]();
  });

  const goesOut = async (phone: Phone, dialled: string, onTrunk = dialled) => {
    const before = pbx.lab.carrier.numbers.length;
    const call = await phone.call(dialled);
    await call.waitAnswered();
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([onTrunk]);
    await call.hangup();
  };

  const refused = async (phone: Phone, dialled: string) => {
    const before = pbx.lab.carrier.numbers.length;
    const call = await phone.call(dialled);
    const final = await call.waitFinal();
    expect(pbx.lab.carrier.numbers.slice(before)).toEqual([]);
    return {
      status: final.status,
      cause: final.cause,
      early: call.earlyMedia,
      heard: call.hearing.announcements.map(({ name }) => name),
    };
  };

  it('lets a granted extension call an allowed country, with exactly the number dialled', async () => {
    await goesOut(granted, '00541938384');
  });

  it('takes + for the international dialing code', async () => {
    await goesOut(granted, '+541938384');
  });

  it('refuses a country that is not allowed, and says so as early media', async () => {
    expect(await refused(granted, '00621938384')).toEqual({
      status: 403,
      cause: 21,
      early: true,
      heard: ['cannot-complete-as-dialed'],
    });
  });

  it('leaves digits without an international dialing code to the outbound route', async () => {
    await goesOut(granted, '541938384');
    await goesOut(barred, '541938384');
  });

  it('refuses an extension without the right', async () => {
    expect(await refused(barred, '00541938384')).toEqual({
      status: 403,
      cause: 21,
      early: true,
      heard: ['feature-not-avail-line'],
    });
  });

  it('lets national numbers out from every extension', async () => {
    await goesOut(granted, '5512345678');
    await goesOut(barred, '5512345678');
  });

  it('lets emergency calls out from an extension without any right (I1)', async () => {
    await goesOut(barred, '911');
  });

  it('keeps one phone able to call another', async () => {
    const call = await granted.call('1002');
    const incoming = await barred.nextCall();
    await incoming.answer();
    await call.waitAnswered();
    await call.waitVoice('1002');
    expect(incoming.answered).toBe(true);
    await call.hangup();
  });

  it('tells regions behind one calling code apart', async () => {
    await pbx.change('country allow US');
    await goesOut(granted, '0012125550123');
    expect(await refused(granted, '0018765550123')).toMatchObject({ status: 403 });
    expect(await refused(granted, '0016045550123')).toMatchObject({ status: 403 });
  });

  it('judges the next call by a change that another process made, as soon as it is seen', async () => {
    expect(await refused(granted, '00496912345678')).toMatchObject({ status: 403 });
    await pbx.change('country allow DE');
    await goesOut(granted, '00496912345678');
    await pbx.change('country reset DE');
    expect(await refused(granted, '00496912345678')).toMatchObject({ status: 403 });
  });

  it('refuses what is no number before anything else looks at it', async () => {
    expect(await refused(granted, '00541938384;')).toMatchObject({ status: 484 });
    expect(await refused(granted, '*00*541938384')).toMatchObject({ status: 484 });
  });

  it('charges the forwarder, not the caller, when a phone sends a call abroad (I6)', async () => {
    barred.whenCalled = (incoming) => incoming.redirect('00541938384');
    try {
      const before = pbx.lab.carrier.numbers.length;
      const call = await granted.call('1002');
      const final = await call.waitFinal();
      expect(final.status).toBeGreaterThanOrEqual(400);
      expect(pbx.lab.carrier.numbers.slice(before)).toEqual([]);
    } finally {
      barred.whenCalled = (incoming) => incoming.ring();
    }
    // Records are written behind the call's back.
    await expect
      .poll(() => pbx.json('calls --kind decision --limit 1'))
      .toMatchObject({ calls: [{ party: '1002', via: 'forward', reason: 'no-international-right' }] });
  });

  it('lets everything readable out when protection is off', async () => {
    await pbx.change('settings set protection off');
    await goesOut(barred, '00621938384');
    await goesOut(barred, '00541938384');
    await pbx.change('settings set protection on');
    expect(await refused(barred, '00541938384')).toMatchObject({ status: 403 });
  });

  it('leaves a record and a log line of each decision, and no channel', async () => {
    const { calls } = (await pbx.json('calls --kind decision --limit 200')) as {
      calls: { verdict: string; outcome: string; dialled: string; rule: string }[];
    };
    expect(calls.length).toBeGreaterThan(15);
    expect(calls.every(({ outcome, rule }) => outcome === 'said' && rule !== '')).toBe(true);
    expect(pbx.log()).toMatch(
      /call verdict=deny reason=country-not-allowed payer=1001 .*dialled=00621938384/,
    );
    expect(await pbx.lab.channels()).toEqual([]);
  });
});
