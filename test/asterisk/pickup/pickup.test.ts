// Pickup with real phones on a real Asterisk: who gets the call, what everybody else is told, and what stays behind.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ANNOUNCED, POLICY, startPickupLab, type PickupLab } from './pickup-lab.ts';
import { COMPLETED_ELSEWHERE, expectQuiet, expectRefused, expectTalk, phones } from './scenes.ts';

describe('pickup on a real Asterisk', () => {
  let bench: PickupLab;
  beforeAll(async () => {
    bench = await startPickupLab();
  }, 900_000);
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await expectQuiet(bench);
    bench.reset();
  });

  it('gives the group code the call that rings longest, and tells its first phone that it was completed elsewhere', async () => {
    await using line = await phones(bench, '1001', '1002', '1003', '1004');
    const long = await line('1001').call('1002');
    const first = await line('1002').nextCall();
    await bench.ringing(['1002']);
    const short = await bench.lab.carrier.call('1003');
    const second = await line('1003').nextCall();
    await bench.ringing(['1002'], ['1003']);
    const picker = await line('1004').call('*8');
    await expectTalk(picker, '1004', long, '1001');
    expect(await first.waitCancelled()).toEqual(COMPLETED_ELSEWHERE);
    expect(second.ending).toBeNull();
    await bench.ringing(['1003']);
    expect(await bench.outcomeOf('1004')).toMatchObject({
      kind: 'group',
      choice: 'take',
      rule: 'group:sales',
      outcome: 'won',
      takenBy: '1004',
      call: { from: '1002', callerNumber: '1001', callerExtension: '1001' },
    });
    await picker.hangup();
    await long.waitEnded();
    await short.cancel();
  });

  it('takes a directed call inside a shared group', async () => {
    await using line = await phones(bench, '1001', '1002', '1003');
    const call = await line('1001').call('1002');
    const first = await line('1002').nextCall();
    await bench.ringing(['1002']);
    const picker = await line('1003').call('**1002');
    await expectTalk(picker, '1003', call, '1001');
    expect(await first.waitCancelled()).toEqual(COMPLETED_ELSEWHERE);
    await call.hangup();
    await picker.waitEnded();
    expect(await bench.outcomeOf('1003')).toMatchObject({ kind: 'directed', target: '1002', outcome: 'won' });
  });

  it('refuses a directed call outside a shared group, in the direction of the right, and leaves it ringing', async () => {
    await using line = await phones(bench, '1001', '1002', '1005', '1006');
    const call = await line('1001').call('1002');
    const ringing = await line('1002').nextCall();
    await bench.ringing(['1002']);
    await expectRefused(await line('1006').call('**1002'), 403, 21, ANNOUNCED['no-right']);
    expect(ringing.ending).toBeNull();
    await call.cancel();
    const other = await line('1001').call('1006');
    await line('1006').nextCall();
    await bench.ringing(['1006']);
    await expectRefused(await line('1002').call('**1006'), 403, 21, ANNOUNCED['no-right']);
    const picker = await line('1005').call('**1006');
    await expectTalk(picker, '1005', other, '1001');
    await picker.hangup();
    await other.waitEnded();
    expect(bench.records.filter(({ choice }) => choice === 'no-right')).toMatchObject(
      [
        { picker: '1006', rule: 'no-group', outcome: 'told', takenBy: null, call: null },
        { picker: '1002', rule: 'no-shared-group', outcome: 'told' },
      ].map(({ rule: _rule, ...rest }) => rest),
    );
  });

  it('lets the any-call right take from everybody', async () => {
    bench.useRights({ ...POLICY, anyRight: ['1006'] });
    await using line = await phones(bench, '1001', '1002', '1006');
    const call = await line('1001').call('1002');
    await line('1002').nextCall();
    await bench.ringing(['1002']);
    const picker = await line('1006').call('**1002');
    await expectTalk(picker, '1006', call, '1001');
    await picker.hangup();
    await call.waitEnded();
    expect(await bench.outcomeOf('1006')).toMatchObject({ rule: 'any-right', outcome: 'won' });
  });

  it('never takes a call from a picker who cannot be named by his endpoint, whatever caller ID he shows', async () => {
    await using line = await phones(bench, '1001', '1002');
    const call = await line('1001').call('1002');
    await line('1002').nextCall();
    await bench.ringing(['1002']);
    const stranger = await bench.lab.carrier.call('**1002', { from: '1003' });
    await stranger.waitFinal();
    expect(stranger.answered).toBe(false);
    await call.cancel();
  });

  it.each([
    ['a ring group', '600', ['1002', '1003', '1006']],
    ['a queue', '601', ['1002', '1003', '1006']],
    ['Local channels', '602', ['1002', '1003']],
    ['a chain of Local channels', '603', ['1002']],
  ])('takes a call of %s as one call, and silences all its phones', async (_what, number, members) => {
    await using line = await phones(bench, '1001', ...members);
    await using taker = await bench.lab.phone('1004', { register: false });
    const call = await line('1001').call(number);
    const ringing = await Promise.all(members.map((member) => line(member).nextCall()));
    await bench.ringing(members);
    const picker = await taker.call('*8');
    await expectTalk(picker, '1004', call, '1001');
    for (const one of ringing) expect(await one.waitCancelled()).toEqual(COMPLETED_ELSEWHERE);
    expect(await bench.outcomeOf('1004')).toMatchObject({ outcome: 'won', takenBy: '1004' });
    await call.hangup();
    await picker.waitEnded();
  });

  it('gives a call to one of two pickers of the same instant and tells the other by whom it was taken', async () => {
    await using line = await phones(bench, '1001', '1002', '1003', '1004');
    const call = await line('1001').call('1002');
    const first = await line('1002').nextCall();
    await bench.ringing(['1002']);
    const pickers = [await line('1003').call('**1002'), await line('1004').call('*8')] as const;
    const [third, fourth] = await Promise.all([pickers[0].waitFinal(), pickers[1].waitFinal()]);
    const thirdWins = third.status === 200;
    const [winner, loser] = thirdWins ? pickers : [pickers[1], pickers[0]];
    const [winnerName, loserName] = thirdWins ? ['1003', '1004'] : ['1004', '1003'];
    expect(thirdWins).not.toBe(fourth.status === 200);
    await expectTalk(winner, winnerName, call, '1001');
    await expectRefused(loser, 603, 26, ANNOUNCED['already-taken']);
    expect(await first.waitCancelled()).toEqual(COMPLETED_ELSEWHERE);
    const taken = { choice: 'already-taken', outcome: 'told', takenBy: winnerName };
    expect(await bench.outcomeOf(loserName)).toMatchObject(taken);
    expect(await bench.outcomeOf(winnerName)).toMatchObject({ outcome: 'won', takenBy: winnerName });
    await call.hangup();
    await winner.waitEnded();
  });

  it('tells a picker whose caller has gone that nothing rings', async () => {
    await using line = await phones(bench, '1001', '1002', '1003');
    const call = await line('1001').call('1002');
    await line('1002').nextCall();
    await bench.ringing(['1002']);
    await call.cancel();
    await bench.ringing();
    await expectRefused(await line('1003').call('**1002'), 480, 31, ANNOUNCED['nothing-ringing']);
    await expectRefused(await line('1003').call('*8'), 480, 31, ANNOUNCED['nothing-ringing']);
    expect(bench.records.map(({ choice, outcome }) => `${choice}, ${outcome}`)).toEqual([
      'nothing-ringing, told',
      'nothing-ringing, told',
    ]);
  });

  it('never touches an answered call, and tells by whom it was answered', async () => {
    await using line = await phones(bench, '1001', '1002', '1003');
    const call = await line('1001').call('1002');
    const answered = await line('1002').nextCall();
    await answered.answer();
    await call.waitAnswered();
    await bench.ringing();
    await expectRefused(await line('1003').call('**1002'), 603, 26, ANNOUNCED['already-taken']);
    expect(await bench.outcomeOf('1003')).toMatchObject({ choice: 'already-taken', takenBy: '1002' });
    await call.waitVoice('1002');
    expect(call.ending).toBeNull();
    await call.hangup();
    await answered.waitEnded();
  });

  it('refuses the picker the call that he is making himself', async () => {
    await using line = await phones(bench, '1002', '1003');
    const call = await line('1002').call('1003');
    await line('1003').nextCall();
    await bench.ringing(['1003']);
    await expectRefused(await line('1002').call('**1003'), 486, 17, ANNOUNCED['own-call']);
    expect(call.ending).toBeNull();
    await call.cancel();
  });

  it('never offers the leg to a trunk', async () => {
    bench.lab.carrier.on('5551234', (call) => call.ring());
    bench.useRights({ ...POLICY, anyRight: ['1003'] });
    await using line = await phones(bench, '1001', '1003');
    const call = await line('1001').call('95551234');
    await call.waitRinging();
    expect(bench.pickup.ringing()).toEqual([]);
    for (const code of ['**trunk', '**5551234']) {
      await expectRefused(await line('1003').call(code), 480, 31, ANNOUNCED['nothing-ringing']);
    }
    await call.cancel();
  });
});
