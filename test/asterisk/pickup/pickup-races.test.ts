// What happens between the choice and its carrying out: nobody is torn away, nobody is left in the dark or on the line.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { CLAIM_MS } from '../../../src/pickup/claims.ts';
import type { IncomingCall } from '../../lab/phone/incoming-call.ts';
import {
  ANNOUNCED,
  DEADLINE_MS,
  startPickupLab,
  UNAVAILABLE,
  UNREADABLE,
  until,
  type PickupLab,
} from './pickup-lab.ts';
import {
  COMPLETED_ELSEWHERE,
  expectCrossing,
  expectInstant,
  expectQuiet,
  expectRefused,
  expectTalk,
  phones,
} from './scenes.ts';

describe('pickup in doubtful moments', () => {
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

  it('lets a target who answers first keep his call, however long the picker’s sound takes to flow', async () => {
    await using line = await phones(bench, '1001', '1002', '1003');
    // Asterisk waits for the first packet of a phone that it has answered, up to 500 ms (main/channel.c, ast_answer).
    Reflect.set(line('1003').agent, 'voice', []);
    const call = await line('1001').call('1002');
    const target = await line('1002').nextCall();
    await bench.ringing(['1002']);
    const picker = await line('1003').call('**1002');
    await picker.waitAnswered();
    // A target whose phone is not silenced by now picks up, as a person would who sees it still ringing.
    await Promise.race([target.waitCancelled(), sleep(150)]);
    const answered = await target.answer();
    const { outcome } = await bench.outcomeOf('1003');
    expect(outcome).toBe(answered ? 'lost' : 'won');
    const owner = answered ? target : picker;
    expect(owner.ending).toBeNull();
    expect(call.ending).toBeNull();
    await call.hangup();
    await owner.waitEnded();
  });

  it('tells a picker, answered in vain, by whom the call was answered in that instant', async () => {
    await using line = await phones(bench, '1001', '1002', '1003');
    const release = bench.hold();
    const call = await line('1001').call('1002');
    const target = await line('1002').nextCall();
    await bench.ringing(['1002']);
    const picker = await line('1003').call('**1002');
    await until('the choice', () => bench.records[0]);
    await target.answer();
    await call.waitVoice('1002');
    release();
    await picker.waitAnswered();
    await picker.waitHeard(ANNOUNCED['already-taken']);
    expect(await picker.waitEnded()).toMatchObject({ how: 'hangup', by: 'them' });
    expect(await bench.outcomeOf('1003')).toMatchObject({
      choice: 'take',
      outcome: 'lost',
      told: 'already-taken',
      takenBy: '1002',
    });
    expect(target.ending).toBeNull();
    expect(call.ending).toBeNull();
    await call.hangup();
    await target.waitEnded();
  });

  it('tells a picker, answered in vain, that the caller gave up in that instant', async () => {
    await using line = await phones(bench, '1001', '1002', '1003');
    const release = bench.hold();
    const call = await line('1001').call('1002');
    await line('1002').nextCall();
    await bench.ringing(['1002']);
    const picker = await line('1003').call('*8');
    await until('the choice', () => bench.records[0]);
    await call.cancel();
    release();
    await picker.waitHeard(ANNOUNCED['nothing-ringing']);
    await picker.waitEnded();
    expect(await bench.outcomeOf('1003')).toMatchObject({
      outcome: 'lost',
      told: 'nothing-ringing',
      takenBy: null,
    });
  });

  it.each([0, 2, 30])('gives two who take each other’s calls within %i ms what each asked for', (afterMs) =>
    expectCrossing(bench, afterMs),
  );

  it('gives two who call each other, and take each other’s ringing call, the two calls', async () => {
    await using line = await phones(bench, '1002', '1003');
    const fromSecond = await line('1002').call('1003');
    await bench.ringing(['1003']);
    const fromThird = await line('1003').call('1002');
    await bench.ringing(['1003'], ['1002']);
    const [second, third] = await Promise.all([line('1002').call('**1002'), line('1003').call('**1003')]);
    await Promise.all([
      expectTalk(second, '1002', fromThird, '1003'),
      expectTalk(third, '1003', fromSecond, '1002'),
    ]);
    await Promise.all([second.hangup(), third.hangup()]);
    await Promise.all([fromSecond.waitEnded(), fromThird.waitEnded()]);
  });

  it.each(['**1002', '**1003', '*8'])(
    'silences by %s also the picker’s own phone, where the call that he takes rings there',
    async (code) => {
      await using line = await phones(bench, '1001', '1002', '1003', '1006');
      const call = await line('1001').call('600');
      const rung = await Promise.all(['1002', '1003', '1006'].map((extension) => line(extension).nextCall()));
      await bench.ringing(['1002', '1003', '1006']);
      const picker = await line('1003').call(code);
      await expectTalk(picker, '1003', call, '1001');
      for (const one of rung) expect(await one.waitCancelled()).toEqual(COMPLETED_ELSEWHERE);
      await picker.hangup();
      await call.waitEnded();
    },
  );

  it('records who has the call, and no other, where the daemon stood still from the choice on', async () => {
    await using line = await phones(bench, '1001', '1002', '1003');
    const call = await line('1001').call('1002');
    await bench.ringing(['1002']);
    const picker = await line('1003').call('**1002');
    await until('the choice', () => bench.records[0]);
    // Asterisk goes on meanwhile; behind it timers come first, and then all events at once.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, CLAIM_MS + 500);
    await expectTalk(picker, '1003', call, '1001');
    await bench.outcomeOf('1003');
    const outcomes = bench.records.map(({ outcome }) => outcome).filter((outcome) => outcome !== null);
    expect(outcomes).toEqual(['won']);
    await picker.hangup();
    await call.waitEnded();
  });

  it('lets the target ring on when the picker hangs up, and frees the call for the next', async () => {
    await using line = await phones(bench, '1001', '1002', '1003', '1004');
    const release = bench.hold();
    const call = await line('1001').call('1002');
    const target = await line('1002').nextCall();
    await bench.ringing(['1002']);
    const first = await line('1003').call('**1002');
    await until('the choice', () => bench.records[0]);
    await first.cancel();
    release();
    expect(await bench.outcomeOf('1003')).toMatchObject({ outcome: 'abandoned', takenBy: null });
    expect(target.ending).toBeNull();
    const second = await line('1004').call('**1002');
    await expectTalk(second, '1004', call, '1001');
    await second.hangup();
    await call.waitEnded();
  });

  it('records a call of a queue as his who took it and hung up in that instant', () => expectInstant(bench));

  it('refuses within the deadline when the daemon is away, and leaves the call ringing', async () => {
    await using line = await phones(bench, '1001', '1002', '1003');
    const call = await line('1001').call('1002');
    const target = await line('1002').nextCall();
    await bench.ringing(['1002']);
    await bench.cut();
    await expectRefused(await line('1003').call('**1002'), 503, 42, UNAVAILABLE);
    expect(target.ending).toBeNull();
    await bench.connect();
    await bench.ringing(['1002']);
    const picker = await line('1003').call('**1002');
    await expectTalk(picker, '1003', call, '1001');
    await picker.hangup();
    await call.waitEnded();
  });

  it('refuses at the deadline when the daemon is frozen or dies with the question in hand', async () => {
    await using line = await phones(bench, '1001', '1002', '1003');
    const call = await line('1001').call('1002');
    const target = await line('1002').nextCall();
    await bench.ringing(['1002']);
    bench.fallSilent();
    const frozen = await line('1003').call('**1002');
    await expectRefused(frozen, 503, 42, UNAVAILABLE);
    expect(frozen.final?.afterMs).toBeGreaterThanOrEqual(DEADLINE_MS - 100);
    const orphan = await line('1003').call('*8');
    await orphan.waitRinging(200).catch(() => undefined);
    await bench.cut();
    await expectRefused(orphan, 503, 42, UNAVAILABLE);
    expect(target.ending).toBeNull();
    await call.cancel();
    await bench.connect();
  });

  it('does not leave a picker on the line whose lost call nobody can explain', async () => {
    await using line = await phones(bench, '1001', '1002', '1003');
    const release = bench.hold();
    const call = await line('1001').call('1002');
    const target = await line('1002').nextCall();
    await bench.ringing(['1002']);
    const picker = await line('1003').call('**1002');
    await until('the choice', () => bench.records[0]);
    await target.answer();
    bench.fallSilent();
    release();
    await picker.waitHeard(UNAVAILABLE);
    expect(await picker.waitEnded()).toMatchObject({ how: 'hangup', by: 'them' });
    await call.hangup();
    await target.waitEnded();
    expect(await bench.outcomeOf('1003')).toMatchObject({ outcome: 'abandoned', told: null });
  });

  it('takes nothing while no policy is loaded', async () => {
    await using line = await phones(bench, '1001', '1002', '1003');
    const call = await line('1001').call('1002');
    await line('1002').nextCall();
    await bench.ringing(['1002']);
    bench.useRights(null);
    await expectRefused(await line('1003').call('*8'), 503, 42, UNAVAILABLE);
    expect(bench.problems.at(-1)).toContain('no policy is loaded');
    await call.cancel();
  });

  it.each([
    '%2A%2A1002%261003',
    '**1002%2C1003',
    '**1002;1003',
    '**1002%40phones',
    '**%24%7BEPOCH%7D',
    `**${'1'.repeat(40)}`,
  ])('refuses %s as no extension, without a question', async (rawUser) => {
    await using line = await phones(bench, '1003');
    const call = await line('1003').call('hostile', { rawUser });
    expect(await call.waitFinal()).toMatchObject({ status: 484, cause: 28 });
    expect(call.hearing.announcements).toEqual([{ name: UNREADABLE, early: true, complete: true }]);
    expect(bench.records).toEqual([]);
  });

  it('has one winner and leaves nothing behind when target and picker answer and take at random moments', async () => {
    await using line = await phones(bench, '1001', '1002', '1003', '1004');
    for (let round = 0; round < 12; round += 1) {
      const call = await line('1001').call('1002');
      const target = await line('1002').nextCall();
      await bench.ringing(['1002']);
      const [one, two] = await Promise.all([
        line('1003').call('**1002'),
        line('1004').call('*8'),
        answerSoon(target, round),
      ]);
      await call.waitAnswered();
      await Promise.all([one.waitFinal(), two.waitFinal()]);
      await bench.outcomeOf('1003');
      await bench.outcomeOf('1004');
      // Whoever has the caller is heard by him; nobody else stays on the line.
      await until('a voice', () => [...call.hearing.voices][0]);
      expect(call.ending).toBeNull();
      const won = bench.records.filter(({ outcome }) => outcome === 'won');
      expect(won.length).toBeLessThanOrEqual(1);
      await call.hangup();
      await bench.lab.waitIdle();
      bench.reset();
    }
  });
});

async function answerSoon(target: IncomingCall, round: number): Promise<void> {
  await sleep(round);
  await target.answer();
}
