// Groups (classes of service) as people look at them, and adding one that must not be there yet.
import type { GroupRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { readGroups, readGroupTies, type GroupTies } from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import type { AdminContext, ChangeOutcome } from './change.ts';
import { requireGroup, setGroup, type GroupAttributes } from './groups.ts';
import { readPolicyName } from './policy-name.ts';

export interface ListedGroup extends Omit<GroupRow, 'members' | 'countries'> {
  readonly memberCount: number;
  /** Countries and regions that it allows or denies by name. */
  readonly countryCount: number;
}

export interface ShownGroup extends GroupRow {
  /** What stands under its name elsewhere. */
  readonly ties: GroupTies;
}

/** By name. */
export function listGroups(store: Store): readonly ListedGroup[] {
  return readGroups(store).map(({ members, countries, ...terms }) =>
    Object.assign(terms, { memberCount: members.length, countryCount: countries.length }),
  );
}

/** Throws `AppError('not-found')` with the nearest name. */
export function showGroup(store: Store, name: string): ShownGroup {
  return { ...requireGroup(store, name), ties: readGroupTies(store, name) };
}

/** Throws `AppError('conflict')` where there is one of that name. */
export function addGroup(context: AdminContext, given: string, attributes: GroupAttributes): ChangeOutcome {
  const name = readPolicyName(given, 'a group');
  const precondition = () => {
    context.precondition?.();
    if (!readGroups(context.store).some((group) => group.name === name)) return;
    throw new AppError(
      'conflict',
      `There is a group ${name} already. Change that one, or choose another name.`,
    );
  };
  return setGroup({ ...context, precondition }, name, attributes);
}

/** Throws `AppError('not-found')` where there is none. */
export function changeGroup(context: AdminContext, name: string, attributes: GroupAttributes): ChangeOutcome {
  const precondition = () => {
    context.precondition?.();
    requireGroup(context.store, name);
  };
  return setGroup({ ...context, precondition }, name, attributes);
}
