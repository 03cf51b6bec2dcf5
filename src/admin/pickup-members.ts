// Changing who is in pickup groups: extensions and whole groups, with their roles; and who is in them in the end.
import type { PickupGroupRow } from '../pickup/call.ts';
import { compileGroups, membersInRole } from '../pickup/groups.ts';
import type { Store } from '../store/open.ts';
import { readPickupGroups } from '../store/pickup-groups.ts';
import { shorterFirst } from '../store/rows.ts';
import { changePolicy, type AdminContext, type ChangeOutcome } from './change.ts';
import { readExtensionWords } from './extension-words.ts';
import { formatPickupTable } from './pickup-csv.ts';
import { revisePickupGroups } from './pickup-graph.ts';
import { requireGroup } from './pickup-groups.ts';
import { sidesOf, type PickupRole } from './pickup-words.ts';

/** Those that are there already take on the role. Throws `AppError`, also for a group that would be in itself. */
export function addPickupMembers(
  context: AdminContext,
  name: string,
  words: readonly string[],
  role: PickupRole,
  groups: readonly string[] = [],
): ChangeOutcome {
  const extensions = readMembers(words, groups);
  return changePolicy(context, () => {
    const { store } = context;
    const group = requireGroup(store, name);
    for (const part of groups) requireGroup(store, part);
    const sides = sidesOf(role);
    const added = {
      extensions: extensions.map((extension) => Object.assign({ extension }, sides)),
      groups: groups.map((part) => Object.assign({ group: part }, sides)),
    };
    return { changes: revisePickupGroups(store, (all) => all.set(name, withMembers(group, added))) };
  });
}

export interface AddedMembers {
  readonly extensions: PickupGroupRow['members'];
  readonly groups: PickupGroupRow['memberGroups'];
}

/** The group with these members beside its others; one that is in it already takes on the role. */
export function withMembers(group: PickupGroupRow, added: AddedMembers): PickupGroupRow {
  const members = new Map(group.members.map((member) => [member.extension, member]));
  for (const member of added.extensions) members.set(member.extension, member);
  const parts = new Map(group.memberGroups.map((member) => [member.group, member]));
  for (const member of added.groups) parts.set(member.group, member);
  return { ...group, members: [...members.values()], memberGroups: [...parts.values()] };
}

/** Extensions and groups that are no members are told in a notice. */
export function removePickupMembers(
  context: AdminContext,
  name: string,
  words: readonly string[],
  groups: readonly string[] = [],
): ChangeOutcome {
  const extensions = readMembers(words, groups);
  return changePolicy(context, () => {
    const { store } = context;
    const before = requireGroup(store, name);
    const members = before.members.filter(({ extension }) => !extensions.includes(extension));
    const memberGroups = before.memberGroups.filter(({ group }) => !groups.includes(group));
    const had = new Set(before.members.map(({ extension }) => extension));
    const hadGroups = new Set(before.memberGroups.map(({ group }) => group));
    const strangers = [
      ...extensions.filter((extension) => !had.has(extension)),
      ...groups.filter((group) => !hadGroups.has(group)).map((group) => `group ${group}`),
    ];
    return {
      changes: revisePickupGroups(store, (all) => all.set(name, { ...before, members, memberGroups })),
      notices: strangers.length > 0 ? [`No members of ${name}: ${strangers.join(', ')}.`] : [],
    };
  });
}

/** Groups alone are enough. */
const readMembers = (words: readonly string[], groups: readonly string[]) =>
  words.length === 0 && groups.length > 0 ? [] : readExtensionWords(words);

/** A group with everybody who is in it in the end. */
export interface ShownPickupGroup extends PickupGroupRow {
  /** Extensions that may take, by themselves or through groups in it; shorter numbers first. */
  readonly interceptors: readonly string[];
  /** The same for those that may be taken from. */
  readonly targets: readonly string[];
}

/** All groups by name. */
export function showPickupGroups(store: Store): readonly ShownPickupGroup[] {
  const groups = readPickupGroups(store);
  const { byName } = compileGroups(groups);
  return groups.map((row) => {
    const group = byName.get(row.name);
    const of = (role: 'interceptor' | 'target') =>
      [...membersInRole(group ? [group] : [], role)].sort(shorterFirst);
    return Object.assign({}, row, { interceptors: of('interceptor'), targets: of('target') });
  });
}

/** Throws `AppError('not-found')` with the nearest name. */
export function showPickupGroup(store: Store, name: string): ShownPickupGroup {
  const group = requireGroup(store, name);
  return (
    showPickupGroups(store).find((one) => one.name === name) ?? { ...group, interceptors: [], targets: [] }
  );
}

/** All groups as a table, which `pickup group import csv` reads. */
export function pickupGroupTable(store: Store): string {
  return formatPickupTable(readPickupGroups(store));
}
