// Brings a database file to the schema of this program: numbered steps in one transaction, a backup before.
import type Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { AppError } from '../errors.ts';
import { copyDatabase } from './database-copy.ts';
import { policyTables } from './migrations/0001-policy.ts';
import { auditTables } from './migrations/0002-audit.ts';
import { callTables } from './migrations/0003-calls.ts';
import { policyLayerTables } from './migrations/0004-policy-layers.ts';
import { usageTables } from './migrations/0005-usage.ts';
import { pickupTables } from './migrations/0006-pickup.ts';
import { accountTables } from './migrations/0007-accounts.ts';
import { boardTables } from './migrations/0008-boards.ts';
import { cascadeIndexes } from './migrations/0009-cascades.ts';
import { pinDays } from './migrations/0010-pin-days.ts';
import { refuseOtherSchema } from './schema-check.ts';

/** In order; the position of a step is the `user_version` after it. A released step never changes. */
const steps: readonly string[] = [
  policyTables,
  auditTables,
  callTables,
  policyLayerTables,
  usageTables,
  pickupTables,
  accountTables,
  boardTables,
  cascadeIndexes,
  pinDays,
];

/** `CWRD` in ASCII, in the file's header: whose database it is. */
const APPLICATION_ID = 0x43_57_52_44;

/** Backups of older schemas that are kept. */
const BACKUPS_MAX = 3;

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
 * Runs the missing steps, all in one transaction: a failure half-way leaves the old database as it was. An existing
 * one is first copied beside itself as `<path>.schema-<version>.backup`. Two programs that start at once are safe:
 * each looks at the version again inside its transaction.
 */
export function migrate(db: Database.Database, path: string, withBackup: boolean): void {
  const from = schemaVersion(db);
  if (from < SCHEMA_VERSION) {
    if (from > 0 && withBackup) backUp(db, path, from);
    db.transaction(() => {
      const now = schemaVersion(db);
      if (now >= SCHEMA_VERSION) return;
      for (const sql of steps.slice(now)) db.exec(sql);
      refuseOtherSchema(db, path, steps);
      db.pragma(`application_id = ${APPLICATION_ID}`);
      db.pragma(`user_version = ${SCHEMA_VERSION}`);
    }).immediate();
  }
}

/** Throws `AppError('conflict')` where a file of this program's schema holds anything else than that. */
export function refuseAlteredSchema(db: Database.Database, path: string): void {
  if (schemaVersion(db) === SCHEMA_VERSION) refuseOtherSchema(db, path, steps);
}

/** One of each schema: an upgrade that is tried again writes over its own. The oldest ones go. */
function backUp(db: Database.Database, path: string, version: number): void {
  copyDatabase(db, `${path}.schema-${version}.backup`, { ownerOf: path, replaces: true });
  for (let old = version - BACKUPS_MAX; old > 0; old -= 1) {
    rmSync(`${path}.schema-${old}.backup`, { force: true });
  }
}
