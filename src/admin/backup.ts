// Backups of the whole database, and the way back from one.
import { statSync } from 'node:fs';
import { appendAudit } from '../store/audit.ts';
import type { CarriedOver } from '../store/carry-over.ts';
import { copyDatabase } from '../store/database-copy.ts';
import type { Store } from '../store/open.ts';
import { sealPolicy } from '../store/policy.ts';
import { replaceDatabase, type Replacement } from '../store/replace.ts';
import { atDoor } from '../store/sqlite-errors.ts';
import { checkCopy, type Contents } from '../store/whole.ts';
import { refuseActor, type AdminContext } from './change.ts';
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
