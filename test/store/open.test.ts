// Opening the database: whose file it is, who may read it, which schema it has.
import Database from 'better-sqlite3';
import { chmodSync, existsSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCountries } from '../../src/store/countries.ts';
import { SCHEMA_VERSION } from '../../src/store/migrate.ts';
import { policyTables } from '../../src/store/migrations/0001-policy.ts';
import { isReplaced, openStore } from '../../src/store/open.ts';
import { writeSetting } from '../../src/store/settings.ts';
import { inWriteTransaction } from '../../src/store/transaction.ts';
import { openHere, tempDirectory } from './temp-store.ts';

const failure = (code: string, words: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) });

function makePlain(path: string, sql: string, version: number, applicationId: number): void {
  const db = new Database(path);
  db.exec(sql);
  db.pragma(`user_version = ${version}`);
  db.pragma(`application_id = ${applicationId}`);
  db.close();
  chmodSync(path, 0o600);
}

const OURS = 0x43_57_52_44;

describe('opening the database', () => {
  it('makes a file that only its owner can read, and that survives a power loss', () => {
    const path = join(tempDirectory(), 'a.db');
    const { db } = openHere(path, { create: true });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(db.pragma('trusted_schema', { simple: true })).toBe(0);
    expect(db.pragma('cell_size_check', { simple: true })).toBe(1);
  });

  it('says how to make a database that is not there, and makes none by itself', () => {
    const path = join(tempDirectory(), 'a.db');
    expect(() => openStore(path)).toThrow(failure('not-found', /callwarden init/));
    expect(() => openStore(join(path, 'deeper.db'), { create: true })).toThrow(failure('not-found', /init/));
    expect(existsSync(path)).toBe(false);
  });

  it('refuses a symbolic link, a directory and a file that others can read', () => {
    const directory = tempDirectory();
    const path = join(directory, 'a.db');
    openHere(path, { create: true });
    const link = join(directory, 'link.db');
    symlinkSync(path, link);
    expect(() => openStore(link)).toThrow(failure('unauthorized', /symbolic link/));
    mkdirSync(join(directory, 'folder.db'));
    expect(() => openStore(join(directory, 'folder.db'))).toThrow(failure('unauthorized', /regular file/));
    chmodSync(path, 0o644);
    expect(() => openStore(path)).toThrow(failure('unauthorized', /chmod 600/));
  });

  it('leaves a database of another program alone', () => {
    const path = join(tempDirectory(), 'astdb.sqlite3');
    makePlain(path, 'CREATE TABLE astdb (key TEXT, value TEXT)', 0, 0);
    expect(() => openStore(path)).toThrow(failure('conflict', /another program/));
    const db = new Database(path, { readonly: true });
    expect(db.prepare('SELECT count(*) FROM sqlite_schema').pluck().get()).toBe(1);
    db.close();
  });

  it('refuses what a newer callwarden has changed', () => {
    const path = join(tempDirectory(), 'a.db');
    makePlain(path, policyTables, SCHEMA_VERSION + 1, OURS);
    expect(() => openStore(path)).toThrow(failure('conflict', /newer callwarden/));
  });

  it('says that a damaged file is damaged', () => {
    const path = join(tempDirectory(), 'a.db');
    writeFileSync(path, 'no database at all, but long enough to be taken for one at first sight', {
      mode: 0o600,
    });
    expect(() => openStore(path)).toThrow(failure('unavailable', /not a database/));
  });

  it('upgrades an older schema, also for a reader, and keeps a backup that only its owner can read', () => {
    const path = join(tempDirectory(), 'a.db');
    makePlain(path, `${policyTables}; INSERT INTO countries VALUES ('AR', 'allow')`, 1, OURS);
    const store = openHere(path, { readonly: true });
    expect(store.db.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
    expect(readCountries(store)).toEqual([{ region: 'AR', state: 'allow' }]);
    const backup = `${path}.schema-1.backup`;
    expect(statSync(backup).mode & 0o777).toBe(0o600);
    const old = new Database(backup, { readonly: true });
    expect(old.pragma('user_version', { simple: true })).toBe(1);
    expect(old.prepare('SELECT region FROM countries').pluck().all()).toEqual(['AR']);
    old.close();
  });

  it('keeps a few megabytes of pages in memory, and not the sixteen of the driver', () => {
    const path = join(tempDirectory(), 'a.db');
    for (const store of [openHere(path, { create: true }), openHere(path, { readonly: true })])
      expect(store.db.pragma('cache_size', { simple: true })).toBe(-4096);
  });

  it('cannot be written when opened for reading', () => {
    const path = join(tempDirectory(), 'a.db');
    openHere(path, { create: true });
    const store = openHere(path, { readonly: true });
    const write = () => inWriteTransaction(store, () => writeSetting(store, 'premium', true));
    expect(write).toThrow(failure('unauthorized', /cannot be written/));
  });

  it('does not wait for a writer where it must not, and says that the file is locked', () => {
    const path = join(tempDirectory(), 'a.db');
    const writer = openHere(path, { create: true });
    const hasty = openHere(path, { busyTimeoutMs: 0 });
    writer.db.exec('BEGIN IMMEDIATE');
    const write = () => inWriteTransaction(hasty, () => writeSetting(hasty, 'premium', true));
    expect(write).toThrow(failure('unavailable', /locked/));
    writer.db.exec('ROLLBACK');
    expect(write).not.toThrow();
  });

  it('notices that another file lies in its place', () => {
    const directory = tempDirectory();
    const path = join(directory, 'a.db');
    const store = openHere(path, { create: true });
    expect(isReplaced(store)).toBe(false);
    writeFileSync(join(directory, 'b.db'), '', { mode: 0o600 });
    store.db.prepare('VACUUM INTO ?').run(join(directory, 'b.db'));
    symlinkSync(join(directory, 'b.db'), join(directory, 'c.db'));
    expect(isReplaced({ ...store, path: join(directory, 'b.db') })).toBe(true);
    expect(isReplaced({ ...store, path: join(directory, 'gone.db') })).toBe(true);
  });
});
