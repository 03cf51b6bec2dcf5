// One call while it is judged: what the steps read, and what they leave for those after them.
import type { Destination, TraceStep } from '../numbering/destination.ts';
import { callerOf, type Caller } from './caller.ts';
import type { Layer } from './entry.ts';
import { classesOf } from './limit-classes.ts';
import { numberForms } from './number-forms.ts';
import { hitsOf, type Hit } from './pattern-index.ts';
import type { LimitClass, PremiumClass } from './policy.ts';
import { premiumClassesOf } from './premium.ts';
import type { Resolution } from './resolve.ts';
import type { PolicySnapshot } from './snapshot.ts';
import type { Usage } from './usage.ts';
import type { ContinueReason, DenyReason, LimitNotice, Observation, OutboundCall, Rule } from './verdict.ts';

interface Permission {
  readonly reason: ContinueReason;
  readonly rule: Rule;
  /** With a PIN only. */
  readonly asks: boolean;
}

export interface Judging {
  readonly snapshot: PolicySnapshot;
  readonly call: OutboundCall;
  readonly destination: Destination;
  readonly usage: Usage;
  /** The forms of the number by which rules may name it; empty where none can. */
  readonly forms: readonly string[];
  /** The classes of extra cost that the number has. */
  readonly premium: readonly PremiumClass[];
  readonly chargeable: boolean;
  readonly classes: readonly LimitClass[];
  readonly trace: TraceStep[];
  readonly observed: Observation[];
  readonly notices: LimitNotice[];
  /** Who answers for the call; an outside caller once it is admitted. */
  caller: Caller;
  permission: Permission | null;
  /** The first refusal that a PIN lifts. */
  lifted: { readonly reason: DenyReason; readonly rule: Rule } | null;
  maxDurationMs: number | null;
  /** What would have decided first, were the policy enforced. */
  spared: Rule | null;
  /** What the layers say about the destination, once they were asked. */
  resolution: Resolution | null;
}

export function startJudging(
  snapshot: PolicySnapshot,
  call: OutboundCall,
  destination: Destination,
  usage: Usage,
): Judging {
  const premium = premiumClassesOf(destination);
  return {
    snapshot,
    call,
    destination,
    usage,
    forms: numberForms(snapshot.plan, destination),
    premium,
    chargeable: destination.kind === 'international' || premium.length > 0,
    classes: classesOf(snapshot.levels, destination, premium),
    trace: [...destination.steps],
    observed: [],
    notices: [],
    caller: callerOf(snapshot, call),
    permission: null,
    lifted: null,
    maxDurationMs: null,
    spared: null,
    resolution: null,
  };
}

/** The rules and exceptions of a layer that name the number, the longest first for each form of it. */
export function hitsIn({ forms }: Judging, numbers: Layer['numbers']): readonly Hit[] {
  if (numbers === null || numbers.byPattern.size === 0) return [];
  const [only] = forms;
  return forms.length === 1 && only !== undefined
    ? hitsOf(numbers, only)
    : forms.flatMap((form) => hitsOf(numbers, form));
}
