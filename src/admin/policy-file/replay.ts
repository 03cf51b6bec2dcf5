// The calls of the past judged by a policy: which of them it would refuse.
import { createLedger } from '../../barring/ledger.ts';
import { screenCall, type ScreenedCall } from '../../barring/screen-call.ts';
import type { PolicySnapshot } from '../../barring/snapshot.ts';
import type { Quarantine } from '../../barring/usage.ts';
import type { Verdict } from '../../barring/verdict.ts';
import type { CdrCall } from './cdr.ts';

export interface ReplayedCall {
  readonly call: CdrCall;
  readonly payer: string | null;
  readonly verdict: Verdict;
  /** By the policy that it is compared with; null where there is none. */
  readonly instead: Verdict | null;
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

type PayerOf = (call: CdrCall) => string | null;

/**
 * Judges the calls in the order of their times by `snapshot`, and by `compared` where there is one, each with the limits that
 * its own verdicts would have used up. Whoever paid is told by `payerOf`. Forwarded and transferred calls are judged as their
 * channel stands in the record.
 */
export function replayCalls(
  calls: readonly CdrCall[],
  snapshot: PolicySnapshot,
  payerOf: PayerOf,
  compared: PolicySnapshot | null = null,
): Replay {
  const judge = createJudge(snapshot, payerOf);
  const judgeInstead = compared === null ? null : createJudge(compared, payerOf);
  const replayed = calls
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((call): ReplayedCall => ({
      call,
      payer: payerOf(call),
      verdict: judge(call),
      instead: judgeInstead?.(call) ?? null,
    }));
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

/** Judges one call after the other, as the daemon would have: what it lets out counts, and a quarantine lasts. */
function createJudge(snapshot: PolicySnapshot, payerOf: PayerOf): (call: CdrCall) => Verdict {
  const ledger = createLedger();
  /** The last of each extension. */
  const quarantines = new Map<string, Quarantine>();
  let up: CdrCall[] = [];
  return (call) => {
    const { atMs, dialled, via = 'direct' } = call;
    const channelId = channelOf(call);
    const over = up.filter(({ endMs }) => endMs <= atMs);
    up = up.filter(({ endMs }) => endMs > atMs);
    for (const ended of over) ledger.ended(channelOf(ended), ended.endMs);
    const payer = payerOf(call);
    const past = ledger.usage({ atMs, channelId, number: dialled });
    const screened = screenCall(
      snapshot,
      { dialled, payer, via, atMs },
      { ...past, pinLockedUntilMs: () => null },
    );
    for (const { quarantineMs, limit, text } of screened.verdict.notices) {
      if (quarantineMs === null || payer === null) continue;
      const untilMs = atMs + quarantineMs;
      quarantines.set(payer, { extension: payer, sinceMs: atMs, untilMs, reason: text, by: limit });
      ledger.setQuarantines([...quarantines.values()].filter((one) => (one.untilMs ?? 0) > atMs));
    }
    if (screened.verdict.kind === 'continue' && screened.verdict.classes.length > 0) {
      ledger.started(letOut(call, payer, snapshot, screened, screened.verdict.classes));
      up.push(call);
    }
    return screened.verdict;
  };
}

const channelOf = ({ line }: CdrCall) => `line-${line}`;

function letOut(
  call: CdrCall,
  payer: string | null,
  snapshot: PolicySnapshot,
  { destination }: ScreenedCall,
  classes: Extract<Verdict, { kind: 'continue' }>['classes'],
) {
  const known = payer === null ? undefined : snapshot.extensions.get(payer);
  return {
    callId: channelOf(call),
    channelId: channelOf(call),
    atMs: call.atMs,
    extension: payer,
    groups: known?.groups.map(({ name }) => name) ?? [],
    classes,
    regions: 'regions' in destination ? destination.regions : [],
    number: call.dialled,
  };
}
