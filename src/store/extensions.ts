// The rows of the extensions and their rights.
import type { ExtensionRow, PinEntry, PinUse } from '../barring/policy.ts';
import { pickupWays, type PickupParty, type PickupPerson, type PickupWay } from '../pickup/call.ts';
import type { Store } from './open.ts';
import { collect } from './pages.ts';
import {
  deletePickupAllowances,
  deletePickupProtection,
  readPickupAllowances,
} from './pickup-protections.ts';
import { deletePickupRight, readPickupRightsOf } from './pickup-rights.ts';
import { asBit, shorterFirst, wordsOf } from './rows.ts';
import { prepared } from './statements.ts';
import { finish, type Steps } from './steps.ts';

export interface ExtensionRecord extends ExtensionRow {
  /** May pick up any ringing call, not only those of its own groups. */
  readonly anyPickup: boolean;
  /** Where mail reaches its owner; '' for none. */
  readonly mail: string;
  /** How its owner is told that a call of his was taken; null: as the setting says. */
  readonly pickupNotice: readonly PickupWay[] | null;
}

interface Row {
  readonly extension: string;
  readonly name: string;
  readonly international: number;
  readonly barred: number;
  readonly level: ExtensionRow['level'];
  readonly schedule: string | null;
  readonly pin: PinUse | null;
  readonly pin_entry: PinEntry | null;
  readonly any_pickup: number;
  readonly mail: string;
  readonly pickup_notice: string | null;
}

const fromRow = (row: Row): ExtensionRecord => ({
  extension: row.extension,
  name: row.name,
  right: row.barred === 1 ? 'off' : row.international === 1 ? 'on' : 'inherit',
  level: row.level,
  schedule: row.schedule,
  pin: row.pin,
  pinEntry: row.pin_entry,
  anyPickup: row.any_pickup === 1,
  mail: row.mail,
  pickupNotice: row.pickup_notice === null ? null : wordsOf(row.pickup_notice, pickupWays),
});

const COLUMNS = `extension, name, international, any_pickup, barred, level, schedule, pin, pin_entry, mail,
  pickup_notice`;

/** Shorter numbers first, so that 999 stands before 1000. */
export function readExtensions(store: Store): readonly ExtensionRecord[] {
  return finish(extensionSteps(store)).sort((left, right) => shorterFirst(left.extension, right.extension));
}

/** All extensions by their characters. */
export function extensionSteps(store: Store): Steps<ExtensionRecord[]> {
  return collect(store, { table: 'extensions', columns: COLUMNS, key: ['extension'] }, fromRow);
}

export function readExtension(store: Store, extension: string): ExtensionRecord | null {
  const sql = `SELECT ${COLUMNS} FROM extensions WHERE extension = ?`;
  const row = prepared<[string], Row>(store, sql).get(extension);
  return row ? fromRow(row) : null;
}

/** How many the policy holds. */
export const countExtensions = (store: Store): number =>
  Number(prepared<[]>(store, 'SELECT count(*) FROM extensions').pluck().get());

export function writeExtension(store: Store, record: ExtensionRecord): void {
  prepared(
    store,
    `INSERT INTO extensions (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (extension) DO UPDATE SET
     name = excluded.name, international = excluded.international, any_pickup = excluded.any_pickup,
     barred = excluded.barred, level = excluded.level, schedule = excluded.schedule, pin = excluded.pin,
     pin_entry = excluded.pin_entry, mail = excluded.mail, pickup_notice = excluded.pickup_notice`,
  ).run(
    record.extension,
    record.name,
    asBit(record.right === 'on'),
    asBit(record.anyPickup),
    asBit(record.right === 'off'),
    record.level,
    record.schedule,
    record.pin,
    record.pinEntry,
    record.mail,
    record.pickupNotice && JSON.stringify(record.pickupNotice),
  );
}

/** What pickup knows of an extension's owner; null where there is nothing to know. */
export function pickupPersonOf(record: ExtensionRecord): PickupPerson | null {
  const { extension, name, mail, pickupNotice: notice } = record;
  return name === '' && mail === '' && notice === null ? null : { extension, name, mail, notice };
}

/** What stands under the name of an extension in other tables than its own, pickup groups aside. */
export interface ExtensionTies {
  readonly groups: readonly string[];
  readonly lists: readonly string[];
  /** Ids. */
  readonly exceptions: readonly number[];
  readonly pins: readonly string[];
  readonly limits: readonly number[];
  /** Ids. */
  readonly pickupRights: readonly number[];
  /** The extension itself where it is protected, and the protections that name it: `caller +525512345678`. */
  readonly pickupProtections: readonly string[];
}

const asParty = (extension: string): PickupParty => ({ kind: 'extension', name: extension });

export function readExtensionTies(store: Store, extension: string): ExtensionTies {
  const column = <Value>(sql: string) => prepared<[string], Value>(store, sql).pluck().all(extension);
  return {
    groups: column('SELECT group_name FROM group_members WHERE extension = ? ORDER BY group_name'),
    lists: column(
      `SELECT list_name FROM authorised_attachments WHERE kind = 'extension' AND name = ? ORDER BY list_name`,
    ),
    exceptions: column('SELECT id FROM exceptions WHERE extension = ? ORDER BY id'),
    pins: column(`SELECT pin_id FROM pin_holders WHERE kind = 'extension' AND name = ? ORDER BY pin_id`),
    limits: column(`SELECT id FROM limits WHERE layer = 'extension' AND name = ? ORDER BY id`),
    pickupRights: readPickupRightsOf(store, asParty(extension)),
    pickupProtections: [
      ...column<string>(
        `SELECT kind || ' ' || value FROM pickup_protections WHERE kind = 'extension' AND value = ?`,
      ),
      ...readPickupAllowances(store, asParty(extension))
        .filter(({ kind, value }) => kind !== 'extension' || value !== extension)
        .map(({ kind, value }) => `${kind} ${value}`),
    ],
  };
}

/** Takes everything along that stands under its name, so that a successor inherits nothing. */
export function deleteExtension(store: Store, extension: string): void {
  deleteUnder(store, extension, [
    'DELETE FROM group_members WHERE extension = ?',
    `DELETE FROM authorised_attachments WHERE kind = 'extension' AND name = ?`,
    'DELETE FROM exceptions WHERE extension = ?',
    `DELETE FROM limits WHERE layer = 'extension' AND name = ?`,
  ]);
  for (const id of readPickupRightsOf(store, asParty(extension))) deletePickupRight(store, id);
  deletePickupProtection(store, 'extension', extension);
  deletePickupAllowances(store, asParty(extension));
  deleteExtensionAlone(store, extension);
}

/** Leaves everything but its PINs: a policy file says by itself what else stands under the name. */
export function deleteExtensionAlone(store: Store, extension: string): void {
  deleteUnder(store, extension, [
    `DELETE FROM pin_holders WHERE kind = 'extension' AND name = ?`,
    'DELETE FROM extensions WHERE extension = ?',
  ]);
}

function deleteUnder(store: Store, extension: string, statements: readonly string[]): void {
  for (const sql of statements) prepared(store, sql).run(extension);
}
