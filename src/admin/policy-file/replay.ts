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
  const inTime = calls.toSorted((a, b) => a.atMs - b.atMs);
  const ends = endsOf(inTime);
  const judge = createJudge(snapshot, payerOf, ends);
  const judgeInstead = compared === null ? null : createJudge(compared, payerOf, ends);
  const counts = { continue: 0, challenge: 0, deny: 0 };
  const deniedBy = new Map<string, number>();
  const refused: ReplayedCall[] = [];
  const opened: ReplayedCall[] = [];
  for (const [place, call] of inTime.entries()) {
    const verdict = judge(call, place);
    const instead = judgeInstead?.(call, place) ?? null;
    counts[verdict.kind] += 1;
    // Verdicts of thousands of calls that nobody is told of would fill the heap.
    const tell = (rows: ReplayedCall[]) => rows.push({ call, payer: payerOf(call), verdict, instead });
    if (verdict.kind === 'deny') {
      deniedBy.set(verdict.reason, (deniedBy.get(verdict.reason) ?? 0) + 1);
      if (instead?.kind !== 'deny') tell(refused);
    } else if (instead?.kind === 'deny') tell(opened);
  }
  return {
    calls: inTime.length,
    continued: counts.continue,
    challenged: counts.challenge,
    denied: counts.deny,
    deniedBy: [...deniedBy].toSorted((a, b) => b[1] - a[1]),
    refused,
    opened,
  };
}

/** A call by its place in the order of time. */
interface End {
  readonly call: CdrCall;
  readonly place: number;
  /** Not before it began. */
  readonly endMs: number;
}

/** In the order in which the calls end. Calls are many and may all be up at once: nobody looks through them for each. */
const endsOf = (inTime: readonly CdrCall[]): readonly End[] =>
  inTime
    .map((call, place) => ({ call, place, endMs: Math.max(call.atMs, call.endMs) }))
    .toSorted((a, b) => a.endMs - b.endMs || a.place - b.place);

/** Judges one call after the other, as the daemon would have: what it lets out counts, and a quarantine lasts. */
function createJudge(
  snapshot: PolicySnapshot,
  payerOf: PayerOf,
  ends: readonly End[],
): (call: CdrCall, place: number) => Verdict {
  const ledger = createLedger();
  /** The last of each extension. */
  const quarantines = new Map<string, Quarantine>();
  let over = 0;
  return (call, place) => {
    const { atMs, dialled, via = 'direct' } = call;
    const channelId = channelOf(call);
    for (let end = ends[over]; end && end.endMs <= atMs && end.place < place; end = ends[over]) {
      // The ledger knows nothing of one that was refused.
      ledger.ended(channelOf(end.call), end.call.endMs);
      over += 1;
    }
    const payer = payerOf(call);
    const past = ledger.usage({ atMs, channelId, number: dialled });
    const screened = screenCall(
      snapshot,
      { dialled, payer, via, atMs },
      {
        ...past,
        pinLockedUntilMs: () => null,
        quarantine: (extension) => {
          const known = quarantines.get(extension);
          return known && atMs < (known.untilMs ?? 0) ? known : null;
        },
      },
    );
    for (const { quarantineMs, limit, text } of screened.verdict.notices) {
      if (quarantineMs === null || payer === null) continue;
      const untilMs = atMs + quarantineMs;
      quarantines.set(payer, { extension: payer, sinceMs: atMs, untilMs, reason: text, by: limit });
    }
    if (screened.verdict.kind === 'continue' && screened.verdict.classes.length > 0) {
      ledger.started(letOut(call, payer, snapshot, screened, screened.verdict.classes));
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
