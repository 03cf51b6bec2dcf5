// The same pickup on the older line of Asterisk, over the link that it can serve.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ANNOUNCED, startPickupLab, UNAVAILABLE, type PickupLab } from './pickup-lab.ts';
import {
  COMPLETED_ELSEWHERE,
  expectCrossing,
  expectInstant,
  expectQuiet,
  expectRefused,
  expectTalk,
  phones,
} from './scenes.ts';

describe('pickup on Asterisk 16', () => {
  let bench: PickupLab;
  beforeAll(async () => {
    bench = await startPickupLab({ asterisk: 16 });
  }, 900_000);
  afterAll(async () => {
    await bench?.[Symbol.asyncDispose]();
  });
  afterEach(async () => {
    await expectQuiet(bench);
    bench.reset();
  });

  it('runs on the older line, over ari-client', () => {
    expect(bench.lab.asteriskVersion).toMatch(/^16\./);
  });

  it.each([
    ['a phone', '1002', ['1002']],
    ['a ring group', '600', ['1002', '1003', '1006']],
    ['a queue', '601', ['1002', '1003', '1006']],
    ['a chain of Local channels', '603', ['1002']],
  ])('takes a call of %s and silences its phones', async (_what, number, members) => {
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

  it('gives two who take each other’s calls at once what each asked for', () => expectCrossing(bench, 0));

  it('records a call of a queue as his who took it and hung up in that instant', () => expectInstant(bench));

  it('refuses for lack of a right, of a ringing call, of a daemon', async () => {
    await using line = await phones(bench, '1003', '1006');
    await expectRefused(await line('1006').call('**1002'), 403, 21, ANNOUNCED['no-right']);
    await expectRefused(await line('1003').call('**1002'), 480, 31, ANNOUNCED['nothing-ringing']);
    await bench.cut();
    await expectRefused(await line('1003').call('**1002'), 503, 42, UNAVAILABLE);
    await bench.connect();
    expect(bench.records.map(({ choice }) => choice)).toEqual(['no-right', 'nothing-ringing']);
  });
});
