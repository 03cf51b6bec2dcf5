// The rows of the extensions and their rights.
import type { ExtensionRow, PinEntry, PinUse } from '../barring/policy.ts';
import type { Store } from './open.ts';
import { asBit } from './rows.ts';

export interface ExtensionRecord extends ExtensionRow {
  /** May pick up any ringing call, not only those of its own groups. */
  readonly anyPickup: boolean;
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
});

const COLUMNS = 'extension, name, international, any_pickup, barred, level, schedule, pin, pin_entry';

/** Shorter numbers first, so that 999 stands before 1000. */
export function readExtensions(store: Store): readonly ExtensionRecord[] {
  const sql = `SELECT ${COLUMNS} FROM extensions ORDER BY length(extension), extension`;
  return store.db.prepare<[], Row>(sql).all().map(fromRow);
}

export function readExtension(store: Store, extension: string): ExtensionRecord | null {
  const sql = `SELECT ${COLUMNS} FROM extensions WHERE extension = ?`;
  const row = store.db.prepare<[string], Row>(sql).get(extension);
  return row ? fromRow(row) : null;
}

export function writeExtension(store: Store, record: ExtensionRecord): void {
  store.db
    .prepare(
      `INSERT INTO extensions (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (extension) DO UPDATE SET
       name = excluded.name, international = excluded.international, any_pickup = excluded.any_pickup,
       barred = excluded.barred, level = excluded.level, schedule = excluded.schedule, pin = excluded.pin,
       pin_entry = excluded.pin_entry`,
    )
    .run(
      record.extension,
      record.name,
      asBit(record.right === 'on'),
      asBit(record.anyPickup),
      asBit(record.right === 'off'),
      record.level,
      record.schedule,
      record.pin,
      record.pinEntry,
    );
}

export function deleteExtension(store: Store, extension: string): void {
  store.db.prepare('DELETE FROM extensions WHERE extension = ?').run(extension);
}
