// The rows of the pickup rights beside the groups.
import type { PickupParty, PickupRightRow } from '../pickup/call.ts';
import type { Store } from './open.ts';
import { collect, type Listing } from './pages.ts';
import type { Tie } from './rows.ts';
import { prepared } from './statements.ts';
import { finish, type Steps } from './steps.ts';

interface Row {
  readonly id: number;
  readonly picker_kind: PickupParty['kind'];
  readonly picker: string;
  readonly target_kind: PickupRightRow['target']['kind'];
  readonly target: string;
  readonly from_ms: number | null;
  readonly until_ms: number | null;
  readonly schedule: string;
  readonly reason: string;
}

/** A right that has no id yet. */
export type NewPickupRight = Omit<PickupRightRow, 'id'>;

const RIGHTS: Listing<Row> = {
  table: 'pickup_rights',
  columns: 'id, picker_kind, picker, target_kind, target, from_ms, until_ms, schedule, reason',
  key: ['id'],
};

const fromRow = (row: Row): PickupRightRow => ({
  id: row.id,
  picker: { kind: row.picker_kind, name: row.picker },
  target: row.target_kind === 'any' ? { kind: 'any' } : { kind: row.target_kind, name: row.target },
  fromMs: row.from_ms,
  untilMs: row.until_ms,
  schedule: row.schedule,
  reason: row.reason,
});

/** In the order of their ids, those that have ended too. */
export function readPickupRights(store: Store): readonly PickupRightRow[] {
  return finish(pickupRightSteps(store));
}

export function pickupRightSteps(store: Store): Steps<PickupRightRow[]> {
  return collect(store, RIGHTS, fromRow);
}

/** Returns the id, which no other right ever had. */
export function addPickupRight(store: Store, right: NewPickupRight): number {
  const { lastInsertRowid } = prepared(
    store,
    `INSERT INTO pickup_rights (picker_kind, picker, target_kind, target, from_ms, until_ms, schedule, reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  ).run(
    right.picker.kind,
    right.picker.name,
    right.target.kind,
    right.target.kind === 'any' ? '' : right.target.name,
    right.fromMs,
    right.untilMs,
    right.schedule,
    right.reason,
  );
  return Number(lastInsertRowid);
}

export function deletePickupRight(store: Store, id: number): void {
  prepared(store, 'DELETE FROM pickup_rights WHERE id = ?').run(id);
}

/** The rights that these extensions or pickup groups have, or that are on their calls: in one statement for all names. */
export function readPickupRightsOf(
  store: Store,
  kind: PickupParty['kind'],
  names: readonly string[],
): readonly Tie<number>[] {
  const sql = `SELECT picker AS name, id AS tie FROM pickup_rights
    WHERE picker_kind = @kind AND picker IN (SELECT value FROM json_each(@names))
    UNION SELECT target, id FROM pickup_rights
    WHERE target_kind = @kind AND target IN (SELECT value FROM json_each(@names)) ORDER BY tie`;
  return prepared<[object], Tie<number>>(store, sql).all({ kind, names: JSON.stringify(names) });
}

export function deletePickupRightsOf(
  store: Store,
  kind: PickupParty['kind'],
  names: readonly string[],
): void {
  const sql = `DELETE FROM pickup_rights
    WHERE (picker_kind = @kind AND picker IN (SELECT value FROM json_each(@names)))
    OR (target_kind = @kind AND target IN (SELECT value FROM json_each(@names)))`;
  prepared<[object]>(store, sql).run({ kind, names: JSON.stringify(names) });
}
