// Joins the three accounts of each call (caller's phone, Asterisk's CDR, the daemon's record) with what reached the carrier.
import type { PlacedCall } from './load.ts';
import type { DoneFault } from './faults.ts';

/** What the daemon recorded of one decision. */
export interface DecisionRow {
  readonly channelId: string;
  readonly atMs: number;
  readonly dialled: string;
  readonly verdict: string;
  readonly outcome: string | null;
}

export interface Accounts {
  readonly placed: readonly PlacedCall[];
  readonly decisions: readonly DecisionRow[];
  /** Ids of the channels that Asterisk has a CDR of. */
  readonly cdr: ReadonlySet<string>;
  /** Numbers that reached the carrier. */
  readonly carrier: readonly string[];
  readonly faults: readonly DoneFault[];
  /** The longest that a caller may wait: the deadline of the routine and the announcement after it. */
  readonly waitMaxMs: number;
}

export interface Balance {
  readonly placed: number;
  readonly continued: number;
  readonly denied: number;
  /** By the caller, before a verdict or an answer. */
  readonly abandoned: number;
  /** Refused for want of a verdict, while a fault was in force. */
  readonly withoutVerdict: number;
  /** National and emergency calls, that need no verdict. */
  readonly free: number;
  readonly pickups: number;
  /** Sentences, one for each thing that must not be; empty when the accounts agree. */
  readonly wrong: readonly string[];
  /** Verdicts without a record: the daemon was killed before it could write. */
  readonly unwritten: number;
}

/** The daemon writes in batches: what it decided so shortly before it was killed may be unwritten. */
const UNWRITTEN_MS = 1000;
/** A fault reaches a little beyond its healing: the daemon connects anew. */
const HEALING_MS = 3000;
const CAUSE_UNAVAILABLE = 42;
const WRONG_MAX = 50;

export function balance(accounts: Accounts): Balance {
  const wrong: string[] = [];
  const count = {
    continued: 0,
    denied: 0,
    abandoned: 0,
    withoutVerdict: 0,
    free: 0,
    pickups: 0,
    unwritten: 0,
  };
  const carrier = countOf(accounts.carrier);
  const decisions = Map.groupBy(accounts.decisions, ({ dialled }) => dialled);
  const say = (sentence: string) => {
    if (wrong.length < WRONG_MAX) wrong.push(sentence);
  };
  for (const call of accounts.placed) {
    const reached = carrier.get(call.number) ?? 0;
    const records = decisions.get(call.number) ?? [];
    const name = `The ${call.kind} call ${call.from} -> ${call.number} (${call.status}/${call.cause ?? '-'})`;
    if (call.status === 0) say(`${name} got no final response.`);
    if (call.settledAfterMs > accounts.waitMaxMs) say(`${name} waited ${call.settledAfterMs.toFixed(0)} ms.`);
    if (call.kind === 'pickup') {
      if (call.status === 200) count.pickups += 1;
      else if (!inFault(accounts, call)) say(`${name} was not taken, and there was no fault.`);
      continue;
    }
    if (call.kind === 'emergency' || call.kind === 'national') {
      count.free += 1;
      if (call.status !== 200) say(`${name} must go out whatever happens.`);
      continue;
    }
    if (records.length > 1) say(`${name} has ${records.length} records.`);
    const outcome = chargeable(call, reached, records[0], accounts);
    if (outcome.wrong !== null) say(`${name} ${outcome.wrong}`);
    if (outcome.unwritten) count.unwritten += 1;
    count[outcome.counted] += 1;
  }
  const planned = new Set(accounts.placed.map(({ number }) => number));
  for (const number of carrier.keys())
    if (!planned.has(number)) say(`${number} reached the carrier: nobody dialled it.`);
  for (const decision of accounts.decisions) {
    if (!planned.has(decision.dialled))
      say(`There is a record of ${decision.dialled}, which nobody dialled.`);
    if (!accounts.cdr.has(decision.channelId)) {
      say(`Asterisk has no CDR of channel ${decision.channelId} (${decision.dialled}).`);
    }
  }
  return { placed: accounts.placed.length, ...count, wrong };
}

interface Counted {
  readonly counted: 'continued' | 'denied' | 'abandoned' | 'withoutVerdict';
  readonly wrong: string | null;
  readonly unwritten: boolean;
}

/** A call that needs a verdict: what it counts as, and what is wrong with it. */
function chargeable(
  call: PlacedCall,
  reached: number,
  record: DecisionRow | undefined,
  accounts: Accounts,
): Counted {
  const missing = record === undefined;
  const excused = missing && killedSoonAfter(accounts, call);
  const unrecorded = missing && !excused ? 'has no record.' : null;
  if (call.kind === 'denied' && reached > 0)
    return { counted: 'continued', wrong: 'LEAKED.', unwritten: false };
  if (reached > 1) return { counted: 'continued', wrong: `went out ${reached} times.`, unwritten: false };
  if (call.status === 503 && call.cause === CAUSE_UNAVAILABLE) {
    const wrong = inFault(accounts, call) ? null : 'got no verdict, and there was no fault.';
    return { counted: 'withoutVerdict', wrong: reached > 0 ? 'LEAKED.' : wrong, unwritten: false };
  }
  if (call.kind === 'abandoned' && call.status === 487) {
    // Nobody decides about a caller who is gone before he is heard.
    const wrong = reached > 0 && missing ? unrecorded : null;
    return { counted: 'abandoned', wrong, unwritten: reached > 0 && excused };
  }
  if (call.status === 200) {
    if (call.kind === 'denied') return { counted: 'continued', wrong: 'LEAKED.', unwritten: false };
    const wrong = record && record.verdict !== 'continue' ? 'went out against its record.' : unrecorded;
    return { counted: 'continued', wrong, unwritten: excused };
  }
  if (call.status === 403 && call.kind === 'denied') {
    return { counted: 'denied', wrong: unrecorded, unwritten: excused };
  }
  return { counted: 'denied', wrong: `ended with ${call.status}.`, unwritten: false };
}

function inFault({ faults }: Accounts, { placedAtMs, settledAfterMs }: PlacedCall): boolean {
  return faults.some(
    ({ fromMs, untilMs }) => placedAtMs <= untilMs + HEALING_MS && placedAtMs + settledAfterMs >= fromMs,
  );
}

function killedSoonAfter({ faults }: Accounts, { placedAtMs }: PlacedCall): boolean {
  return faults.some(
    ({ kind, fromMs }) => kind === 'kill' && placedAtMs <= fromMs && fromMs - placedAtMs < UNWRITTEN_MS,
  );
}

function countOf(values: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
