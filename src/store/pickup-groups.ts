// The rows of the pickup groups: what they say, their members, and the groups that are members of them.
import type { PickupGroupRow } from '../pickup/call.ts';
import type { Store } from './open.ts';
import { collect, type Listing } from './pages.ts';
import { deletePickupAllowances, readPickupAllowances } from './pickup-protections.ts';
import { deletePickupRightsOf, readPickupRightsOf } from './pickup-rights.ts';
import { asBit, groupedBy, shorterFirst } from './rows.ts';
import { prepared } from './statements.ts';
import { finish, type Steps } from './steps.ts';

export type PickupMember = PickupGroupRow['members'][number];
export type PickupMemberGroup = PickupGroupRow['memberGroups'][number];
/** What a group says, without its members. */
export type PickupGroupTerms = Omit<PickupGroupRow, 'members' | 'memberGroups'>;

interface MemberRow {
  readonly group_name: string;
  readonly extension: string;
  readonly interceptor: number;
  readonly target: number;
}

type MemberGroupRow = Omit<MemberRow, 'extension'> & { readonly member: string };

interface GroupTermsRow {
  readonly name: string;
  readonly number: string | null;
  readonly alert_after_s: number | null;
}

const GROUPS: Listing<GroupTermsRow> = {
  table: 'pickup_groups',
  columns: 'name, number, alert_after_s',
  key: ['name'],
};
const MEMBERS: Listing<MemberRow> = {
  table: 'pickup_group_members',
  columns: 'group_name, extension, interceptor, target',
  key: ['group_name', 'extension'],
};
const MEMBER_GROUPS: Listing<MemberGroupRow> = {
  table: 'pickup_group_groups',
  columns: 'group_name, member, interceptor, target',
  key: ['group_name', 'member'],
};

const roleOf = ({ interceptor, target }: Pick<MemberRow, 'interceptor' | 'target'>) => ({
  interceptor: interceptor === 1,
  target: target === 1,
});

/** All groups by name, the empty ones too; of their members, shorter numbers first. */
export function readPickupGroups(store: Store): readonly PickupGroupRow[] {
  return finish(pickupGroupSteps(store)).map((group) => {
    const members = group.members.toSorted((left, right) => shorterFirst(left.extension, right.extension));
    return Object.assign(group, { members });
  });
}

/** The same with the members by their characters. */
export function* pickupGroupSteps(store: Store): Steps<PickupGroupRow[]> {
  const memberRows = yield* collect(store, MEMBERS, (row: MemberRow) => row);
  const members = groupedBy(memberRows, (row) => row.group_name);
  const groupRows = yield* collect(store, MEMBER_GROUPS, (row: MemberGroupRow) => row);
  const memberGroups = groupedBy(groupRows, (row) => row.group_name);
  return yield* collect(store, GROUPS, ({ name, number, alert_after_s: alertAfterS }: GroupTermsRow) => ({
    name,
    number,
    alertAfterS,
    members: (members.get(name) ?? []).map((row) => Object.assign({ extension: row.extension }, roleOf(row))),
    memberGroups: (memberGroups.get(name) ?? []).map((row) =>
      Object.assign({ group: row.member }, roleOf(row)),
    ),
  }));
}

/** Adds the group, or gives the one of that name these terms. No two groups have the same number. */
export function writePickupGroup(store: Store, { name, number, alertAfterS }: PickupGroupTerms): void {
  store.db
    .prepare(
      `INSERT INTO pickup_groups (name, number, alert_after_s) VALUES (?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET number = excluded.number, alert_after_s = excluded.alert_after_s`,
    )
    .run(name, number, alertAfterS);
}

/** What stands under the name of a pickup group in other tables than its own. */
export interface PickupGroupTies {
  /** The groups that it is a member of. */
  readonly pickupGroups: readonly string[];
  /** Ids. */
  readonly pickupRights: readonly number[];
  /** Those that name it: `caller +525512345678`. */
  readonly pickupProtections: readonly string[];
}

export function readPickupGroupTies(store: Store, name: string): PickupGroupTies {
  const sql = 'SELECT group_name FROM pickup_group_groups WHERE member = ? ORDER BY group_name';
  return {
    pickupGroups: store.db.prepare<[string], string>(sql).pluck().all(name),
    pickupRights: readPickupRightsOf(store, 'group', [name]).map(({ tie }) => tie),
    pickupProtections: readPickupAllowances(store, 'group', [name]).map(
      ({ kind, value }) => `${kind} ${value}`,
    ),
  };
}

/** Takes everything along that stands under its name, so that a successor inherits nothing. */
export function deletePickupGroup(store: Store, name: string): void {
  deletePickupRightsOf(store, 'group', [name]);
  deletePickupAllowances(store, 'group', [name]);
  deletePickupGroupAlone(store, name);
}

/** Takes its memberships along, those in other groups too; a policy file says by itself what else names it. */
export function deletePickupGroupAlone(store: Store, name: string): void {
  store.db.prepare('DELETE FROM pickup_groups WHERE name = ?').run(name);
}

export function writePickupMember(store: Store, group: string, member: PickupMember): void {
  prepared(
    store,
    `INSERT INTO pickup_group_members (group_name, extension, interceptor, target) VALUES (?, ?, ?, ?)
     ON CONFLICT (group_name, extension) DO UPDATE SET
     interceptor = excluded.interceptor, target = excluded.target`,
  ).run(group, member.extension, asBit(member.interceptor), asBit(member.target));
}

export function deletePickupMember(store: Store, group: string, extension: string): void {
  const sql = 'DELETE FROM pickup_group_members WHERE group_name = ? AND extension = ?';
  prepared(store, sql).run(group, extension);
}

/** Both groups must be there. */
export function writePickupMemberGroup(store: Store, group: string, member: PickupMemberGroup): void {
  store.db
    .prepare(
      `INSERT INTO pickup_group_groups (group_name, member, interceptor, target) VALUES (?, ?, ?, ?)
       ON CONFLICT (group_name, member) DO UPDATE SET
       interceptor = excluded.interceptor, target = excluded.target`,
    )
    .run(group, member.group, asBit(member.interceptor), asBit(member.target));
}

export function deletePickupMemberGroup(store: Store, group: string, member: string): void {
  store.db.prepare('DELETE FROM pickup_group_groups WHERE group_name = ? AND member = ?').run(group, member);
}
