// What one step of the decision may say: nothing, "not against it", or the verdict.
import type { Destination } from '../numbering/destination.ts';
import type { PolicySnapshot } from './snapshot.ts';
import type { ContinueReason, DenyReason, OutboundCall, Rule } from './verdict.ts';

export type Opinion =
  | { readonly kind: 'continue'; readonly reason: ContinueReason; readonly rule: Rule }
  | { readonly kind: 'deny'; readonly reason: DenyReason; readonly rule: Rule }
  /** The step looked at the call and has nothing against it; the next one goes on. */
  | { readonly kind: 'pass'; readonly result: string };

/** One step of the decision. `judge` returns null where the call is none of its business. */
export interface Step {
  readonly name: string;
  readonly judge: (snapshot: PolicySnapshot, call: OutboundCall, destination: Destination) => Opinion | null;
}
