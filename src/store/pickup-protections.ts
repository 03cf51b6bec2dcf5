// The rows of the calls that nobody but the named ones may take.
import type { PickupParty, PickupProtectionRow } from '../pickup/call.ts';
import type { Store } from './open.ts';
import { collect, type Listing } from './pages.ts';
import { prepared } from './statements.ts';
import { finish, type Steps } from './steps.ts';

type Kind = PickupProtectionRow['kind'];

interface Row {
  readonly kind: Kind;
  readonly value: string;
  readonly allowed: string;
  readonly reason: string;
}

const PROTECTIONS: Listing<Row> = {
  table: 'pickup_protections',
  columns: 'kind, value, allowed, reason',
  key: ['kind', 'value'],
};

const fromRow = ({ allowed, ...row }: Row): PickupProtectionRow => ({ ...row, allowed: partiesOf(allowed) });

/** Anything else in the column allows nobody. */
function partiesOf(json: string): readonly PickupParty[] {
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed.filter(isPartyValue) : [];
}

function isPartyValue(value: unknown): value is PickupParty {
  if (typeof value !== 'object' || value === null || !('kind' in value) || !('name' in value)) return false;
  return (value.kind === 'extension' || value.kind === 'group') && typeof value.name === 'string';
}

/** By kind, then by value. */
export function readPickupProtections(store: Store): readonly PickupProtectionRow[] {
  return finish(pickupProtectionSteps(store));
}

export function pickupProtectionSteps(store: Store): Steps<PickupProtectionRow[]> {
  return collect(store, PROTECTIONS, fromRow);
}

/** Adds the protection, or puts it in the place of the one of that kind and value. */
export function writePickupProtection(store: Store, protection: PickupProtectionRow): void {
  const allowed = protection.allowed.map(({ kind, name }) => ({ kind, name }));
  prepared(
    store,
    `INSERT INTO pickup_protections (kind, value, allowed, reason) VALUES (?, ?, ?, ?)
     ON CONFLICT (kind, value) DO UPDATE SET allowed = excluded.allowed, reason = excluded.reason`,
  ).run(protection.kind, protection.value, JSON.stringify(allowed), protection.reason);
}

export function deletePickupProtection(store: Store, kind: Kind, value: string): void {
  prepared(store, 'DELETE FROM pickup_protections WHERE kind = ? AND value = ?').run(kind, value);
}

/** A protection that names somebody among those who may take all the same, and who that is. */
export type PickupAllowance = Row & { readonly name: string };

/** Those that name one of these extensions or pickup groups: in one statement for all names. */
export function readPickupAllowances(
  store: Store,
  kind: PickupParty['kind'],
  names: readonly string[],
): readonly PickupAllowance[] {
  const sql = `SELECT json_extract(one.value, '$.name') AS name, of.kind, of.value, of.allowed, of.reason
    FROM pickup_protections AS of, json_each(of.allowed) AS one
    WHERE json_extract(one.value, '$.kind') = @kind
    AND json_extract(one.value, '$.name') IN (SELECT value FROM json_each(@names)) ORDER BY of.kind, of.value`;
  return prepared<[object], PickupAllowance>(store, sql).all({ kind, names: JSON.stringify(names) });
}

/** The protections stay, without these: nobody else may take because of that. */
export function deletePickupAllowances(
  store: Store,
  kind: PickupParty['kind'],
  names: readonly string[],
): void {
  const gone = new Set(names);
  const found = new Map(
    readPickupAllowances(store, kind, names).map((row) => [`${row.kind} ${row.value}`, row]),
  );
  for (const { name: _, ...row } of found.values()) {
    const protection = fromRow(row);
    const allowed = protection.allowed.filter((one) => one.kind !== kind || !gone.has(one.name));
    writePickupProtection(store, { ...protection, allowed });
  }
}
