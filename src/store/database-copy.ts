// A whole copy of a database in a file of its own, of one moment, while others go on writing.
import type Database from 'better-sqlite3';
import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError, codeOf } from '../errors.ts';
import { giveToOwnerOf } from './file-rights.ts';

/** What is not yet whole has this name, and is written over by the next one. */
export const unfinishedName = (target: string) => `${target}.${process.pid}.unfinished`;

export interface CopyOptions {
  /** Whose owner the copy gets, where root makes it; nothing is changed without it. */
  readonly ownerOf?: string;
  /** Whether a file that is there already may go. */
  readonly replaces: boolean;
  /** Looks at the finished copy, under a name of its own, before it gets its place; a throw leaves nothing behind. */
  readonly check?: (file: string) => void;
}

/**
 * Copies by `VACUUM INTO`: the read lock of one moment, so that no writer waits. The copy is readable by its owner
 * alone, and on disk when it gets its name: one that exists is a whole one.
 */
export function copyDatabase(db: Database.Database, target: string, options: CopyOptions): void {
  const unfinished = unfinishedName(target);
  rmSync(unfinished, { force: true });
  try {
    closeSync(openSync(unfinished, 'wx', 0o600));
    db.prepare('VACUUM INTO ?').run(unfinished);
    options.check?.(unfinished);
    if (options.ownerOf !== undefined) giveToOwnerOf(options.ownerOf, unfinished);
    syncFile(unfinished);
    if (options.replaces) renameSync(unfinished, target);
    else placeNew(unfinished, target);
    syncFile(dirname(target));
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** A link fails where a file is there, and so takes nobody's place. */
function placeNew(file: string, target: string): void {
  try {
    linkSync(file, target);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new AppError(
      'conflict',
      `${target} is there already, and is left as it is. Name another file, or write over it with --force.`,
      { cause: error },
    );
  }
}

/** Of a file, or of the names in a directory. */
export function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
