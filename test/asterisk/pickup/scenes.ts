// What the pickup tests do and look for again and again.
import { expect } from 'vitest';
import type { OutgoingCall } from '../../lab/phone/outgoing-call.ts';
import type { Phone } from '../../lab/phone/phone.ts';
import type { PickupLab } from './pickup-lab.ts';

/** What a phone is told whose call somebody else has: it shows no missed call. */
export const COMPLETED_ELSEWHERE = [
  { protocol: 'SIP', cause: 200, text: 'Call completed elsewhere' },
  { protocol: 'Q.850', cause: 26, text: '' },
];

/** Registered phones, given by their extension; they ring when called, and go together. */
export interface Phones extends AsyncDisposable {
  (extension: string): Phone;
}

export async function phones(bench: PickupLab, ...extensions: readonly string[]): Promise<Phones> {
  const opened = await Promise.all(extensions.map((extension) => bench.lab.phone(extension)));
  const find = (extension: string): Phone => {
    const phone = opened.find((one) => one.extension === extension);
    if (!phone) throw new Error(`the scene has no phone ${extension}`);
    return phone;
  };
  const dispose = async (): Promise<void> => {
    await Promise.all(opened.map((phone) => phone[Symbol.asyncDispose]()));
  };
  return Object.assign(find, { [Symbol.asyncDispose]: dispose });
}

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
