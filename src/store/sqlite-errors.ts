// The door for SQLite's and the file system's errors: told apart by their code, never by their text.
import { AppError, codeOf, messageOf, type ErrorCode } from '../errors.ts';

const DISK = 'Make room on its disk, or look at the system log for a failing one.';
const DAMAGED = 'Put the last backup in its place with `callwarden restore`.';

/** By primary result code; extended ones (`SQLITE_BUSY_SNAPSHOT`) fall back to it. */
const meanings: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  SQLITE_BUSY: ['unavailable', 'is locked by another program. Try again in a moment.'],
  SQLITE_LOCKED: ['unavailable', 'is locked by another program. Try again in a moment.'],
  SQLITE_FULL: ['unavailable', `cannot grow: the disk is full. ${DISK}`],
  SQLITE_IOERR: ['unavailable', `could not be read or written. ${DISK}`],
  SQLITE_CORRUPT: ['unavailable', `is damaged. ${DAMAGED}`],
  SQLITE_NOTADB: ['unavailable', `is not a database. ${DAMAGED}`],
  SQLITE_CANTOPEN: ['unavailable', 'cannot be opened. Check its path and its rights.'],
  SQLITE_READONLY: [
    'unauthorized',
    'cannot be written: it is read-only here. Run the command as its owner or as root, or look at the disk.',
  ],
  SQLITE_PERM: ['unauthorized', 'cannot be used by this user. Run the command as its owner or as root.'],
  SQLITE_CONSTRAINT: ['conflict', 'refused the change, because it contradicts what is stored.'],
  EACCES: ['unauthorized', 'cannot be opened by this user. Run the command as its owner or as root.'],
  EPERM: ['unauthorized', 'cannot be opened by this user. Run the command as its owner or as root.'],
  ENOENT: ['not-found', 'does not exist. Run `callwarden init` to make it.'],
  ENOTDIR: ['not-found', 'does not exist. Run `callwarden init` to make it.'],
  EROFS: ['unavailable', 'lies on a read-only file system.'],
  ENOSPC: ['unavailable', `cannot grow: the disk is full. ${DISK}`],
};

/**
 * An `AppError` that names the database and says what to do; an `AppError` comes back as it is. Errors
 * without a known code are mistakes of ours and become `internal`.
 */
export function translateError(error: unknown, path: string): AppError {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  const primary = /^SQLITE_[A-Z]+/.exec(code)?.[0] ?? code;
  const meaning = meanings[code] ?? meanings[primary];
  if (meaning) return new AppError(meaning[0], `The database ${path} ${meaning[1]}`, { cause: error });
  const text = messageOf(error);
  return new AppError('internal', `The database ${path} failed in an unforeseen way: ${text}.`, {
    cause: error,
  });
}

/** Whether it comes from the system, and not from the driver: about some file, and not about the database. */
export function isOfTheSystem(error: unknown): boolean {
  return /^E[A-Z0-9]+$/.test(codeOf(error));
}

/** Whether another program merely holds the lock: the one failure that passes by itself. */
export function isLocked(error: unknown): boolean {
  const cause = error instanceof AppError ? error.cause : error;
  return /^SQLITE_(?:BUSY|LOCKED)/.test(codeOf(cause));
}

/** Runs `work` with every foreign error translated. */
export function atDoor<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw translateError(error, path);
  }
}
