// Changing pickup groups: their numbers, when their members are told, and whether they are there at all.
import type { PickupGroupRow } from '../pickup/call.ts';
import type { Store } from '../store/open.ts';
import {
  deletePickupGroup,
  readPickupGroups,
  readPickupGroupTies,
  type PickupGroupTerms,
} from '../store/pickup-groups.ts';
import { changePolicy, whereFree, type AdminContext, type ChangeOutcome } from './change.ts';
import { goneNotices } from './gone-with.ts';
import { notKnown } from './known-word.ts';
import { emptyPickupGroup, pickupGroupSubject, revisePickupGroups, spokenTerms } from './pickup-graph.ts';
import { readPolicyName } from './policy-name.ts';

/** What is given is set, what is not stays. */
export type PickupGroupAttributes = Partial<Omit<PickupGroupTerms, 'name'>>;

/** Makes the group, or gives the one of that name the attributes. Throws `AppError`. */
export function addPickupGroup(
  context: AdminContext,
  given: string,
  attributes: PickupGroupAttributes = {},
): ChangeOutcome {
  const name = readPolicyName(given, 'a group');
  return changePolicy(context, () => ({ changes: give(context.store, name, attributes) }));
}

/** Makes the group. Throws `AppError('conflict')` where one of that name is there. */
export function createPickupGroup(
  context: AdminContext,
  given: string,
  attributes: PickupGroupAttributes,
): ChangeOutcome {
  const name = readPolicyName(given, 'a group');
  const taken = () => readPickupGroups(context.store).some((group) => group.name === name);
  return addPickupGroup(whereFree(context, taken, `the pickup group ${name}`), name, attributes);
}

/** The same for one that must be there. Throws `AppError('not-found')` where there is none. */
export function setPickupGroup(
  context: AdminContext,
  name: string,
  attributes: PickupGroupAttributes,
): ChangeOutcome {
  return changePolicy(context, () => {
    requireGroup(context.store, name);
    return { changes: give(context.store, name, attributes) };
  });
}

function give(store: Store, name: string, attributes: PickupGroupAttributes) {
  return revisePickupGroups(store, (groups) => {
    groups.set(name, { ...(groups.get(name) ?? emptyPickupGroup(name)), ...attributes });
  });
}

/** Takes along what stands under its name, and says so. Throws `AppError('not-found')` where there is none. */
export function removePickupGroup(context: AdminContext, name: string): ChangeOutcome {
  return changePolicy(context, () => {
    const { store } = context;
    const group = requireGroup(store, name);
    const ties = readPickupGroupTies(store, name);
    deletePickupGroup(store, name);
    const gone = Object.entries(ties).filter(([, names]) => names.length > 0);
    const change = {
      action: 'pickup-group-deleted',
      subject: pickupGroupSubject(name),
      before: {
        ...spokenTerms(group),
        members: group.members,
        ...(group.memberGroups.length === 0 ? {} : { memberGroups: group.memberGroups }),
        ...Object.fromEntries(gone),
      },
      after: null,
    };
    return { changes: [change], notices: goneNotices([ties]) };
  });
}

/** Throws `AppError('not-found')` with the nearest name. */
export function requireGroup(store: Store, name: string): PickupGroupRow {
  const groups = readPickupGroups(store);
  const found = groups.find((group) => group.name === name);
  if (found) return found;
  const names = groups.map((group) => group.name);
  throw notKnown('pickup group', name, names, 'pickup group list');
}
