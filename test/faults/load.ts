// Calls at a steady pace while something goes wrong, and the balance at the end: nothing leaked, nothing lost, nothing left.
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'vitest';
import type { OutgoingCall } from '../lab/phone/outgoing-call.ts';
import type { Phone } from '../lab/phone/phone.ts';
import type { Pbx } from '../pbx.ts';

/** The policy behind these calls: 1001 may call Argentina, 1002 may not, France is closed to both. */
export const faultPolicy: readonly string[] = [
  'country allow AR',
  'extension set 1001 --international on',
  'extension set 1002',
];

/** Longer than any deadline of the routine with its announcement, on a machine that does other things. */
const FINAL_DEADLINE_MS = 20_000;
const IDLE_DEADLINE_MS = 20_000;

export type Kind = 'allowed' | 'barred' | 'national' | 'emergency';

export interface Outcome {
  readonly kind: Kind;
  readonly dialled: string;
  /** The final response; 0 where none came. */
  readonly status: number;
}

/** Each call has a number of its own but for emergency ones, so that the carrier's list tells which came through. */
function numberOf(kind: Kind, index: number): string {
  const tail = String(10_000 + index);
  switch (kind) {
    case 'allowed':
      return `0054113${tail}`;
    case 'barred':
      return `0033140${tail}`;
    case 'national':
      return `55123${tail}`;
    case 'emergency':
      return '911';
  }
}

export interface Pace {
  readonly perSecond: number;
  readonly count: number;
  readonly kindOf: (index: number) => Kind;
  /** Numbers of the calls of an earlier load are not used again; 0 by default. */
  readonly first?: number;
}

/** Two of three abroad, half of them barred; every tenth call is for help. */
export const mixed = (index: number): Kind =>
  index % 10 === 9 ? 'emergency' : ((['allowed', 'barred', 'national'] as const)[index % 3] ?? 'barred');

/** Places the calls whatever becomes of them, hangs up on those that are answered, and waits for the last. */
export async function placeCalls(phone: Phone, pace: Pace): Promise<Outcome[]> {
  const calls: Promise<Outcome>[] = [];
  const startMs = performance.now();
  for (let index = 0; index < pace.count; index += 1) {
    const kind = pace.kindOf(index);
    calls.push(placeCall(phone, kind, numberOf(kind, (pace.first ?? 0) + index)));
    const aheadMs = startMs + ((index + 1) * 1000) / pace.perSecond - performance.now();
    if (aheadMs > 0) await sleep(aheadMs);
  }
  return Promise.all(calls);
}

async function placeCall(phone: Phone, kind: Kind, dialled: string): Promise<Outcome> {
  const call: OutgoingCall = await phone.call(dialled);
  try {
    const { status } = await call.waitFinal(FINAL_DEADLINE_MS);
    if (status < 300) await call.hangup();
    return { kind, dialled, status };
  } catch {
    return { kind, dialled, status: 0 };
  }
}

/**
 * What holds in every fault: no barred call reached the carrier, whatever was refused did not either, each call came to
 * an end, every emergency and national call went out, and Asterisk has no channel left.
 */
export async function expectSafe(pbx: Pbx, outcomes: readonly Outcome[]): Promise<void> {
  const out = new Set(pbx.lab.carrier.numbers);
  const of = (kind: Kind) => outcomes.filter((one) => one.kind === kind);
  const shown = (some: readonly Outcome[]) => some.map(({ dialled, status }) => `${dialled}: ${status}`);
  expect(shown(outcomes.filter(({ status }) => status === 0))).toEqual([]);
  expect(shown(of('barred').filter(({ dialled, status }) => out.has(dialled) || status < 400))).toEqual([]);
  expect(shown(of('allowed').filter(({ dialled, status }) => status >= 300 && out.has(dialled)))).toEqual([]);
  expect(shown([...of('emergency'), ...of('national')].filter(({ status }) => status !== 200))).toEqual([]);
  await pbx.lab.waitIdle(IDLE_DEADLINE_MS);
}
