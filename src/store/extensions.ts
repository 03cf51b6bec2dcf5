// The rows of the extensions and their rights.
import type { Store } from './open.ts';

export interface ExtensionRecord {
  readonly extension: string;
  readonly name: string;
  /** False is *disallow international calls*. */
  readonly international: boolean;
  /** May pick up any ringing call, not only those of its own groups. */
  readonly anyPickup: boolean;
}

interface Row {
  readonly extension: string;
  readonly name: string;
  readonly international: number;
  readonly any_pickup: number;
}

const fromRow = (row: Row): ExtensionRecord => ({
  extension: row.extension,
  name: row.name,
  international: row.international === 1,
  anyPickup: row.any_pickup === 1,
});

const COLUMNS = 'extension, name, international, any_pickup';

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
      `INSERT INTO extensions (${COLUMNS}) VALUES (?, ?, ?, ?) ON CONFLICT (extension) DO UPDATE SET
       name = excluded.name, international = excluded.international, any_pickup = excluded.any_pickup`,
    )
    .run(record.extension, record.name, record.international ? 1 : 0, record.anyPickup ? 1 : 0);
}

export function deleteExtension(store: Store, extension: string): void {
  store.db.prepare('DELETE FROM extensions WHERE extension = ?').run(extension);
}
