// What the pickup tests do and look for again and again.
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
