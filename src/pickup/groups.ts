// Pickup groups as a graph: members by extension and by group, to any depth, in circles too, and never copied together.
import type { PickupGroupRow } from './call.ts';

/** `interceptor`: may take. `target`: may be taken from. */
export type PickupRole = 'interceptor' | 'target';

type ByRole<T> = Readonly<Record<PickupRole, T>>;

export interface PickupGroup {
  readonly name: string;
  readonly number: string | null;
  readonly alertAfterS: number | null;
  /** Extensions that stand in this group itself. */
  readonly members: ByRole<readonly string[]>;
  /** Groups whose members of that role are members here. */
  readonly parts: ByRole<readonly PickupGroup[]>;
  /** Groups in which the members of that role are members, too. */
  readonly wholes: ByRole<readonly PickupGroup[]>;
}

export interface PickupGroups {
  readonly byName: ReadonlyMap<string, PickupGroup>;
  readonly byNumber: ReadonlyMap<string, PickupGroup>;
  /** The groups in which an extension itself stands in that role. */
  readonly ofMember: ByRole<ReadonlyMap<string, readonly PickupGroup[]>>;
}

interface OpenGroup extends PickupGroup {
  readonly parts: ByRole<PickupGroup[]>;
  readonly wholes: ByRole<PickupGroup[]>;
}

const ROLES: readonly PickupRole[] = ['interceptor', 'target'];

/**
 * Links the groups in one pass over members and member groups. A member group that does not exist adds nobody. What
 * belongs to whom is followed at each question, so that groups in groups cost what they hold and not its square.
 */
export function compileGroups(rows: readonly PickupGroupRow[]): PickupGroups {
  const byName = new Map(rows.map((row) => [row.name, openGroup(row)] as const));
  const byNumber = new Map<string, PickupGroup>();
  const ofMember = {
    interceptor: new Map<string, PickupGroup[]>(),
    target: new Map<string, PickupGroup[]>(),
  };
  for (const row of rows) {
    const whole = byName.get(row.name);
    if (!whole) continue;
    if (row.number !== null) byNumber.set(row.number, whole);
    for (const role of ROLES) {
      for (const extension of whole.members[role]) addTo(ofMember[role], extension, whole);
      for (const member of row.memberGroups) {
        const part = byName.get(member.group);
        if (!part || !member[role]) continue;
        whole.parts[role].push(part);
        part.wholes[role].push(whole);
      }
    }
  }
  return { byName, byNumber, ofMember };
}

function openGroup({ name, number, alertAfterS, members }: PickupGroupRow): OpenGroup {
  const inRole = (role: PickupRole) => [
    ...new Set(members.filter((member) => member[role]).map(({ extension }) => extension)),
  ];
  return {
    name,
    number,
    alertAfterS,
    members: { interceptor: inRole('interceptor'), target: inRole('target') },
    parts: { interceptor: [], target: [] },
    wholes: { interceptor: [], target: [] },
  };
}

/** Every group in which the extension has the role, by itself or through groups in groups. */
export function groupsInRole(
  groups: PickupGroups,
  role: PickupRole,
  extension: string,
): ReadonlySet<PickupGroup> {
  return wholesOf(groups.ofMember[role].get(extension) ?? [], role);
}

/** The groups and every group that takes their members of that role in. */
export function wholesOf(groups: Iterable<PickupGroup>, role: PickupRole): ReadonlySet<PickupGroup> {
  return reach(groups, ({ wholes }) => wholes[role]);
}

/** The groups and every group whose members of that role are theirs. */
export function partsOf(groups: Iterable<PickupGroup>, role: PickupRole): ReadonlySet<PickupGroup> {
  return reach(groups, ({ parts }) => parts[role]);
}

/** Every extension that has the role in one of the groups. */
export function membersInRole(groups: Iterable<PickupGroup>, role: PickupRole): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { members } of partsOf(groups, role)) {
    for (const extension of members[role]) found.add(extension);
  }
  return found;
}

/** Each group once, so that circles end. */
function reach(
  from: Iterable<PickupGroup>,
  next: (group: PickupGroup) => readonly PickupGroup[],
): ReadonlySet<PickupGroup> {
  const found = new Set(from);
  // A set is walked in the order of insertion, what is added on the way included.
  for (const group of found) for (const other of next(group)) found.add(other);
  return found;
}

/** Adds to the list that stands under a key. */
export function addTo<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
