// The files that `callwarden init` makes: a commented configuration and the directory of the database.
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../errors.ts';

/** The user that the service runs as, where the system has one of that name. */
const SERVICE_USER = 'callwarden';
const PRIVATE_DIRECTORY = 0o700;
/**
 * Readable by the service's group, as it holds passwords; by the owner alone where there is no such group.
 */
const CONFIG_MODE = { group: 0o640, alone: 0o600 } as const;

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** The service's user and group, when run as root on a system that has them; else null. */
export function serviceOwner(): Owner | null {
  if (process.geteuid?.() !== 0) return null;
  try {
    const id = (option: string) => Number(execFileSync('id', [option, SERVICE_USER], { stdio: 'pipe' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return null;
  }
}

/** Makes the database's directory where it is missing; an existing one stays as it is. */
export function prepareDirectory(database: string, owner: Owner | null): void {
  const directory = dirname(database);
  if (existsSync(directory)) return;
  try {
    mkdirSync(dirname(directory), { recursive: true });
    mkdirSync(directory, { mode: PRIVATE_DIRECTORY });
    if (owner) chownSync(directory, owner.uid, owner.gid);
  } catch (error) {
    throw cannotWrite(directory, error);
  }
}

/** Makes the directory that a file is to lie in. */
export function prepareParent(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

/** Writes the configuration; one that was there is kept beside it as `.old`. */
export function writeConfig(file: string, text: string, owner: Owner | null): void {
  try {
    prepareParent(file);
    if (existsSync(file)) copyPrivately(file, `${file}.old`);
    writeFileSync(file, text, { mode: CONFIG_MODE.alone });
    chmodSync(file, owner ? CONFIG_MODE.group : CONFIG_MODE.alone);
    if (owner) chownSync(file, 0, owner.gid);
  } catch (error) {
    throw cannotWrite(file, error);
  }
}

function copyPrivately(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, statSync(from).mode & 0o777);
}

function cannotWrite(path: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  return new AppError(
    'unauthorized',
    `${path} cannot be written (${code}). Run \`callwarden init\` as root, or name other places with ` +
      '--config and --database.',
    { cause },
  );
}
