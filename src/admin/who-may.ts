// Who may dial one number: every extension that the policy names, judged by the function that judges calls.
import { decide } from '../barring/decide.ts';
import type { PolicySnapshot } from '../barring/snapshot.ts';
import type { Usage } from '../barring/usage.ts';
import type { Destination } from '../numbering/destination.ts';
import { told, type Told } from './effective-policy.ts';

export interface WhoMay {
  readonly destination: Destination;
  readonly extensions: readonly (Told & { readonly extension: string })[];
  /** Every extension that the policy does not name. */
  readonly others: Told;
  readonly allowed: number;
  readonly withPin: number;
  readonly refused: number;
}

/** No endpoint can have this name. */
const NOBODY_NAMED = '?';

/** Shorter extensions first. */
export function whoMay(snapshot: PolicySnapshot, usage: Usage, dialled: string, atMs: number): WhoMay {
  const destination = snapshot.read(dialled);
  const ask = (payer: string) =>
    told(decide(snapshot, { dialled, payer, via: 'direct', atMs }, destination, usage));
  const names = [...snapshot.extensions.keys()].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const extensions = names.map((extension) => Object.assign({ extension }, ask(extension)));
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
