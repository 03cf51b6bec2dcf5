// A lab does what a small PBX does, and its phones tell exactly what happened.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import { plainDialplan } from './etc/telephony.ts';
import { type Lab, startLab } from './lab.ts';
import { answer, keepSilent, progress, redirect, reject } from './phone/behaviour.ts';

const announcing = `${plainDialplan(['1001', '1002', '1003', '1004', '1005', '1006'])}
[phones](+)
exten => 700,1,Progress()
 same => n,Playback(ss-noservice&beeperr,noanswer)
 same => n,Hangup(21)
exten => 701,1,Answer()
 same => n,Playback(cannot-complete-as-dialed)
 same => n,MusicOnHold(,1)
 same => n,Hangup()
exten => 702,1,Answer()
 same => n,Read(DIGITS,beep,4)
 same => n,Set(GLOBAL(DIGITS)=\${DIGITS})
 same => n,Hangup()
`;

describe('a lab', () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ dialplan: announcing, staticContacts: ['1006'] });
  }, 900_000);
  afterAll(async () => {
    await lab?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await lab.waitIdle();
  });

  it('connects two phones, whose voices come through both ways, until one hangs up', async () => {
    await using caller = await lab.phone('1001');
    await using callee = await lab.phone('1002');
    const call = await caller.call('1002');
    const ringing = await callee.nextCall();
    await call.waitRinging();
    expect(ringing.from).toEqual({ number: '1001', name: 'Phone 1001' });
    expect(await ringing.answer()).toBe(true);
    expect((await call.waitAnswered()).status).toBe(200);
    await call.waitVoice('1002');
    await ringing.waitVoice('1001');
    expect(await lab.channels()).toHaveLength(2);
    await call.hangup();
    expect(await ringing.waitEnded()).toMatchObject({ how: 'hangup', by: 'them' });
  });

  it('tells which announcements were heard before a refusal, and the cause', async () => {
    await using phone = await lab.phone('1001', { register: false });
    const call = await phone.call('700');
    expect(await call.waitFinal()).toMatchObject({ status: 403, cause: 21 });
    expect(call.earlyMedia).toBe(true);
    expect(call.hearing.announcements).toEqual([
      { name: 'ss-noservice', early: true, complete: true },
      { name: 'beeperr', early: true, complete: true },
    ]);
    expect(call.ending).toMatchObject({ how: 'refused', by: 'them', status: 403 });
  });

  it('tells announcements and music after the answer', async () => {
    await using phone = await lab.phone('1001', { register: false });
    const call = await phone.call('701');
    await call.waitEnded();
    expect(call.earlyMedia).toBe(false);
    expect(call.hearing.announcements).toEqual([
      { name: 'cannot-complete-as-dialed', early: false, complete: true },
    ]);
    expect(call.hearing.musicOnHold).toBe(true);
  });

  it('cancels a call that rings', async () => {
    await using caller = await lab.phone('1001');
    await using callee = await lab.phone('1002');
    const call = await caller.call('1002');
    const ringing = await callee.nextCall();
    expect((await call.cancel()).status).toBe(487);
    expect(await ringing.waitCancelled()).toBeInstanceOf(Array);
  });

  it('tells the phones of a ring group that the call was answered elsewhere', async () => {
    await using caller = await lab.phone('1001');
    await using first = await lab.phone('1002');
    await using second = await lab.phone('1003');
    for (const group of ['600', '601', '602']) {
      const call = await caller.call(group);
      const [taken, lost] = await Promise.all([first.nextCall(), second.nextCall()]);
      await taken.answer();
      const reasons = await lost.waitCancelled();
      expect(reasons).toContainEqual({ protocol: 'Q.850', cause: 26, text: '' });
      await call.waitVoice('1002');
      await call.hangup();
      await taken.waitEnded();
    }
  });

  it('takes calls out to the carrier with exactly the number dialled, and follows its rules', async () => {
    await using phone = await lab.phone('1001', { register: false });
    lab.carrier.on('0049301234', reject(486));
    lab.carrier.on('0049305678', keepSilent());
    lab.carrier.on('0049309999', progress());
    const answered = await phone.call('00541938384');
    await answered.waitAnswered();
    await answered.waitVoice('carrier');
    await answered.hangup();
    expect((await (await phone.call('0049301234')).waitFinal()).cause).toBe(17);
    const silent = await phone.call('0049305678');
    await lab.carrier.waitCalls(3);
    await silent.cancel();
    const early = await phone.call('0049309999');
    await early.waitVoice('carrier');
    expect(early.answered).toBe(false);
    await early.cancel();
    expect(lab.carrier.numbers).toEqual(['00541938384', '0049301234', '0049305678', '0049309999']);
  });

  it('sends the dialled user part as it is, escapes included', async () => {
    await using phone = await lab.phone('1001', { register: false });
    const before = lab.carrier.calls.length;
    const call = await phone.call('hostile', { rawUser: '00%34%34%2A9' });
    await call.waitFinal();
    await call.hangup();
    expect(lab.carrier.numbers.slice(before)).toEqual(['0044*9']);
  });

  it('lets the carrier call an extension, and a phone redirect the call', async () => {
    await using redirecting = await lab.phone('1002', { whenCalled: redirect('1003') });
    await using target = await lab.phone('1003', { whenCalled: answer() });
    const call = await lab.carrier.call('1002', { from: '+442079460018' });
    await call.waitVoice('1003');
    expect(redirecting.incoming).toHaveLength(1);
    expect(target.incoming[0]?.from.number).toBe('+442079460018');
    await call.hangup();
  });

  it('transfers a call blindly, and to a call that is already up', async () => {
    await using caller = await lab.phone('1001');
    await using transferer = await lab.phone('1002', { whenCalled: answer() });
    await using target = await lab.phone('1003', { whenCalled: answer() });
    const blind = await caller.call('1002');
    const transferred = await transferer.nextCall();
    await transferred.waitVoice('1001');
    expect(await transferred.refer('1003')).toBe(202);
    expect(await transferred.waitTransferred()).toBe(200);
    await blind.waitVoice('1003');
    await blind.hangup();
    const attended = await caller.call('1002');
    const held = await transferer.nextCall();
    const consultation = await transferer.call('1003');
    await Promise.all([held.waitVoice('1001'), consultation.waitVoice('1003')]);
    expect(await consultation.referTo(held)).toBe(202);
    attended.hearing.forgetVoices();
    await attended.waitVoice('1003');
    await attended.hangup();
    expect(target.incoming).toHaveLength(2);
  });

  it('dials digits that Asterisk reads', async () => {
    await using phone = await lab.phone('1001', { register: false });
    const call = await phone.call('702');
    await call.waitHeard('beep');
    await call.dial('12#');
    await call.waitEnded();
    expect(await lab.console('dialplan show globals')).toContain('DIGITS=12');
  });

  it('reaches a phone by a contact that stands in its file', async () => {
    await using phone = await lab.phone('1006');
    await using caller = await lab.phone('1001', { register: false });
    const call = await caller.call('1006');
    expect((await phone.nextCall()).number).toBe('1006');
    await call.cancel();
  });

  it('refuses a wrong password', async () => {
    await expect(lab.phone('1001', { password: 'wrong' })).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('goes on with its phones after Asterisk was killed and started again', async () => {
    await using callee = await lab.phone('1002');
    await lab.restart();
    await using caller = await lab.phone('1001', { register: false });
    const call = await caller.call('1002');
    expect((await callee.nextCall()).from.number).toBe('1001');
    await call.cancel();
  });
});
