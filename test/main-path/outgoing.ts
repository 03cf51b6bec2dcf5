// What becomes of a call that a phone of the lab places: out through the trunk, or refused, and how.
import { expect } from 'vitest';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import type { Pbx } from '../pbx.ts';

const RECORD_DEADLINE_MS = 20_000;

/** The call is answered at the carrier, which sees exactly the number dialled. */
export async function expectOut(pbx: Pbx, phone: Phone, dialled: string): Promise<void> {
  const before = pbx.lab.carrier.numbers.length;
  const call = await phone.call(dialled);
  await call.waitAnswered();
  expect(pbx.lab.carrier.numbers.slice(before)).toEqual([dialled]);
  await call.hangup();
}

export interface Refused {
  readonly status: number;
  readonly heard: readonly string[];
  /** As the call record has it. */
  readonly reason: string;
  readonly rule: string;
}

/** The call does not reach the carrier; what the caller is told, and what the record says. */
export async function refused(pbx: Pbx, phone: Phone, dialled: string): Promise<Refused> {
  const before = pbx.lab.carrier.numbers.length;
  const placedMs = Date.now();
  const call = await phone.call(dialled);
  const final = await call.waitFinal();
  expect(pbx.lab.carrier.numbers.slice(before)).toEqual([]);
  const record = await recordOf(pbx, dialled, placedMs);
  return {
    status: final.status,
    heard: call.hearing.announcements.map(({ name }) => name),
    reason: record.reason,
    rule: record.rule,
  };
}

interface CallRecord {
  readonly at: string;
  readonly dialled: string;
  readonly reason: string;
  readonly rule: string;
}

/** Records are written behind the call's back. */
async function recordOf(pbx: Pbx, dialled: string, sinceMs: number): Promise<CallRecord> {
  let found: CallRecord | undefined;
  await eventually(async () => {
    const { calls } = (await pbx.json('calls --kind decision --limit 1')) as { calls: readonly CallRecord[] };
    found = calls.find((record) => record.dialled === dialled && Date.parse(record.at) >= sinceMs);
    return found !== undefined;
  }, RECORD_DEADLINE_MS);
  if (found === undefined) throw new Error(`No decision on ${dialled} was recorded.`);
  return found;
}
