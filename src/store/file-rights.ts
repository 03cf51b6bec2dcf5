// The database's file: whose it is, who else may touch it, and how a new one is made.
import { chownSync, closeSync, constants, lstatSync, openSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../errors.ts';

const OTHERS = 0o077;
const WRITABLE_BY_ALL = 0o002;
/** Of a directory: only the owner of a file may take it away. */
const STICKY = 0o1000;

/**
 * Makes the file where there is none and it is asked for. Throws `AppError`: `not-found`, or `unauthorized` for a
 * link, another's file, one that others can open, and one that anybody could put another in the place of.
 */
export function prepareFile(path: string, create: boolean): void {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found && create) return createFile(path);
  if (!found) {
    throw new AppError(
      'not-found',
      `There is no database at ${path}. Run \`callwarden init\` to make it, or \`callwarden restore\` to put a ` +
        'backup there.',
    );
  }
  if (found.isSymbolicLink()) {
    throw refused(
      `The database ${path} is a symbolic link, which is refused. Name the file itself in [database] path.`,
    );
  }
  if (!found.isFile()) throw refused(`The database ${path} is not a regular file.`);
  if ((found.mode & OTHERS) !== 0) {
    throw refused(
      `The database ${path} can be opened by other users. Run \`chmod 600 ${path}\` after a look at it.`,
    );
  }
  if (found.size === 0 && !create) {
    throw new AppError(
      'unavailable',
      `The database ${path} is empty: it was cut off, or never set up. Put the last backup in its place with ` +
        '`callwarden restore`.',
    );
  }
  refuseStrangers(path, found);
}

/** Root opens everything, so nobody but itself and the directory's owner may have put the file there. */
function refuseStrangers(path: string, file: Stats): void {
  const directory = statSync(dirname(path));
  const isOpenToAll = (directory.mode & WRITABLE_BY_ALL) !== 0 && (directory.mode & STICKY) === 0;
  if (isOpenToAll) {
    throw refused(
      `Any user can put another database in the place of ${path}. Run \`chmod o-w ${dirname(path)}\`.`,
    );
  }
  const user = process.geteuid?.() ?? file.uid;
  if (file.uid === user || (user === 0 && file.uid === directory.uid)) return;
  throw refused(
    `The database ${path} belongs to another user (${file.uid}). Run \`chown ${directory.uid} ${path}\` after a ` +
      'look at it, or run the command as its owner.',
  );
}

/**
 * The owner of a new file is the owner of its directory, so that `init` as root serves the daemon's own user.
 */
function createFile(path: string): void {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  closeSync(openSync(path, flags, 0o600));
  giveToOwnerOf(dirname(path), path);
}

/** Run as root, makes a file belong to whoever owns the other one; does nothing for others, who cannot. */
export function giveToOwnerOf(owned: string, path: string): void {
  if (process.geteuid?.() !== 0) return;
  const { uid, gid } = statSync(owned);
  chownSync(path, uid, gid);
}

const refused = (sentence: string) => new AppError('unauthorized', sentence);
