// The rows of the groups (classes of service), their members and their countries.
import {
  premiumClasses,
  type CountryRow,
  type GroupRow,
  type PinEntry,
  type PinUse,
  type Right,
} from '../barring/policy.ts';
import type { Store } from './open.ts';
import { collect, type Listing } from './pages.ts';
import { groupedBy, shorterFirst, wordsOf } from './rows.ts';
import { prepared } from './statements.ts';
import { finish, type Steps } from './steps.ts';

interface Row {
  readonly name: string;
  readonly international: Right;
  readonly level: GroupRow['level'];
  readonly premium: string | null;
  readonly schedule: string | null;
  readonly pin: PinUse | null;
  readonly pin_entry: PinEntry | null;
}

interface MemberRow {
  readonly group_name: string;
  readonly extension: string;
}

type GroupCountryRow = CountryRow & { readonly group_name: string };

const GROUPS: Listing<Row> = {
  table: 'groups',
  columns: 'name, international, level, premium, schedule, pin, pin_entry',
  key: ['name'],
};
const MEMBERS: Listing<MemberRow> = {
  table: 'group_members',
  columns: 'group_name, extension',
  key: ['group_name', 'extension'],
};
const COUNTRIES: Listing<GroupCountryRow> = {
  table: 'group_countries',
  columns: 'group_name, region, state',
  key: ['group_name', 'region'],
};

/** All groups by name, with their members (shorter numbers first) and countries. */
export function readGroups(store: Store): readonly GroupRow[] {
  return finish(groupSteps(store)).map((group) =>
    Object.assign(group, { members: group.members.toSorted(shorterFirst) }),
  );
}

/** The same with the members by their characters. */
export function* groupSteps(store: Store): Steps<GroupRow[]> {
  const memberRows = yield* collect(store, MEMBERS, (row: MemberRow) => row);
  const members = groupedBy(memberRows, (row) => row.group_name);
  const countryRows = yield* collect(store, COUNTRIES, (row: GroupCountryRow) => row);
  const countries = groupedBy(countryRows, (row) => row.group_name);
  return yield* collect(store, GROUPS, (row: Row) => ({
    name: row.name,
    right: row.international,
    level: row.level,
    premium: row.premium === null ? null : wordsOf(row.premium, premiumClasses),
    schedule: row.schedule,
    pin: row.pin,
    pinEntry: row.pin_entry,
    members: (members.get(row.name) ?? []).map(({ extension }) => extension),
    countries: (countries.get(row.name) ?? []).map(({ region, state }) => ({ region, state })),
  }));
}

/** The groups that each of these extensions is in, by name; in one statement for all of them. */
export function readGroupsOf(
  store: Store,
  extensions: readonly string[],
): ReadonlyMap<string, readonly GroupOf[]> {
  const sql = `SELECT extension, name, international AS right FROM group_members JOIN groups ON name = group_name
    WHERE extension IN (SELECT value FROM json_each(?)) ORDER BY name`;
  return groupedBy(
    prepared<[string], GroupOf>(store, sql).all(JSON.stringify(extensions)),
    (row) => row.extension,
  );
}

export interface GroupOf {
  readonly extension: string;
  /** Of the group. */
  readonly name: string;
  readonly right: Right;
}

/** What a group says, without its members and countries. */
export type GroupTerms = Omit<GroupRow, 'members' | 'countries'>;

/** Adds the group, or gives the one of that name these terms. */
export function writeGroup(store: Store, group: GroupTerms): void {
  store.db
    .prepare(
      `INSERT INTO groups (name, international, level, premium, schedule, pin, pin_entry) VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET international = excluded.international, level = excluded.level,
       premium = excluded.premium, schedule = excluded.schedule, pin = excluded.pin, pin_entry = excluded.pin_entry`,
    )
    .run(
      group.name,
      group.right,
      group.level,
      group.premium === null ? null : JSON.stringify(group.premium),
      group.schedule,
      group.pin,
      group.pinEntry,
    );
}

/** What stands under the name of a group in other tables than its own. */
export interface GroupTies {
  /** Ids. */
  readonly rules: readonly number[];
  readonly limits: readonly number[];
  readonly lists: readonly string[];
  readonly pins: readonly string[];
}

export function readGroupTies(store: Store, name: string): GroupTies {
  const column = <Value>(sql: string) => store.db.prepare<[string], Value>(sql).pluck().all(name);
  return {
    rules: column('SELECT id FROM rules WHERE group_name = ? ORDER BY id'),
    limits: column(`SELECT id FROM limits WHERE layer = 'group' AND name = ? ORDER BY id`),
    lists: column(
      `SELECT list_name FROM authorised_attachments WHERE kind = 'group' AND name = ? ORDER BY list_name`,
    ),
    pins: column(`SELECT pin_id FROM pin_holders WHERE kind = 'group' AND name = ? ORDER BY pin_id`),
  };
}

/** Takes its members, countries and rules along, and everything that was tied to its name. */
export function deleteGroup(store: Store, name: string): void {
  const { db } = store;
  db.prepare(`DELETE FROM authorised_attachments WHERE kind = 'group' AND name = ?`).run(name);
  db.prepare(`DELETE FROM pin_holders WHERE kind = 'group' AND name = ?`).run(name);
  db.prepare(`DELETE FROM limits WHERE layer = 'group' AND name = ?`).run(name);
  db.prepare('DELETE FROM groups WHERE name = ?').run(name);
}

export function writeGroupMember(store: Store, group: string, extension: string): void {
  const sql = 'INSERT OR IGNORE INTO group_members (group_name, extension) VALUES (?, ?)';
  prepared(store, sql).run(group, extension);
}

export function deleteGroupMember(store: Store, group: string, extension: string): void {
  const sql = 'DELETE FROM group_members WHERE group_name = ? AND extension = ?';
  prepared(store, sql).run(group, extension);
}
