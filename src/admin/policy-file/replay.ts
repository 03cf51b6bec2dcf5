// The calls of the past judged by a policy: which of them it would refuse.
import { screenCall } from '../../barring/screen-call.ts';
import type { PolicySnapshot } from '../../barring/snapshot.ts';
import { noUsage, type Usage } from '../../barring/usage.ts';
import type { OutboundCall, Verdict } from '../../barring/verdict.ts';
import type { CdrCall } from './cdr.ts';

export interface ReplayedCall {
  readonly call: CdrCall;
  readonly payer: string | null;
  readonly verdict: Verdict;
  /** By the policy that it is compared with; null where there is none. */
  readonly instead: Verdict | null;
}

/** What remembers the calls that were let out, so that limits count; and forgets none that matters. */
export interface ReplayLedger {
  readonly usage: Usage;
  readonly started: (call: CdrCall, payer: string | null, verdict: Verdict) => void;
}

export interface Replay {
  readonly calls: number;
  readonly continued: number;
  readonly challenged: number;
  readonly denied: number;
  /** Reason -> calls, the most frequent first. */
  readonly deniedBy: readonly (readonly [reason: string, calls: number])[];
  /** Would be refused: with a policy to compare with, those that it lets out alone. */
  readonly refused: readonly ReplayedCall[];
  /** With a policy to compare with: calls that it refuses and the new one lets out. */
  readonly opened: readonly ReplayedCall[];
}

/**
 * Judges the calls in the order of their times by `snapshot`, and by `compared` where there is one. Whoever paid is told
 * by `payerOf`. Calls that were transferred or forwarded are judged as their channel stands in the record.
 */
export function replayCalls(
  calls: readonly CdrCall[],
  snapshot: PolicySnapshot,
  payerOf: (call: CdrCall) => string | null,
  options: { readonly compared?: PolicySnapshot; readonly ledger?: ReplayLedger } = {},
): Replay {
  const { compared, ledger } = options;
  const replayed = calls
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((call): ReplayedCall => {
      const payer = payerOf(call);
      const asked: OutboundCall = { dialled: call.dialled, payer, via: 'direct', atMs: call.atMs };
      const { verdict } = screenCall(snapshot, asked, ledger?.usage ?? noUsage);
      ledger?.started(call, payer, verdict);
      const instead = compared === undefined ? null : screenCall(compared, asked).verdict;
      return { call, payer, verdict, instead };
    });
  const of = (kind: Verdict['kind']) => replayed.filter(({ verdict }) => verdict.kind === kind);
  const denied = of('deny');
  return {
    calls: replayed.length,
    continued: of('continue').length,
    challenged: of('challenge').length,
    denied: denied.length,
    deniedBy: [...Map.groupBy(denied, ({ verdict }) => verdict.reason)]
      .map(([reason, rows]) => [reason, rows.length] as const)
      .toSorted((a, b) => b[1] - a[1]),
    refused: denied.filter(({ instead }) => instead === null || instead.kind !== 'deny'),
    opened: replayed.filter(({ verdict, instead }) => verdict.kind !== 'deny' && instead?.kind === 'deny'),
  };
}
