// The older Asterisk serves the same lab.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { plainDialplan } from './etc/telephony.ts';
import { type Lab, startLab } from './lab.ts';
import { answer } from './phone/behaviour.ts';

const dialplan = `${plainDialplan(['1001', '1002', '1003'])}
[phones](+)
exten => 700,1,Progress()
 same => n,Playback(ss-noservice,noanswer)
 same => n,Hangup(21)
`;

describe('a lab with Asterisk 16', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ asterisk: 16, extensions: ['1001', '1002', '1003'], dialplan });
  }, 900_000);
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await lab.waitIdle();
  });

  it('says which version it got', () => {
    expect(lab.asteriskVersion).toMatch(/^16\./);
  });

  it('connects a ring group, and tells the other phone so', async () => {
    await using caller = await lab.phone('1001');
    await using first = await lab.phone('1002');
    await using second = await lab.phone('1003');
    const call = await caller.call('600');
    const [taken, lost] = await Promise.all([first.nextCall(), second.nextCall()]);
    await taken.answer();
    expect(await lost.waitCancelled()).toContainEqual({ protocol: 'Q.850', cause: 26, text: '' });
    await call.waitVoice('1002');
    await call.hangup();
  });

  it('plays an announcement before it refuses', async () => {
    await using phone = await lab.phone('1001', { register: false });
    const call = await phone.call('700');
    expect(await call.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(call.hearing.announcements).toEqual([{ name: 'ss-noservice', early: true, complete: true }]);
  });

  it('lets calls out to the carrier and in from it', async () => {
    await using phone = await lab.phone('1001', { whenCalled: answer() });
    const out = await phone.call('00541938384');
    await out.waitVoice('carrier');
    await out.hangup();
    const back = await lab.carrier.call('1001', { from: '+541938384' });
    await back.waitVoice('1001');
    await back.hangup();
    expect(lab.carrier.numbers).toEqual(['00541938384']);
  });
});
