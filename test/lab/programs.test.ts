// Phones that are not ours work in the lab too: SIPp for load, baresip as a real user agent.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { startBaresip } from './baresip.ts';
import { plainDialplan } from './etc/telephony.ts';
import { type Lab, startLab } from './lab.ts';
import { reject } from './phone/behaviour.ts';
import { placeLoad } from './sipp.ts';

const dialplan = `${plainDialplan(['1001', '1002'])}
[phones](+)
exten => 700,1,Hangup(21)
`;

describe('programs as phones', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ extensions: ['1001', '1002'], dialplan, verbosity: 0 });
  }, 900_000);
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await lab.waitIdle();
  });

  it('places a load of calls that are answered, none of which stays up', async () => {
    const load = { from: '1001', number: '00541938384', calls: 40, callsPerSecond: 80, holdMs: 50 };
    expect(await placeLoad(lab, load)).toMatchObject({ successful: 40, failed: 0 });
    expect(lab.carrier.calls).toHaveLength(40);
  });

  it('counts refused calls as it is told', async () => {
    const load = { from: '1001', number: '700', calls: 20, callsPerSecond: 80 };
    expect(await placeLoad(lab, { ...load, expectedStatus: 403 })).toMatchObject({
      successful: 20,
      failed: 0,
    });
    expect(await placeLoad(lab, { ...load, calls: 2 })).toMatchObject({ successful: 0, failed: 2 });
  });

  it('lets baresip call and be called', async () => {
    await using baresip = await startBaresip(lab, '1002');
    await using phone = await lab.phone('1001');
    const toBaresip = await phone.call('1002');
    await baresip.waitEvent('CALL_INCOMING');
    baresip.accept();
    await toBaresip.waitAnswered();
    await baresip.waitEvent('CALL_RTPESTAB');
    await toBaresip.hangup();
    await baresip.waitEvent('CALL_CLOSED');
    baresip.dial('1001');
    const fromBaresip = await phone.nextCall();
    expect(fromBaresip.from.number).toBe('1002');
    await fromBaresip.answer();
    await baresip.waitEvent('CALL_RTPESTAB');
    baresip.hangup();
    expect(await fromBaresip.waitEnded()).toMatchObject({ how: 'hangup', by: 'them' });
    await baresip.waitEvent('CALL_CLOSED');
    lab.carrier.on('0049301234', reject(486));
    baresip.dial('0049301234');
    expect((await baresip.waitEvent('CALL_CLOSED')).parameter).toContain('486');
  });
});
