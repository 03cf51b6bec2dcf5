// Who else may read or change what the daemon trusts: asked once, at its start.
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../errors.ts';
import type { Config } from './config.ts';

const READABLE_BY_ALL = 0o004;
const WRITABLE_BY_OTHERS = 0o022;
const STICKY = 0o1000;

/** Whether anybody but the owner may change such a file. */
export const isOpenToChange = (mode: number) => (mode & WRITABLE_BY_OTHERS) !== 0;

/**
 * What should be mended, as sentences: passwords that every user of the machine can read. That is no reason to leave
 * calls unscreened, and a file mounted into a container has the rights of its host.
 * @throws AppError `unauthorized` where other users could change the configuration, or put a socket of theirs in the
 * place of the daemon's.
 */
export function checkRights({ file, socket }: Pick<Config, 'file' | 'socket'>): readonly string[] {
  const { mode } = statSync(file);
  if (isOpenToChange(mode)) {
    throw new AppError(
      'unauthorized',
      `Other users may write to the configuration ${file}. Run \`chmod 640 ${file}\` after a look at it.`,
    );
  }
  const folder = dirname(socket.path);
  const found = statSync(folder, { throwIfNoEntry: false });
  // In a folder with the sticky bit nobody can take away what is another's.
  if (found && isOpenToChange(found.mode) && (found.mode & STICKY) === 0) {
    throw new AppError(
      'unauthorized',
      `Other users may write to ${folder}, where the daemon's socket is to lie. Run \`chmod 755 ${folder}\`, or set ` +
        '[socket] path to another folder.',
    );
  }
  if ((mode & READABLE_BY_ALL) === 0) return [];
  return [
    `Every user of this machine can read ${file}. Where it holds a password, run \`chmod 640 ${file}\`.`,
  ];
}
