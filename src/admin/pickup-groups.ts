// Changing pickup groups: who may take whose ringing calls.
import { AppError } from '../errors.ts';
import type { PickupGroupRow } from '../pickup/call.ts';
import type { Store } from '../store/open.ts';
import {
  deletePickupGroup,
  deletePickupMember,
  readPickupGroup,
  readPickupGroups,
  writePickupGroup,
  writePickupMember,
  type PickupMember,
} from '../store/pickup-groups.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { isSame } from './same.ts';
import { readPolicyName } from './policy-name.ts';
import { readExtensionWords } from './extension-words.ts';
import { notKnown } from './known-word.ts';

const GROUPS_MAX = 1_000;
const MEMBERS_MAX = 1_000;

/** `both` may take and be taken from; the others are one side of an asymmetric right. */
export type PickupRole = 'both' | 'interceptor' | 'target';

export const pickupRoles: readonly PickupRole[] = ['both', 'interceptor', 'target'];

const subjectOf = (name: string) => `pickup group ${name}`;

/** Does nothing where a group of that name is there. */
export function addPickupGroup(context: AdminContext, name: string): ChangeOutcome {
  readPolicyName(name, 'a group');
  return changePolicy(context, () => {
    if (readPickupGroup(context.store, name)) return { changes: [] };
    if (readPickupGroups(context.store).length >= GROUPS_MAX) {
      throw new AppError(
        'invalid',
        `There are ${GROUPS_MAX} pickup groups, which is the limit. Delete old ones.`,
      );
    }
    writePickupGroup(context.store, { name, number: null, alertAfterS: null });
    const change = {
      action: 'pickup-group-created',
      subject: subjectOf(name),
      before: null,
      after: { members: [] },
    };
    return { changes: [change] };
  });
}

/** Throws `AppError('not-found')` where there is none. */
export function removePickupGroup(context: AdminContext, name: string): ChangeOutcome {
  return changePolicy(context, () => {
    const { members } = requireGroup(context.store, name);
    deletePickupGroup(context.store, name);
    const change = {
      action: 'pickup-group-deleted',
      subject: subjectOf(name),
      before: { members },
      after: null,
    };
    return { changes: [change] };
  });
}

/** Members that are there already take on the role. */
export function addPickupMembers(
  context: AdminContext,
  name: string,
  words: readonly string[],
  role: PickupRole,
): ChangeOutcome {
  const extensions = readExtensionWords(words);
  return changePolicy(context, () => {
    const group = requireGroup(context.store, name);
    const changes: Change[] = [];
    for (const extension of extensions) {
      const before = memberOf(group, extension);
      const after = { extension, interceptor: role !== 'target', target: role !== 'interceptor' };
      if (before && isSame(before, after)) continue;
      writePickupMember(context.store, name, after);
      const action = before ? 'pickup-member-changed' : 'pickup-member-added';
      changes.push({ action, subject: subjectOf(name), before, after });
    }
    const { members } = requireGroup(context.store, name);
    if (members.length > MEMBERS_MAX) {
      throw new AppError('invalid', `A pickup group has ${MEMBERS_MAX} members at most. Make a second one.`);
    }
    return { changes };
  });
}

/** Extensions that are no members are told in a notice. */
export function removePickupMembers(
  context: AdminContext,
  name: string,
  words: readonly string[],
): ChangeOutcome {
  const extensions = readExtensionWords(words);
  return changePolicy(context, () => {
    const group = requireGroup(context.store, name);
    const members = extensions.flatMap((extension) => memberOf(group, extension) ?? []);
    const strangers = extensions.filter((extension) => !memberOf(group, extension));
    for (const member of members) deletePickupMember(context.store, name, member.extension);
    return {
      changes: members.map((member) => ({
        action: 'pickup-member-removed',
        subject: subjectOf(name),
        before: member,
        after: null,
      })),
      notices: strangers.length > 0 ? [`No members of ${name}: ${strangers.join(', ')}.`] : [],
    };
  });
}

const memberOf = (group: PickupGroupRow, extension: string): PickupMember | null =>
  group.members.find((member) => member.extension === extension) ?? null;

/** Throws `AppError('not-found')` with the nearest name. */
export function requireGroup(store: Store, name: string): PickupGroupRow {
  const groups = readPickupGroups(store);
  const found = groups.find((group) => group.name === name);
  if (found) return found;
  const names = groups.map((group) => group.name);
  throw notKnown('pickup group', name, names, 'pickup group list');
}
