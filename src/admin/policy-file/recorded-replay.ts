// A policy file tried on the calls on record: which of them it judges otherwise than the policy in force.
import { compileSnapshot } from '../../barring/snapshot.ts';
import type { Verdict } from '../../barring/verdict.ts';
import { readCalls, type StoredCall } from '../../store/calls.ts';
import type { Store } from '../../store/open.ts';
import type { PolicySnapshots } from '../policy-snapshots.ts';
import { readWanted } from './apply.ts';
import type { CdrCall } from './cdr.ts';
import { policyDataOf } from './policy-data.ts';
import { replayCalls, type ReplayedCall } from './replay.ts';

/** Calls that are judged, the newest: some seconds of the thread of long reads, also where the policy has 10,000 extensions. */
const CALLS_MAX = 20_000;
/** Calls of each kind that are told one by one; all are counted. */
const TOLD_MAX = 100;

export interface RecordedReplayQuery {
  readonly text: string;
  readonly file: string;
  readonly sinceMs: number;
}

/** One call that the file judges otherwise. */
export interface JudgedOtherwise {
  readonly seq: number;
  readonly atMs: number;
  readonly extension: string | null;
  readonly dialled: string;
  readonly verdict: Verdict['kind'];
  readonly reason: string;
  readonly rule: string;
  /** By the policy in force. */
  readonly reasonNow: string;
}

export interface RecordedReplay {
  readonly calls: number;
  /** There are more on record in that time than are judged. */
  readonly more: boolean;
  /** By the file. */
  readonly denied: number;
  readonly challenged: number;
  /** Refused by the file alone. */
  readonly refused: { readonly count: number; readonly rows: readonly JudgedOtherwise[] };
  /** Refused by the policy in force alone. */
  readonly opened: { readonly count: number; readonly rows: readonly JudgedOtherwise[] };
}

/**
 * Both policies judge the calls with the PINs of now, each with the limits that its own verdicts would have used up. Rejects
 * with `AppError('invalid')` for a policy that cannot be.
 */
export async function replayRecords(
  store: Store,
  snapshots: PolicySnapshots,
  { text, file, sinceMs }: RecordedReplayQuery,
): Promise<RecordedReplay> {
  const wanted = policyDataOf(readWanted(text, file));
  const inForce = await snapshots.inForce(store);
  const recorded = readCalls(store, { kind: 'decision', sinceMs, limit: CALLS_MAX + 1 });
  const judged = recorded.slice(0, CALLS_MAX).filter(({ verdict }) => JUDGED.has(verdict));
  const tried = compileSnapshot({ ...wanted, pins: inForce.rows.pins });
  const replayed = replayCalls(
    judged.map(pastCall),
    tried,
    ({ source }) => (source === '' ? null : source),
    inForce.snapshot,
  );
  const told = (rows: readonly ReplayedCall[]) => ({
    count: rows.length,
    rows: rows.slice(-TOLD_MAX).toReversed().map(judgedOtherwise),
  });
  const { calls, denied, challenged, refused, opened } = replayed;
  const more = recorded.length > CALLS_MAX;
  return { calls, more, denied, challenged, refused: told(refused), opened: told(opened) };
}

/** What passed by unscreened was not judged then, either. */
const JUDGED: ReadonlySet<string> = new Set(['continue', 'deny']);

const pastCall = ({ seq, atMs, endedMs, channelId, party, dialled, via }: StoredCall): CdrCall => ({
  line: seq,
  atMs,
  endMs: endedMs ?? atMs,
  channel: channelId,
  source: party ?? '',
  dialled,
  answered: true,
  via: via === 'forward' || via === 'transfer' ? via : 'direct',
});

const judgedOtherwise = ({ call, payer, verdict, instead }: ReplayedCall): JudgedOtherwise => ({
  seq: call.line,
  atMs: call.atMs,
  extension: payer,
  dialled: call.dialled,
  verdict: verdict.kind,
  reason: verdict.reason,
  rule: verdict.rule.text,
  reasonNow: instead?.reason ?? '',
});
