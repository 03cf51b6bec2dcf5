// Brings a database file to the schema of this program: numbered steps, one transaction each, a backup
// before.
import type Database from 'better-sqlite3';
import { chownSync, closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { AppError } from '../errors.ts';
import { policyTables } from './migrations/0001-policy.ts';
import { auditTables } from './migrations/0002-audit.ts';
import { callTables } from './migrations/0003-calls.ts';
import { policyLayerTables } from './migrations/0004-policy-layers.ts';
import { usageTables } from './migrations/0005-usage.ts';

/** In order; the position of a step is the `user_version` after it. A released step never changes. */
const steps: readonly string[] = [policyTables, auditTables, callTables, policyLayerTables, usageTables];

/** `CWRD` in ASCII, in the file's header: whose database it is. */
const APPLICATION_ID = 0x43_57_52_44;

export const SCHEMA_VERSION = steps.length;

/** `user_version` of the file; 0 for a fresh one. */
export function schemaVersion(db: Database.Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

/**
 * Refuses a file of another program (Asterisk's own database, say), and one that a newer callwarden has
 * changed.
 */
export function refuseForeign(db: Database.Database, path: string): void {
  const version = schemaVersion(db);
  const tables = Number(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get());
  const application = Number(db.pragma('application_id', { simple: true }));
  if (tables > 0 && application !== APPLICATION_ID) {
    throw new AppError(
      'conflict',
      `The file ${path} is a database of another program. Name callwarden's own in [database] path.`,
    );
  }
  if (version <= SCHEMA_VERSION) return;
  throw new AppError(
    'conflict',
    `The database ${path} was written by a newer callwarden (schema ${version}; this one knows ` +
      `${SCHEMA_VERSION}). ` +
      'Install that version again, or put back the backup from before the upgrade.',
  );
}

/**
 * Runs the missing steps. An existing database is first copied beside itself as
 * `<path>.schema-<version>.backup`. Two programs that start at once are safe: each step looks at the version
 * again inside its transaction.
 */
export function migrate(db: Database.Database, path: string): void {
  refuseForeign(db, path);
  const from = schemaVersion(db);
  if (from === SCHEMA_VERSION) return;
  if (from > 0) backUp(db, path, from);
  steps.forEach((sql, index) => {
    const step = db.transaction(() => {
      if (schemaVersion(db) !== index) return;
      db.exec(sql);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${index + 1}`);
    });
    step.immediate();
  });
}

/** Written under another name first: a backup that exists is a whole one. */
function backUp(db: Database.Database, path: string, version: number): void {
  const target = `${path}.schema-${version}.backup`;
  const unfinished = `${target}.${process.pid}.unfinished`;
  rmSync(unfinished, { force: true });
  closeSync(openSync(unfinished, 'wx', 0o600));
  db.prepare('VACUUM INTO ?').run(unfinished);
  if (process.geteuid?.() === 0) {
    const owner = statSync(path);
    chownSync(unfinished, owner.uid, owner.gid);
  }
  renameSync(unfinished, target);
}
