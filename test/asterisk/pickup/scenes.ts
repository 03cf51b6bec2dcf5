// What the pickup tests do and look for again and again.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { OutgoingCall } from '../../lab/phone/outgoing-call.ts';
import { openPhones, type Phones } from '../../lab/phones.ts';
import type { PickupLab } from './pickup-lab.ts';

/** What a phone is told whose call somebody else has: it shows no missed call. */
export const COMPLETED_ELSEWHERE = [
  { protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' },
  { protocol: 'Q.850', cause: 26, text: '' },
];

/** Registered phones, given by their extension; they ring when called, and go together. */
export const phones = (bench: PickupLab, ...extensions: readonly string[]): Promise<Phones> =>
  openPhones(bench.lab, extensions);

/** Both are answered and hear each other. */
export async function expectTalk(
  one: OutgoingCall,
  oneName: string,
  other: OutgoingCall,
  otherName: string,
): Promise<void> {
  await Promise.all([one.waitAnswered(), other.waitAnswered()]);
  await Promise.all([one.waitVoice(otherName), other.waitVoice(oneName)]);
}

/** Refused without having been answered, with the announcement heard to its end. */
export async function expectRefused(
  call: OutgoingCall,
  status: number,
  cause: number,
  announcement: string,
): Promise<void> {
  expect(await call.waitFinal()).toMatchObject({ status, cause });
  expect(call.answered).toBe(false);
  expect(call.hearing.announcements).toEqual([{ name: announcement, early: true, complete: true }]);
}

/** Nothing stays behind: no channel at Asterisk, none on the board, no attempt open. */
export async function expectQuiet(bench: PickupLab): Promise<void> {
  await bench.lab.waitIdle();
  expect(bench.pickup.ringing()).toEqual([]);
  expect(bench.pickup.counts()).toEqual({ channels: 0, dropped: 0, attempts: 0 });
}

/**
 * 1002 takes the call that rings at 1003 while 1003 takes the one that rings at 1002; `afterMs` lie between them. Each of
 * the two callers has the one who asked for his call.
 */
export async function expectCrossing(bench: PickupLab, afterMs: number): Promise<void> {
  await using line = await phones(bench, '1001', '1002', '1003', '1004');
  const atSecond = await line('1001').call('1002');
  await bench.ringing(['1002']);
  const atThird = await line('1004').call('1003');
  await bench.ringing(['1002'], ['1003']);
  const [second, third] = await Promise.all([
    line('1002').call('**1003'),
    sleep(afterMs).then(() => line('1003').call('**1002')),
  ]);
  await Promise.all([
    expectTalk(second, '1002', atThird, '1004'),
    expectTalk(third, '1003', atSecond, '1001'),
  ]);
  expect(await bench.outcomeOf('1002')).toMatchObject({ outcome: 'won', call: { from: '1003' } });
  expect(await bench.outcomeOf('1003')).toMatchObject({ outcome: 'won', call: { from: '1002' } });
  await Promise.all([second.hangup(), third.hangup()]);
  await Promise.all([atSecond.waitEnded(), atThird.waitEnded()]);
}

/** 1003 takes a call out of the queue and hangs up in the same instant, while nothing but his end tells that it was his. */
export async function expectInstant(bench: PickupLab): Promise<void> {
  await using line = await phones(bench, '1001', '1002');
  await using taker = await bench.lab.phone('1003', { register: false });
  for (let round = 0; round < 3; round += 1) {
    bench.reset();
    const call = await line('1001').call('601');
    const target = await line('1002').nextCall();
    await bench.ringing(['1002']);
    const picker = await taker.call('**1002');
    await picker.waitAnswered();
    expect(await target.waitCancelled()).toEqual(COMPLETED_ELSEWHERE);
    await picker.hangup();
    expect(await bench.outcomeOf('1003')).toMatchObject({ outcome: 'won', takenBy: '1003' });
    await call.waitEnded();
  }
}
