// The key file: 32 random bytes that PIN hashes depend on, kept outside the database and its backups.
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  statSync,
  writeSync,
} from 'node:fs';
import { AppError, codeOf } from '../errors.ts';

const KEY_BYTES = 32;
/** One line of hexadecimal digits, as a person can copy it. */
const FORM = /^[0-9a-f]{64}\r?\n?$/i;
/** Longer than the form by far; nothing larger is read. */
const SIZE_MAX = 1024;

/**
 * The 32 bytes. Throws `AppError`: `not-found` without a file, `unauthorized` where others could read it or
 * this user cannot, `invalid` where it holds no key.
 */
export function readKeyFile(path: string): Buffer {
  const found = atKeyFile(path, () => statSync(path));
  if (!found.isFile() || found.size > SIZE_MAX) throw noKey(path);
  if ((found.mode & 0o077) !== 0) {
    throw new AppError(
      'unauthorized',
      `The key file ${path} can be opened by other users. Run \`chmod 600 ${path}\` after a look at it.`,
    );
  }
  const text = atKeyFile(path, () => readFileSync(path, 'latin1'));
  if (!FORM.test(text)) throw noKey(path);
  return Buffer.from(text.trimEnd(), 'hex');
}

/**
 * Makes the file with a new key, for its owner alone; one that is there already is left as it is, and the
 * answer is false: without its key no PIN is ever right again.
 */
export function makeKeyFile(
  path: string,
  owner: { readonly uid: number; readonly gid: number } | null,
): boolean {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  try {
    const file = openSync(path, flags, 0o600);
    try {
      writeSync(file, `${randomBytes(KEY_BYTES).toString('hex')}\n`);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    if (owner) chownSync(path, owner.uid, owner.gid);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    throw new AppError(
      'unauthorized',
      `The key file ${path} cannot be made (${code}). Run the command as root, or name another place in ` +
        '[security] key-file.',
      { cause: error },
    );
  }
}

function atKeyFile<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') {
      throw new AppError(
        'not-found',
        `There is no key file at ${path}, and without it no PIN can be checked. Put the one from your ` +
          'backup there, or name its place in [security] key-file.',
        { cause: error },
      );
    }
    throw new AppError(
      'unauthorized',
      `The key file ${path} cannot be read (${code}). Run the command as its owner or as root.`,
      { cause: error },
    );
  }
}

function noKey(path: string): AppError {
  return new AppError(
    'invalid',
    `${path} is no key file: it must hold one line of 64 hexadecimal digits. Put the one from your backup there.`,
  );
}
