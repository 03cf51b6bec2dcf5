// The ways to dial, seen from both ends: what the carrier was sent, and whom the daemon charged.
import { join } from 'node:path';
import { expect } from 'vitest';
import { readCalls } from '../../src/store/calls.ts';
import { openStore } from '../../src/store/open.ts';
import type { IncomingCall } from '../lab/phone/incoming-call.ts';
import type { OutgoingCall } from '../lab/phone/outgoing-call.ts';
import type { Phone } from '../lab/phone/phone.ts';
import { eventually } from '../lab/processes.ts';
import type { Pbx } from '../pbx.ts';

/** 1001 and 1003 may call Argentina, 1002 and 1004 nothing abroad. */
export const policy = [
  'country allow AR',
  'extension set 1001 --international on',
  'extension set 1002',
  'extension set 1003 --international on',
  'extension set 1004',
] as const;

export const allowed = '00541938384';
/** Of a country that nobody may call. */
export const barred = '00621938384';

const deadlineMs = 20_000;

export interface Decision {
  readonly party: string | null;
  readonly via: string | null;
  readonly dialled: string;
  readonly verdict: string;
  readonly reason: string;
}

export interface Outcome {
  /** Numbers that reached the carrier. */
  readonly out: readonly string[];
  /** Oldest first. */
  readonly decisions: readonly Decision[];
}

/** Ends what was begun, once it has come as far as it will. */
export type End = () => Promise<unknown>;

/**
 * Does something, waits until as much has become of it as is expected, ends it, and compares. Every channel is gone before
 * the decisions are counted, so one too many is seen.
 */
export async function expectOutcome(
  pbx: Pbx,
  expected: Outcome,
  act: () => Promise<End | undefined>,
): Promise<void> {
  const sent = pbx.lab.carrier.numbers.length;
  const before = await asked(pbx);
  const end = await act();
  await eventually(
    async () =>
      (await asked(pbx)) - before >= expected.decisions.length &&
      pbx.lab.carrier.numbers.length - sent >= expected.out.length,
    deadlineMs,
  );
  await end?.();
  for (const call of pbx.lab.carrier.calls.slice(sent)) await call.giveUp();
  await pbx.lab.waitIdle(deadlineMs);
  const decisions = await lastDecisions(pbx, (await asked(pbx)) - before);
  expect({ out: pbx.lab.carrier.numbers.slice(sent), decisions }).toEqual(expected);
}

/** The verdict of one call that went out, or did not. */
export function continued(party: string | null, via: string, dialled = allowed): Decision {
  return expect.objectContaining({ party, via, dialled, verdict: 'continue' }) as Decision;
}

export function denied(party: string | null, via: string, dialled: string, reason?: string): Decision {
  const why = reason === undefined ? {} : { reason };
  return expect.objectContaining({ party, via, dialled, verdict: 'deny', ...why }) as Decision;
}

/** A call that went out to the allowed number. */
export const passes = (party: string, via: string): Outcome => ({
  out: [allowed],
  decisions: [continued(party, via)],
});

export const fails = (party: string | null, via: string, number = allowed): Outcome => ({
  out: [],
  decisions: [denied(party, via, number)],
});

/** Questions answered since the daemon started. */
async function asked(pbx: Pbx): Promise<number> {
  const { continued: out, denied: refused, abandoned } = (await pbx.status()).decisions;
  return out + refused + abandoned;
}

/** Records are written behind the call's back. */
async function lastDecisions(pbx: Pbx, count: number): Promise<Decision[]> {
  if (count === 0) return [];
  const total = await asked(pbx);
  using store = openStore(join(pbx.directory, 'callwarden.db'), { readonly: true });
  const read = () => readCalls(store, { kind: 'decision', limit: total });
  await eventually(() => read().length >= total, deadlineMs);
  return read()
    .slice(0, count)
    .map(({ party, via, dialled, verdict, reason }) => ({ party, via, dialled, verdict, reason }))
    .toReversed();
}

/** Somebody calls `phone`, which answers; they hear each other, so Asterisk has joined them and lets itself be asked to transfer. */
export async function talk(
  place: () => Promise<OutgoingCall>,
  phone: Phone,
): Promise<{ readonly call: OutgoingCall; readonly incoming: IncomingCall }> {
  const before = phone.incoming.length;
  const call = await place();
  try {
    await phone.waitCalls(before + 1);
  } catch (error) {
    throw new Error(`${phone.extension} was not called. The caller saw:\n${call.story()}`, { cause: error });
  }
  const incoming = phone.incoming[before];
  if (incoming === undefined) throw new Error('The call that came in is gone.');
  await incoming.answer();
  await call.waitAnswered();
  await call.waitVoice(phone.extension);
  return { call, incoming };
}
