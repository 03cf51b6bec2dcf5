// Who may dial one number: every extension that the policy names, judged by the function that judges calls.
import { decide } from '../barring/decide.ts';
import type { PolicySnapshot } from '../barring/snapshot.ts';
import type { Usage } from '../barring/usage.ts';
import type { Destination } from '../numbering/destination.ts';
import { shorterFirst } from '../store/rows.ts';
import type { Steps } from '../store/steps.ts';
import { destinationOf } from './destination-words.ts';
import { told, type Told } from './effective-policy.ts';

export type ToldExtension = Told & { readonly extension: string };

export interface WhoMay {
  readonly destination: Destination;
  readonly extensions: readonly ToldExtension[];
  /** Every extension that the policy does not name. */
  readonly others: Told;
  readonly allowed: number;
  readonly withPin: number;
  readonly refused: number;
}

/** No endpoint can have this name. */
const NOBODY_NAMED = '?';
/** Extensions that are judged between two pauses: a millisecond's work. */
const EXTENSIONS_A_STEP = 32;

/** Shorter extensions first. */
export function* whoMaySteps(
  snapshot: PolicySnapshot,
  usage: Usage,
  dialled: string,
  atMs: number,
): Steps<WhoMay> {
  const destination = snapshot.read(dialled);
  const ask = (payer: string) =>
    told(decide(snapshot, { dialled, payer, via: 'direct', atMs }, destination, usage));
  const extensions: ToldExtension[] = [];
  for (const extension of [...snapshot.extensions.keys()].sort(shorterFirst)) {
    extensions.push({ extension, ...ask(extension) });
    if (extensions.length % EXTENSIONS_A_STEP === 0) yield;
  }
  const count = (kind: Told['verdict']) => extensions.filter(({ verdict }) => verdict === kind).length;
  return {
    destination,
    extensions,
    others: ask(NOBODY_NAMED),
    allowed: count('continue'),
    withPin: count('challenge'),
    refused: count('deny'),
  };
}

/** The extensions of which the same is said. */
export interface Heap {
  readonly verdict: Told['verdict'];
  readonly reason: Told['reason'];
  readonly extensions: readonly string[];
}

/** Those that may call first. */
export function heapsOf(extensions: readonly ToldExtension[]): readonly Heap[] {
  const heaps = new Map<string, Heap & { readonly extensions: string[] }>();
  for (const { extension, verdict, reason: ends, instead } of extensions) {
    const reason = instead ?? ends;
    const heap = heaps.get(`${verdict} ${reason}`) ?? { verdict, reason, extensions: [] };
    heaps.set(`${verdict} ${reason}`, heap);
    heap.extensions.push(extension);
  }
  const rank = { continue: 0, challenge: 1, deny: 2 };
  return [...heaps.values()].sort((a, b) => rank[a.verdict] - rank[b.verdict]);
}

/** For programs, with so many extensions of each heap by name. */
export function toldWhoMay(found: WhoMay, namedMax: number) {
  const { destination, allowed, withPin, refused, others, extensions } = found;
  return {
    destination: destinationOf(destination),
    allowed,
    withPin,
    refused,
    reasons: heapsOf(extensions).map((heap) => ({
      verdict: heap.verdict,
      reason: heap.reason,
      count: heap.extensions.length,
      extensions: heap.extensions.slice(0, namedMax),
    })),
    others,
  };
}
