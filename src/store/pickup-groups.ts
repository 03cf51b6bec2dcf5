// The rows of the pickup groups and their members.
import type { PickupGroupRow } from '../pickup/call.ts';
import type { Store } from './open.ts';
import { collect, type Listing } from './pages.ts';
import { shorterFirst } from './rows.ts';
import { finish, type Steps } from './steps.ts';

export type PickupMember = PickupGroupRow['members'][number];

interface Row {
  readonly group_name: string;
  readonly extension: string;
  readonly interceptor: number;
  readonly target: number;
}

interface GroupNameRow {
  readonly name: string;
}

const GROUPS: Listing<GroupNameRow> = { table: 'pickup_groups', columns: 'name', key: ['name'] };
const MEMBERS: Listing<Row> = {
  table: 'pickup_group_members',
  columns: 'group_name, extension, interceptor, target',
  key: ['group_name', 'extension'],
};

/** All groups by name, the empty ones too; of their members, shorter numbers first. */
export function readPickupGroups(store: Store): readonly PickupGroupRow[] {
  return finish(pickupGroupSteps(store)).map((group) => ({
    ...group,
    members: group.members.toSorted((left, right) => shorterFirst(left.extension, right.extension)),
  }));
}

/** The same with the members by their characters. */
export function* pickupGroupSteps(store: Store): Steps<PickupGroupRow[]> {
  const members = new Map<string, PickupMember[]>();
  yield* collect(store, MEMBERS, ({ group_name: group, extension, interceptor, target }: Row) => {
    const member = { extension, interceptor: interceptor === 1, target: target === 1 };
    const known = members.get(group);
    if (known) known.push(member);
    else members.set(group, [member]);
  });
  return yield* collect(store, GROUPS, ({ name }: GroupNameRow) => ({
    name,
    number: null,
    alertAfterS: null,
    members: members.get(name) ?? [],
    memberGroups: [],
  }));
}

export function readPickupGroup(store: Store, name: string): PickupGroupRow | null {
  return readPickupGroups(store).find((group) => group.name === name) ?? null;
}

export function createPickupGroup(store: Store, name: string): void {
  store.db.prepare('INSERT INTO pickup_groups (name) VALUES (?)').run(name);
}

/** Takes its memberships along. */
export function deletePickupGroup(store: Store, name: string): void {
  store.db.prepare('DELETE FROM pickup_groups WHERE name = ?').run(name);
}

export function writePickupMember(store: Store, group: string, member: PickupMember): void {
  store.db
    .prepare(
      `INSERT INTO pickup_group_members (group_name, extension, interceptor, target) VALUES (?, ?, ?, ?)
       ON CONFLICT (group_name, extension) DO UPDATE SET
       interceptor = excluded.interceptor, target = excluded.target`,
    )
    .run(group, member.extension, member.interceptor ? 1 : 0, member.target ? 1 : 0);
}

export function deletePickupMember(store: Store, group: string, extension: string): void {
  store.db
    .prepare('DELETE FROM pickup_group_members WHERE group_name = ? AND extension = ?')
    .run(group, extension);
}
