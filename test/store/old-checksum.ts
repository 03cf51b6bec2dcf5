// The checksum as the first release computed it, written down once more: no later program may compute another.
import type Database from 'better-sqlite3';
import { createHash } from 'node:crypto';

const LISTS: readonly string[] = [
  'SELECT key, value FROM settings ORDER BY key',
  'SELECT region, state FROM countries ORDER BY region',
  'SELECT extension, name, international, any_pickup FROM extensions ORDER BY extension',
  'SELECT name FROM pickup_groups ORDER BY name',
  'SELECT group_name, extension, interceptor, target FROM pickup_group_members ORDER BY group_name, extension',
];

export function sealedAsSchemaOne(db: Database.Database, version: number): string {
  const hash = createHash('sha256').update(`callwarden-policy ${version}\n`);
  for (const sql of LISTS) hash.update(`${JSON.stringify(db.prepare(sql).raw().all())}\n`);
  return hash.digest('hex');
}
