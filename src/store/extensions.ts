// The rows of the extensions and their rights.
import type { ExtensionRow, PinEntry, PinUse } from '../barring/policy.ts';
import { pickupWays, type PickupPerson, type PickupWay } from '../pickup/call.ts';
import type { Store } from './open.ts';
import { collect } from './pages.ts';
import { deletePickupAllowances, readPickupAllowances } from './pickup-protections.ts';
import { deletePickupRightsOf, readPickupRightsOf } from './pickup-rights.ts';
import { asBit, groupedBy, shorterFirst, wordsOf, type Tie } from './rows.ts';
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

/** Names are given as one JSON list, so that thousands of them take one statement a table. */
const AMONG = 'IN (SELECT value FROM json_each(?))';

export function readExtensionTies(store: Store, extension: string): ExtensionTies {
  return tiesOfExtensions(store, [extension])(extension);
}

/** Reads what stands under these names, and finds that of each. */
export function tiesOfExtensions(
  store: Store,
  extensions: readonly string[],
): (extension: string) => ExtensionTies {
  const names = JSON.stringify(extensions);
  const byName = <Other>(rows: readonly Tie<Other>[]) => {
    const found = groupedBy(rows, ({ name }) => name);
    return (name: string) => (found.get(name) ?? []).map(({ tie }) => tie);
  };
  const column = <Other>(sql: string) =>
    byName(prepared<[string], Tie<Other>>(store, `SELECT ${sql} ${AMONG} ORDER BY tie`).all(names));
  const groups = column<string>('extension AS name, group_name AS tie FROM group_members WHERE extension');
  const lists = column<string>(
    `name, list_name AS tie FROM authorised_attachments WHERE kind = 'extension' AND name`,
  );
  const exceptions = column<number>('extension AS name, id AS tie FROM exceptions WHERE extension');
  const pins = column<string>(`name, pin_id AS tie FROM pin_holders WHERE kind = 'extension' AND name`);
  const limits = column<number>(`name, id AS tie FROM limits WHERE layer = 'extension' AND name`);
  const own = column<string>(
    `value AS name, kind || ' ' || value AS tie FROM pickup_protections WHERE kind = 'extension' AND value`,
  );
  const rights = byName(readPickupRightsOf(store, 'extension', extensions));
  const allowances = byName(
    readPickupAllowances(store, 'extension', extensions)
      .filter(({ kind, value, name }) => kind !== 'extension' || value !== name)
      .map(({ kind, value, name }) => ({ name, tie: `${kind} ${value}` })),
  );
  return (extension) => ({
    groups: groups(extension),
    lists: lists(extension),
    exceptions: exceptions(extension),
    pins: pins(extension),
    limits: limits(extension),
    pickupRights: rights(extension),
    pickupProtections: [...own(extension), ...allowances(extension)],
  });
}

/** Takes everything along that stands under their names, so that a successor inherits nothing. */
export function deleteExtensions(store: Store, extensions: readonly string[]): void {
  for (const sql of [
    'pickup_group_members WHERE extension',
    'group_members WHERE extension',
    `authorised_attachments WHERE kind = 'extension' AND name`,
    'exceptions WHERE extension',
    `limits WHERE layer = 'extension' AND name`,
    `pickup_protections WHERE kind = 'extension' AND value`,
    `pin_holders WHERE kind = 'extension' AND name`,
    'extensions WHERE extension',
  ])
    prepared(store, `DELETE FROM ${sql} ${AMONG}`).run(JSON.stringify(extensions));
  deletePickupRightsOf(store, 'extension', extensions);
  deletePickupAllowances(store, 'extension', extensions);
}

/** Leaves everything but its PINs: a policy file says by itself what else stands under the name. */
export function deleteExtensionAlone(store: Store, extension: string): void {
  prepared(store, `DELETE FROM pin_holders WHERE kind = 'extension' AND name = ?`).run(extension);
  prepared(store, 'DELETE FROM extensions WHERE extension = ?').run(extension);
}
