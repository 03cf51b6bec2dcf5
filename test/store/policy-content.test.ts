// The checksum over the policy: page by page the same as over all rows at once, and that of earlier schemas is still right.
import Database from 'better-sqlite3';
import { chmodSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { auditTables } from '../../src/store/migrations/0002-audit.ts';
import { callTables } from '../../src/store/migrations/0003-calls.ts';
import { policyTables } from '../../src/store/migrations/0001-policy.ts';
import { loadPolicy, policyVersion, verifyPolicy } from '../../src/store/policy.ts';
import { checksumOf, isEmpty } from '../../src/store/policy-content.ts';
import { addManyRows } from './many-rows.ts';
import { contextOf, openHere, tempContext, tempDirectory, tempStore } from './temp-store.ts';

/** As schema 3 hashed it: all rows of each table at once. */
const CONTENT_OF_SCHEMA_3 = [
  'SELECT key, value FROM settings ORDER BY key',
  'SELECT region, state FROM countries ORDER BY region',
  'SELECT extension, name, international, any_pickup FROM extensions ORDER BY extension',
  'SELECT name FROM pickup_groups ORDER BY name',
  `SELECT group_name, extension, interceptor, target FROM pickup_group_members
   ORDER BY group_name, extension`,
];

function hashAtOnce(db: Database.Database, version: number, later: readonly [number, string][] = []): string {
  const hash = createHash('sha256').update(`callwarden-policy ${version}\n`);
  for (const sql of CONTENT_OF_SCHEMA_3) hash.update(`${JSON.stringify(db.prepare(sql).raw().all())}\n`);
  for (const [index, sql] of later) hash.update(`${index} ${JSON.stringify(db.prepare(sql).raw().all())}\n`);
  return hash.digest('hex');
}

/** A database as schema 3 left it, with as many extensions as were asked for. */
function databaseOfSchema3(extensions: number): string {
  const path = join(tempDirectory(), 'callwarden.db');
  const db = new Database(path);
  chmodSync(path, 0o600);
  db.pragma('journal_mode = WAL');
  for (const sql of [policyTables, auditTables, callTables]) db.exec(sql);
  db.pragma('application_id = 0x43575244');
  db.pragma('user_version = 3');
  db.exec(`INSERT INTO settings VALUES ('home-region', '"MX"'), ('protection', 'true');
    INSERT INTO countries VALUES ('AR', 'allow'), ('CU', 'deny');
    INSERT INTO pickup_groups VALUES ('sales');`);
  const insert = db.prepare('INSERT INTO extensions VALUES (?, ?, ?, 0)');
  const enter = db.prepare("INSERT INTO pickup_group_members VALUES ('sales', ?, 1, 1)");
  for (let index = 0; index < extensions; index += 1) {
    insert.run(String(900 + index), `Ana "${index}" \u{1F600}`, index % 2);
    enter.run(String(900 + index));
  }
  db.prepare('INSERT INTO policy_version VALUES (1, 7, ?)').run(hashAtOnce(db, 7));
  db.close();
  return path;
}

describe('the checksum of the policy', () => {
  it.each([0, 1, 127, 128, 129, 300])(
    'of schema 3 is right after the upgrade, with %i extensions',
    (count) => {
      const store = openHere(databaseOfSchema3(count));
      verifyPolicy(store);
      const { barring } = loadPolicy(store);
      expect(barring).toMatchObject({ version: 7, settings: { level: 'closed' }, rules: [], groups: [] });
      expect(barring.extensions).toHaveLength(count);
      expect(barring.extensions.filter(({ right }) => right === 'on')).toHaveLength(Math.floor(count / 2));
      setCountries(contextOf(store), ['US'], 'allow');
      verifyPolicy(store);
      expect(policyVersion(store)).toBe(8);
    },
  );

  it('page by page is the same as over all rows at once', () => {
    const context = tempContext();
    setSettings(context, new Map([['home-region', ['MX']]]));
    addManyRows(context, 1000);
    const { db } = context.store;
    const later: [number, string][] = [
      [4, 'SELECT name, international, level, premium, schedule, pin, pin_entry FROM groups ORDER BY name'],
      [5, 'SELECT group_name, extension FROM group_members ORDER BY group_name, extension'],
      [
        7,
        `SELECT id, group_name, action, pattern, exact, premium, observe, reason, from_ms, until_ms FROM rules
         ORDER BY id`,
      ],
    ];
    expect(checksumOf(context.store, 2)).toBe(hashAtOnce(db, 2, later));
    expect(checksumOf(context.store, 3)).not.toBe(checksumOf(context.store, 2));
  });

  it('notices a change in the last row of the last page, and a row that is gone from the middle', () => {
    const context = tempContext();
    setSettings(context, new Map([['home-region', ['MX']]]));
    addManyRows(context, 500);
    const { store } = context;
    const before = checksumOf(store, 1);
    store.db.exec('UPDATE rules SET observe = 1 WHERE id = 500');
    expect(checksumOf(store, 1)).not.toBe(before);
    store.db.exec('UPDATE rules SET observe = 0 WHERE id = 500');
    expect(checksumOf(store, 1)).toBe(before);
    store.db.exec('DELETE FROM rules WHERE id = 250');
    expect(checksumOf(store, 1)).not.toBe(before);
  });

  it('knows a database in which nothing was ever set', () => {
    const store = tempStore();
    expect(isEmpty(store)).toBe(true);
    store.db.exec("INSERT INTO announcements VALUES ('unreadable', 'fr', 'x')");
    expect(isEmpty(store)).toBe(false);
  });

  it('does not depend on what happens while calls are made', () => {
    const context = tempContext();
    setSettings(context, new Map([['home-region', ['MX']]]));
    const before = checksumOf(context.store, 1);
    context.store.db.exec(`INSERT INTO quarantines VALUES ('1001', 1, NULL, 'x', 'y');
      INSERT INTO pin_uses VALUES ('p', 1, 1); DELETE FROM policy_history; DELETE FROM numbering_baseline`);
    expect(checksumOf(context.store, 1)).toBe(before);
  });
});
