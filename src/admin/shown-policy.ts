// What holds for one extension as a whole: what it may dial, its exceptions, rules and lists, its places in pickup groups.
import type { PolicySource } from '../barring/policy.ts';
import type { PolicySnapshot } from '../barring/snapshot.ts';
import type { Usage } from '../barring/usage.ts';
import type { Store } from '../store/open.ts';
import type { Steps } from '../store/steps.ts';
import { entrySteps, type Entries } from './effective-entries.ts';
import { effectivePolicy, type EffectivePolicy } from './effective-policy.ts';
import { showPickupGroups } from './pickup-members.ts';

export interface ShownPolicy extends EffectivePolicy, Entries {
  readonly policyVersion: number;
  readonly protection: boolean;
  readonly mode: 'enforce' | 'observe';
}

export interface AskedPolicy {
  readonly rows: Pick<PolicySource, 'version' | 'settings' | 'schedules' | 'exceptions' | 'lists' | 'rules'>;
  readonly snapshot: PolicySnapshot;
  readonly usage: Usage;
  readonly extension: string;
  readonly atMs: number;
}

/** In steps, as there may be very many rules. */
export function* shownPolicySteps(asked: AskedPolicy): Steps<ShownPolicy> {
  const { rows, snapshot, usage, extension, atMs } = asked;
  const policy = effectivePolicy({ snapshot, schedules: rows.schedules, usage, extension, atMs });
  yield;
  const entries = yield* entrySteps(rows, extension, policy.groups, atMs);
  const { protection, mode } = rows.settings;
  return { policyVersion: rows.version, protection, mode, ...policy, ...entries };
}

/** In a pickup group, by itself or through groups in it. */
export interface Membership {
  readonly group: string;
  readonly interceptor: boolean;
  readonly target: boolean;
}

export function pickupMemberships(store: Store, extension: string): readonly Membership[] {
  return showPickupGroups(store)
    .map(({ name, interceptors, targets }) => ({
      group: name,
      interceptor: interceptors.includes(extension),
      target: targets.includes(extension),
    }))
    .filter(({ interceptor, target }) => interceptor || target);
}
