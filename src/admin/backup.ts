// Backups of the whole database, and the way back from one.
import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AppError } from '../errors.ts';
import { appendAudit } from '../store/audit.ts';
import type { CarriedOver } from '../store/carry-over.ts';
import { copyDatabase } from '../store/database-copy.ts';
import type { Store } from '../store/open.ts';
import { sealPolicy } from '../store/policy.ts';
import { replaceDatabase, type Replacement } from '../store/replace.ts';
import { deleteAllSessions } from '../store/sessions.ts';
import { atDoor } from '../store/sqlite-errors.ts';
import { checkCopy, type Contents } from '../store/whole.ts';
import { changeBeside, refuseActor, type AdminContext } from './change.ts';
import { remember } from './policy-file/remember.ts';

/** What a backup must not hold, or need not: the person who keeps it keeps these too, elsewhere. */
export const NOT_IN_BACKUP: readonly string[] = [
  'the key file',
  'callwarden.toml',
  'what Asterisk was given',
];

export interface Backup extends Contents {
  readonly file: string;
  readonly bytes: number;
}

/**
 * Writes one moment of the database into a file of its own, while calls and changes go on. The file is checked page by
 * page before it gets its name. Throws `AppError`: `conflict` for a file that is there, without `replaces`.
 */
export function takeBackup(store: Store, file: string, replaces: boolean): Backup {
  let contents: Contents | null = null;
  atDoor(file, () =>
    copyDatabase(store.db, file, {
      replaces,
      check: (copy) => {
        contents = checkCopy(copy);
      },
    }),
  );
  return { file, bytes: statSync(file).size, ...(contents ?? checkCopy(file)) };
}

/** A larger database is backed up on its own machine: in so long as a browser waits, it is neither copied nor checked. */
export const BACKUP_BYTES_MAX = 1024 ** 3;
/** What nobody has fetched by then is left from a daemon that was stopped. */
const LEFT_BEHIND_MS = 3_600_000;

const downloadName = (database: string) => `${basename(database)}.download-`;

/**
 * A backup under a name of its own beside the database, for somebody who fetches it at once and takes it away. Throws
 * `AppError('conflict')` for a database that is too large.
 */
export function backupForDownload(store: Store, { bytesMax }: { readonly bytesMax: number }): Backup {
  const { path } = store;
  const { size } = statSync(path);
  if (size > bytesMax) {
    throw new AppError(
      'conflict',
      `The database has ${Math.ceil(size / 1024 ** 2)} MB, too many to be downloaded. Run \`callwarden backup\` on the machine.`,
    );
  }
  removeLeftBehind(path);
  return takeBackup(store, join(dirname(path), `${downloadName(path)}${randomUUID()}`), false);
}

function removeLeftBehind(database: string): void {
  const folder = dirname(database);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(downloadName(database))) continue;
    const file = join(folder, name);
    const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: Date.now() };
    if (Date.now() - mtimeMs > LEFT_BEHIND_MS) rmSync(file, { force: true });
  }
}

/** Who takes a copy has every record and the hashes of PINs and passwords: the audit says who it was. */
export function noteBackup(context: AdminContext): void {
  changeBeside(context, () => ({
    changes: [{ action: 'backup-taken', subject: 'database', before: null, after: { file: 'download' } }],
  }));
}

export interface Restored extends Replacement {
  /** The version that is in force now. */
  readonly policyVersion: number;
}

/** Puts a backup in the place of the database that `context` names, in one step, with an audit record. */
export function restoreBackup(
  context: Omit<AdminContext, 'store'> & { readonly database: string },
  backup: string,
): Restored {
  const { database, actor, pbx, nowMs } = context;
  refuseActor(actor);
  let version = 0;
  const finish = (store: Store, carried: CarriedOver | null, { policyVersion: before }: Contents) => {
    // Who was signed in when the backup was taken need not be the one who may be now.
    deleteAllSessions(store);
    version = sealPolicy(store);
    remember(store, version, actor, nowMs);
    const after = { file: backup, policyVersion: before, auditRecords: carried?.auditRecords ?? null };
    appendAudit(store, [
      {
        atMs: nowMs,
        pbx,
        actor,
        action: 'database-restored',
        subject: 'database',
        before: carried ? { policyVersion: carried.policyVersion } : null,
        after,
        policyVersion: version,
      },
    ]);
  };
  const stamp = new Date(nowMs)
    .toISOString()
    .replaceAll(/[-:.Z]/g, '')
    .replace('T', '-');
  const done = replaceDatabase({ database, backup, stamp, finish });
  return { ...done, policyVersion: version };
}
