// A database put in the place of another one, which is kept beside it; a running daemon goes on with the new one.
import { copyFileSync, constants, chmodSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../errors.ts';
import { auditHeadFile } from './audit-head.ts';
import { carryOver, type CarriedOver } from './carry-over.ts';
import { syncFile, unfinishedName } from './database-copy.ts';
import { giveToOwnerOf } from './file-rights.ts';
import { openCopy, openStore, type Store } from './open.ts';
import { atDoor, isLocked, translateError } from './sqlite-errors.ts';
import { checkWhole, type Contents } from './whole.ts';

/** Files of SQLite beside a database. */
const COMPANIONS = ['-wal', '-shm'] as const;

export interface Replacement {
  /** Where the replaced database lies now; null where there was none. */
  readonly keptAs: string | null;
  readonly backup: Contents;
  /** Null where nothing could be taken over: there was no database, or none that can be read. */
  readonly carried: CarriedOver | null;
}

export interface ReplaceOptions {
  readonly database: string;
  /** Read, and left as it is. */
  readonly backup: string;
  /** In the name of the replaced one: `20261121-143000123`. */
  readonly stamp: string;
  /** The last of the change, in its transaction: seals and records it. */
  readonly finish: (store: Store, carried: CarriedOver | null, backup: Contents) => void;
}

/**
 * Puts the backup in the database's place, checked, brought to this program's schema, with all that happened since
 * carried over. The replaced one stays locked until it is out of the way, so that no writer's work is lost in it.
 * Throws `AppError`; then nothing was replaced.
 */
export function replaceDatabase(options: ReplaceOptions): Replacement {
  const { database, backup, stamp, finish } = options;
  refuseLiveFile(database, backup);
  const prepared = unfinishedName(database);
  try {
    copyPrivately(backup, prepared);
    const held = holdOld(database);
    try {
      const { contents, carried } = prepare(prepared, held, finish);
      const kept = `${database}.replaced-${stamp}`;
      const keptAs = swap(prepared, database, kept, carried === null || carried.auditRecords === null);
      return { keptAs, backup: contents, carried };
    } finally {
      if (held?.db.inTransaction === true) held.db.exec('ROLLBACK');
      held?.[Symbol.dispose]();
    }
  } finally {
    for (const suffix of ['', '-journal', ...COMPANIONS]) rmSync(prepared + suffix, { force: true });
  }
}

function refuseLiveFile(database: string, backup: string): void {
  const found = statSync(backup, { throwIfNoEntry: false });
  if (found?.isFile() !== true) throw new AppError('not-found', `There is no backup at ${backup}.`);
  const here = statSync(database, { throwIfNoEntry: false });
  const journal = statSync(`${backup}-wal`, { throwIfNoEntry: false });
  if ((here?.ino === found.ino && here.dev === found.dev) || (journal?.size ?? 0) > 0) {
    throw new AppError(
      'invalid',
      `${backup} is a database in use, not a backup: part of it lies in ${backup}-wal. Take a backup of it with ` +
        '`callwarden --database <file> backup <file>`, and restore that.',
    );
  }
}

function copyPrivately(from: string, to: string): void {
  rmSync(to, { force: true });
  atDoor(to, () => copyFileSync(from, to, constants.COPYFILE_EXCL));
  chmodSync(to, 0o600);
}

/** The database in use, locked against writers; null where there is none that can be used. */
function holdOld(database: string): Store | null {
  let held: Store | null = null;
  try {
    held = openStore(database);
    held.db.exec('BEGIN IMMEDIATE');
    checkWhole(held);
    return held;
  } catch (error) {
    held?.[Symbol.dispose]();
    // A lock passes, and rights can be put right: neither is a reason to leave behind what the database knows.
    const isRefused = error instanceof AppError && error.code === 'unauthorized' && error.cause === undefined;
    if (isRefused || isLocked(error)) throw translateError(error, database);
    return null;
  }
}

function prepare(path: string, held: Store | null, finish: ReplaceOptions['finish']) {
  using store = openCopy(path, {});
  const contents = checkWhole(store);
  if (held) atDoor(held.path, () => store.db.prepare('ATTACH ? AS replaced').run(held.path));
  // Begun by hand: a transaction of both would wait for the lock that is held on the other one.
  const carried = atDoor(path, () => {
    store.db.exec('BEGIN');
    try {
      const taken = held ? carryOver(store, held) : null;
      finish(store, taken, contents);
      store.db.exec('COMMIT');
      return taken;
    } finally {
      if (store.db.inTransaction) store.db.exec('ROLLBACK');
    }
  });
  if (held) store.db.exec('DETACH replaced');
  checkWhole(store);
  // One file without companions.
  store.db.pragma('journal_mode = DELETE');
  return { contents, carried };
}

/**
 * The database goes first: while none has its name nobody can open one with another's journal. Connections that are
 * open keep what they have, and find out that theirs was replaced.
 */
function swap(prepared: string, database: string, kept: string, headGoes: boolean): string | null {
  giveToOwnerOf(dirname(database), prepared);
  syncFile(prepared);
  const existed = existsSync(database);
  if (existed) renameSync(database, kept);
  for (const suffix of COMPANIONS) moveIfThere(database + suffix, kept + suffix);
  // Signed over records that are not in the new chain.
  if (headGoes) moveIfThere(auditHeadFile(database), auditHeadFile(kept));
  renameSync(prepared, database);
  syncFile(dirname(database));
  return existed ? kept : null;
}

function moveIfThere(from: string, to: string): void {
  if (existsSync(from)) renameSync(from, to);
}
