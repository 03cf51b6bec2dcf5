// Pickup groups taken in from elsewhere: who is in which group, added to what is there or put in its place.
import { AppError } from '../errors.ts';
import type { PickupGroupRow } from '../pickup/call.ts';
import { policyVersion, verifyPolicy } from '../store/policy.ts';
import { inReadTransaction } from '../store/transaction.ts';
import { changePolicy, type AdminContext, type ChangeOutcome } from './change.ts';
import { emptyPickupGroup, planPickupGroups, type DraftGroups } from './pickup-graph.ts';
import type { PickupGroupAttributes } from './pickup-groups.ts';
import { withMembers, type AddedMembers } from './pickup-members.ts';
import { readOneExtension } from './pickup-words.ts';
import { readPolicyName } from './policy-name.ts';
import { someLines } from './some-of.ts';

/** Problems that one error names. */
const PROBLEMS_MAX = 20;

export interface ImportOptions {
  /** Groups that the file names consist of what it says of them, and of nothing else. */
  readonly replace: boolean;
  readonly dryRun: boolean;
}

/** What is taken in of one group. */
export interface ImportedGroup extends AddedMembers {
  readonly name: string;
  readonly attributes: PickupGroupAttributes;
}

/** All or nothing; with `dryRun` only told. A member that is in a group already takes on the role. Throws `AppError`. */
export function importPickupGroups(
  context: AdminContext,
  groups: readonly ImportedGroup[],
  { replace, dryRun }: ImportOptions,
): ChangeOutcome {
  const revise = (all: DraftGroups) => {
    for (const group of groups) {
      const there = all.get(group.name) ?? emptyPickupGroup(group.name);
      const base = replace ? { ...there, members: [], memberGroups: [] } : there;
      all.set(group.name, { ...withMembers(base, group), ...group.attributes });
    }
  };
  const { store } = context;
  if (dryRun) {
    return inReadTransaction(store, () => {
      verifyPolicy(store);
      const { changes } = planPickupGroups(store, revise);
      return {
        changes,
        policyVersion: policyVersion(store),
        notices: ['Nothing was changed: this was a dry run.'],
      };
    });
  }
  return changePolicy(context, () => {
    const plan = planPickupGroups(store, revise);
    plan.write();
    return { changes: plan.changes };
  });
}

/** A group of an endpoint: one with a name, or one of the numbers that Asterisk has beside the names. */
export type ForeignGroup = { readonly name: string } | { readonly number: number };

export interface ForeignEndpoint {
  readonly endpoint: string;
  /** `pjsip.conf:12`. */
  readonly place: string;
  readonly callGroups: readonly ForeignGroup[];
  readonly pickupGroups: readonly ForeignGroup[];
}

/**
 * The pickup groups that say the same as the call and pickup groups of endpoints: who has a call group is a target of
 * it, who has a pickup group an interceptor. Characters that no name has become `_`. Throws `AppError` for a name that
 * is none even so, and for two groups that would be one.
 */
export function groupsOfEndpoints(
  endpoints: readonly ForeignEndpoint[],
  prefix: string,
): readonly ImportedGroup[] {
  const problems: string[] = [];
  const sources = new Map<string, string>();
  const members = new Map<string, Map<string, PickupGroupRow['members'][number]>>();
  for (const { endpoint, place, callGroups, pickupGroups } of endpoints) {
    const enter = (
      group: ForeignGroup,
      sides: { readonly interceptor?: boolean; readonly target?: boolean },
    ) => {
      const source = 'name' in group ? `name ${group.name}` : `number ${group.number}`;
      const name = readPolicyName(nameOf(group, prefix), 'a pickup group');
      const other = sources.get(name) ?? source;
      if (other !== source) throw new AppError('invalid', `${other} and ${source} would both be ${name}`);
      sources.set(name, source);
      const extension = readOneExtension(endpoint);
      const those = members.get(name) ?? new Map<string, PickupGroupRow['members'][number]>();
      const before = those.get(extension) ?? { extension, interceptor: false, target: false };
      members.set(name, those.set(extension, { ...before, ...sides }));
    };
    try {
      for (const group of callGroups) enter(group, { target: true });
      for (const group of pickupGroups) enter(group, { interceptor: true });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push(`${place}: ${error.message}`);
    }
  }
  if (problems.length > 0) {
    throw new AppError('invalid', 'These groups cannot be taken in. Nothing was changed.', {
      details: someLines(problems, PROBLEMS_MAX),
    });
  }
  return [...members].map(([name, those]) => ({
    name,
    attributes: {},
    extensions: [...those.values()],
    groups: [],
  }));
}

const nameOf = (group: ForeignGroup, prefix: string) =>
  prefix + ('name' in group ? group.name.replaceAll(/[^\p{L}\p{N}_.-]/gu, '_') : `group-${group.number}`);
