// Opens the database: the file's rights, the pragmas that keep it whole, the schema of this program.
import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { AppError } from '../errors.ts';
import { prepareFile } from './file-rights.ts';
import { migrate, refuseAlteredSchema, refuseForeign, schemaVersion, SCHEMA_VERSION } from './migrate.ts';
import { atDoor } from './sqlite-errors.ts';

const DEFAULT_OPEN_TIMEOUT_MS = 5_000;
const DEFAULT_BUSY_TIMEOUT_MS = 5_000;
/** Of each connection. The driver's own 16 MiB, five times over, would be most of the daemon's memory beside many records. */
const CACHE_KIB_MAX = 4096;
/** better-sqlite3 13 is built on Node-API 10 and crashes the process on an older one. */
const NAPI_MIN = 10;

/** An open database. Other rooms hand it on; only `store` looks inside. */
export interface Store extends Disposable {
  readonly path: string;
  readonly readonly: boolean;
  readonly db: Database.Database;
  readonly inode: number;
}

export interface OpenOptions {
  /** No write is possible; an older schema is still brought up to date, as no reader could read it. */
  readonly readonly?: boolean;
  /** Makes the file (mode 0600) if there is none. */
  readonly create?: boolean;
  /** How long a statement waits for another program's lock, on this thread. 0 for the daemon's event loop. */
  readonly busyTimeoutMs?: number;
  /** How long opening may wait for a program that opens or migrates; `busyTimeoutMs` counts afterwards. */
  readonly openTimeoutMs?: number;
}

/**
 * Throws `AppError`: `not-found`, `unauthorized`, `unavailable` (locked, damaged, disk), `conflict` (newer
 * schema).
 */
export function openStore(path: string, options: OpenOptions = {}): Store {
  refuseOldNode();
  return atDoor(path, () => {
    prepareFile(path, options.create === true);
    let store = open(path, options);
    if (store.readonly && schemaVersion(store.db) < SCHEMA_VERSION) {
      store[Symbol.dispose]();
      open(path, { ...options, readonly: false })[Symbol.dispose]();
      store = open(path, options);
    }
    return store;
  });
}

/**
 * A copy that nobody else knows yet: without the checks of a database in use, and without a backup of its own where its
 * schema is brought up to date.
 */
export function openCopy(path: string, options: Pick<OpenOptions, 'readonly'>): Store {
  return atDoor(path, () => open(path, { ...options, isCopy: true }));
}

function open(path: string, options: OpenOptions & { readonly isCopy?: boolean }): Store {
  const readonly = options.readonly === true;
  const inode = statSync(path).ino;
  const timeout = options.openTimeoutMs ?? DEFAULT_OPEN_TIMEOUT_MS;
  const db = new Database(path, { readonly, fileMustExist: true, timeout });
  try {
    // A function that somebody slipped into the schema gets no rights of ours.
    db.pragma('trusted_schema = OFF');
    // A page with impossible cells is damage, told at once instead of read over.
    db.pragma('cell_size_check = ON');
    // Off by default, and a setting of each connection: without it members outlive their group.
    db.pragma('foreign_keys = ON');
    db.pragma(`cache_size = -${CACHE_KIB_MAX}`);
    refuseForeign(db, path);
    if (!readonly) {
      // WAL: who reads the policy waits for no writer, and none for him.
      db.pragma('journal_mode = WAL');
      // FULL, for all: a change, a wrong PIN, a record that was acknowledged survives a power loss, not only a killed
      // process. NORMAL would spare an fsync for each batch of records, which are batched for that very reason.
      db.pragma('synchronous = FULL');
      migrate(db, path, options.isCopy !== true);
    }
    refuseAlteredSchema(db, path);
    db.pragma(`busy_timeout = ${options.busyTimeoutMs ?? DEFAULT_BUSY_TIMEOUT_MS}`);
  } catch (error) {
    db.close();
    throw error;
  }
  return { path, readonly, db, inode, [Symbol.dispose]: () => void db.close() };
}

function refuseOldNode(): void {
  if (Number(process.versions['napi']) >= NAPI_MIN) return;
  throw new AppError(
    'unavailable',
    `Node ${process.versions.node} cannot load the database driver. Start callwarden with Node 24.11 ` +
      'or newer.',
  );
}

/**
 * Changes whenever another connection has changed the file (`PRAGMA data_version`): compare with the last
 * answer of the same store. Costs microseconds and never waits for a writer.
 */
export function dataVersion(store: Store): number {
  return atDoor(store.path, () => Number(store.db.pragma('data_version', { simple: true })));
}

/**
 * Whether another file, or none, now lies where the store was opened: SQLite goes on with the old one and
 * notices nothing. Such a store must be closed and opened again.
 */
export function isReplaced(store: Store): boolean {
  const found = statSync(store.path, { throwIfNoEntry: false });
  return found?.ino !== store.inode;
}
