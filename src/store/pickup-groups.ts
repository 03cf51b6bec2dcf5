// The rows of the pickup groups and their members.
import type { PickupGroupRow } from '../pickup/call.ts';
import type { Store } from './open.ts';

export type PickupMember = PickupGroupRow['members'][number];

interface Row {
  readonly name: string;
  readonly extension: string | null;
  readonly interceptor: number | null;
  readonly target: number | null;
}

const ALL = `
  SELECT name, extension, interceptor, target
  FROM pickup_groups LEFT JOIN pickup_group_members ON group_name = name
  ORDER BY name, length(extension), extension`;

/** All groups by name, the empty ones too. */
export function readPickupGroups(store: Store): readonly PickupGroupRow[] {
  const groups = new Map<string, PickupMember[]>();
  for (const row of store.db.prepare<[], Row>(ALL).iterate()) {
    const members = groups.get(row.name) ?? [];
    groups.set(row.name, members);
    if (row.extension === null) continue;
    members.push({
      extension: row.extension,
      interceptor: row.interceptor === 1,
      target: row.target === 1,
    });
  }
  return [...groups].map(([name, members]) => ({ name, members }));
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
