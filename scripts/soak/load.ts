// Places the planned calls on real phones, at their times, and writes down what each caller saw.
import { setTimeout as sleep } from 'node:timers/promises';
import { openPhones } from '../../test/lab/phones.ts';
import type { Phone } from '../../test/lab/phone/phone.ts';
import type { Pbx } from '../../test/pbx.ts';
import { phones, type PlannedCall, type SoakPlan } from './plan.ts';

const CALL_DEADLINE_MS = 15_000;

/** What the caller's own phone knows of a call. */
export interface PlacedCall extends PlannedCall {
  /** Wall clock. */
  readonly placedAtMs: number;
  /** SIP status of the final response; 0 where there was none within the deadline. */
  readonly status: number;
  readonly cause: number | null;
  readonly settledAfterMs: number;
}

/** Resolves when the last caller has hung up; `atMs` of a call counts from the start. */
export async function placeCalls(pbx: Pbx, plan: SoakPlan, startMs: number): Promise<PlacedCall[]> {
  const names: string[] = [...phones.entitled, ...phones.barred, ...Object.values(phones.pickup)];
  const line = await openPhones(pbx.lab, names);
  const running: Promise<PlacedCall>[] = [];
  for (const planned of plan.calls) {
    await sleep(Math.max(0, startMs + planned.atMs - performance.now()));
    running.push(planned.kind === 'pickup' ? pickUp(line, planned) : place(line(planned.from), planned));
  }
  return Promise.all(running);
}

async function place(phone: Phone, planned: PlannedCall): Promise<PlacedCall> {
  const placedAtMs = Date.now();
  const beganMs = performance.now();
  const call = await phone.call(planned.number);
  const seen = (status: number, cause: number | null): PlacedCall => ({
    ...planned,
    placedAtMs,
    status,
    cause,
    settledAfterMs: performance.now() - beganMs,
  });
  try {
    if (planned.kind === 'abandoned') {
      await sleep(planned.stayMs);
      const { status, cause } = await call.cancel();
      return seen(status, cause);
    }
    const { status, cause } = await call.waitFinal(CALL_DEADLINE_MS);
    const settled = seen(status, cause);
    if (status >= 300) return settled;
    await sleep(planned.stayMs);
    await call.hangup();
    return settled;
  } catch {
    return seen(0, null);
  }
}

/** One phone calls another, a third takes the call by its code; the status is the picker's. */
async function pickUp(line: (name: string) => Phone, planned: PlannedCall): Promise<PlacedCall> {
  const ringing = await line(planned.from).call(planned.number);
  try {
    await ringing.waitRinging();
    const taken = await place(line(phones.pickup.picker), { ...planned, number: '*8' });
    return { ...taken, kind: 'pickup' };
  } catch {
    return { ...planned, placedAtMs: Date.now(), status: 0, cause: null, settledAfterMs: CALL_DEADLINE_MS };
  } finally {
    await ringing.hangup().catch(() => undefined);
  }
}
