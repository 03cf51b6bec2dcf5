// From every released schema to this one: what was set and recorded means the same, and a failure leaves the old file.
import Database from 'better-sqlite3';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setCountries } from '../../src/admin/countries.ts';
import { appendAudit, verifyAudit } from '../../src/store/audit.ts';
import { readCalls } from '../../src/store/calls.ts';
import { SCHEMA_VERSION } from '../../src/store/migrate.ts';
import { auditTables } from '../../src/store/migrations/0002-audit.ts';
import { callTables } from '../../src/store/migrations/0003-calls.ts';
import { policyLayerTables } from '../../src/store/migrations/0004-policy-layers.ts';
import { usageTables } from '../../src/store/migrations/0005-usage.ts';
import { pickupTables } from '../../src/store/migrations/0006-pickup.ts';
import { accountTables } from '../../src/store/migrations/0007-accounts.ts';
import { boardTables } from '../../src/store/migrations/0008-boards.ts';
import { cascadeIndexes } from '../../src/store/migrations/0009-cascades.ts';
import { policyTables } from '../../src/store/migrations/0001-policy.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { loadPolicy, verifyPolicy } from '../../src/store/policy.ts';
import { sealedAsSchemaOne } from './old-checksum.ts';
import { contextOf, openHere, tempDirectory, tempStore } from './temp-store.ts';

const OURS = 0x43_57_52_44;
const released = [
  policyTables,
  auditTables,
  callTables,
  policyLayerTables,
  usageTables,
  pickupTables,
  accountTables,
  boardTables,
  cascadeIndexes,
];

const POLICY = `
  INSERT INTO settings VALUES ('home-region', '"MX"'), ('international-prefixes', '["00"]');
  INSERT INTO countries VALUES ('AR', 'allow'), ('CU', 'deny');
  INSERT INTO extensions (extension, name, international, any_pickup) VALUES ('1001', 'Ana', 1, 0), ('1002', '', 0, 1);
  INSERT INTO pickup_groups (name) VALUES ('sales');
  INSERT INTO pickup_group_members VALUES ('sales', '1001', 1, 1);`;
const CALL = `INSERT INTO calls (id, at_ms, pbx, kind, channel_id, call_id, dialled, number, regions, verdict, reason,
  rule, detail) VALUES ('one', 5, 'a', 'decision', 'c', 'c', '0054', '0054', 'AR', 'deny', 'r', 'u', '{}')`;

/** A database as the program of that schema left it. */
function oldDatabase(schema: number): string {
  const path = join(tempDirectory(), 'a.db');
  const db = new Database(path);
  for (const sql of released.slice(0, schema)) db.exec(sql);
  db.exec(POLICY);
  db.prepare('INSERT INTO policy_version VALUES (1, 3, ?)').run(sealedAsSchemaOne(db, 3));
  const store = { db, path } as unknown as Store;
  const entry = { atMs: 1, pbx: 'a', actor: 'cli:old', action: 'set', subject: 's', before: null, after: 1 };
  const chain = [1, 2, 3].map((policyVersion) => Object.assign({ policyVersion }, entry));
  if (schema >= 2) appendAudit(store, chain);
  if (schema >= 3) db.exec(CALL);
  db.pragma(`user_version = ${schema}`);
  db.pragma(`application_id = ${OURS}`);
  db.pragma('journal_mode = WAL');
  db.close();
  chmodSync(path, 0o600);
  return path;
}

describe('an upgrade', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'from schema %i keeps the policy, the audit and the records',
    (schema) => {
      const path = oldDatabase(schema);
      const store = openHere(path);
      expect(store.db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
      verifyPolicy(store);
      const { barring, pickup } = loadPolicy(store);
      expect(barring).toMatchObject({
        version: 3,
        plan: { homeRegion: 'MX' },
        rules: [],
        groups: [],
        limits: [],
      });
      expect(barring.countries).toEqual([
        { region: 'AR', state: 'allow' },
        { region: 'CU', state: 'deny' },
      ]);
      expect(barring.extensions.map(({ extension, right }) => [extension, right])).toEqual([
        ['1001', 'on'],
        ['1002', 'inherit'],
      ]);
      expect(pickup).toMatchObject({
        anyRight: ['1002'],
        groups: [{ name: 'sales', number: null, alertAfterS: null, memberGroups: [] }],
        rights: [],
        protections: [],
        people: [{ extension: '1001', name: 'Ana', mail: '', notice: null }],
      });
      expect(verifyAudit(store)).toMatchObject({ whole: true, rows: schema >= 2 ? 3 : 0 });
      expect(readCalls(store, { limit: 5 }).map(({ id }) => id)).toEqual(schema >= 3 ? ['one'] : []);
      setCountries(contextOf(store), ['US'], 'allow');
      verifyPolicy(store);
      expect(verifyAudit(store)).toMatchObject({ whole: true });
      using backup = new Disposing(`${path}.schema-${schema}.backup`);
      expect(backup.db.pragma('user_version', { simple: true })).toBe(schema);
      expect(backup.db.pragma('integrity_check', { simple: true })).toBe('ok');
    },
  );

  it('that fails half-way leaves the old database as it was, and its backup', () => {
    const path = oldDatabase(3);
    // A table in the way of the last step.
    const db = new Database(path);
    db.exec('CREATE TABLE notices (a)');
    db.close();
    expect(() => openStore(path)).toThrow(/notices/);
    using old = new Disposing(path);
    expect(old.db.pragma('user_version', { simple: true })).toBe(3);
    const tables = old.db.prepare("SELECT name FROM sqlite_schema WHERE name = 'rules'").all();
    expect(tables).toEqual([]);
    expect(existsSync(`${path}.schema-3.backup`)).toBe(true);
  });

  it('leaves no reference without an index, or each of thousands that go would read a whole table', () => {
    const { db } = tempStore();
    const column = <Row>(sql: string, name: string) => db.prepare<[string], Row>(sql).pluck().all(name);
    const unindexed = db
      .prepare<[], string>("SELECT name FROM sqlite_schema WHERE type = 'table'")
      .pluck()
      .all()
      .flatMap((table) => {
        const first =
          'SELECT i.name FROM pragma_index_list(?) AS l, pragma_index_info(l.name) AS i WHERE seqno = 0';
        const indexed = new Set(column<string>(first, table));
        const references = column<string>('SELECT "from" FROM pragma_foreign_key_list(?)', table);
        return references.filter((name) => !indexed.has(name)).map((name) => `${table}.${name}`);
      });
    expect(unindexed).toEqual([]);
  });

  it('keeps the backups of three schemas and no older ones', () => {
    const path = oldDatabase(4);
    for (const schema of [1, 2, 3])
      new Database(`${path}.schema-${schema}.backup`).exec('CREATE TABLE a (b)').close();
    openHere(path);
    const kept = [1, 2, 3, 4].filter((schema) => existsSync(`${path}.schema-${schema}.backup`));
    expect(kept).toEqual([2, 3, 4]);
  });
});

class Disposing {
  readonly db: Database.Database;
  constructor(path: string) {
    this.db = new Database(path, { readonly: true });
  }
  [Symbol.dispose](): void {
    this.db.close();
  }
}
