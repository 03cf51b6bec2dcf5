// The rows of the calls that nobody but the named ones may take.
import type { PickupParty, PickupProtectionRow } from '../pickup/call.ts';
import type { Store } from './open.ts';
import { collect, type Listing } from './pages.ts';
import { isParty } from './pickup-rights.ts';
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
  store.db
    .prepare(
      `INSERT INTO pickup_protections (kind, value, allowed, reason) VALUES (?, ?, ?, ?)
       ON CONFLICT (kind, value) DO UPDATE SET allowed = excluded.allowed, reason = excluded.reason`,
    )
    .run(protection.kind, protection.value, JSON.stringify(allowed), protection.reason);
}

export function deletePickupProtection(store: Store, kind: Kind, value: string): void {
  prepared(store, 'DELETE FROM pickup_protections WHERE kind = ? AND value = ?').run(kind, value);
}

/** The protections that name this extension or pickup group among those who may take all the same. */
export function readPickupAllowances(store: Store, party: PickupParty): readonly PickupProtectionRow[] {
  const sql = `SELECT kind, value, allowed, reason FROM pickup_protections
    WHERE instr(allowed, ?) > 0 ORDER BY kind, value`;
  return prepared<[string], Row>(store, sql)
    .all(JSON.stringify(party.name))
    .map(fromRow)
    .filter(({ allowed }) => allowed.some((one) => isParty(one, party)));
}

/** The protections stay, without it: nobody else may take because of that. */
export function deletePickupAllowances(store: Store, party: PickupParty): void {
  for (const row of readPickupAllowances(store, party)) {
    writePickupProtection(store, { ...row, allowed: row.allowed.filter((one) => !isParty(one, party)) });
  }
}
