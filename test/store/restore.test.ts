// Backup and restore: the policy goes back, what happened since does not, and no writer's work is lost on the way.
import Database from 'better-sqlite3';
import { chmodSync, existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { restoreBackup, takeBackup } from '../../src/admin/backup.ts';
import { setCountries } from '../../src/admin/countries.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { readAudit, verifyAudit } from '../../src/store/audit.ts';
import { readCalls, toCallRow, writeCalls } from '../../src/store/calls.ts';
import { readRingingCalls, toRingingRow } from '../../src/store/ringing-calls.ts';
import { readCountries } from '../../src/store/countries.ts';
import { notePinFailure, readPinFailures } from '../../src/store/pin-uses.ts';
import { noPinFailures } from '../../src/barring/pin-lockout.ts';
import { policyVersion, verifyPolicy } from '../../src/store/policy.ts';
import { readQuarantines, writeQuarantine } from '../../src/store/quarantines.ts';
import { writeSetting } from '../../src/store/settings.ts';
import { inWriteTransaction } from '../../src/store/transaction.ts';
import { callRecord } from './call-record.ts';
import { ringRecord } from './ring-record.ts';
import { contextOf, openHere, tempContext } from './temp-store.ts';

const failure = (code: string, words: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) });

function prepared() {
  const context = tempContext();
  const { store } = context;
  setSettings(context, new Map([['home-region', ['MX']]]));
  setCountries(context, ['AR'], 'allow');
  writeCalls(store, [toCallRow(callRecord('before'))]);
  const file = `${store.path}.backup`;
  takeBackup(store, file, false);
  const restore = (from = file) => restoreBackup({ ...context, database: store.path }, from);
  return { context, store, file, restore };
}

const wrongPin = (steadyMs: number) => ({ who: '1001', steadyMs, known: noPinFailures });

describe('a backup', () => {
  it('is one whole file for its owner alone, and takes the place of none', () => {
    const { store, file } = prepared();
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(existsSync(`${file}-wal`)).toBe(false);
    expect(() => takeBackup(store, file, false)).toThrow(failure('conflict', /there already.*--force/));
    expect(takeBackup(store, file, true)).toMatchObject({
      policyVersion: 2,
      auditRecords: 2,
      callRecords: 1,
    });
    expect(readdirSync(join(file, '..')).filter((name) => name.includes('unfinished'))).toEqual([]);
  });

  it('is refused of a policy that is damaged, and no file is left', () => {
    const { store } = prepared();
    store.db.exec("UPDATE countries SET region = 'AS'");
    const file = `${store.path}.second`;
    expect(() => takeBackup(store, file, false)).toThrow(failure('unavailable', /checksum/));
    expect(existsSync(file)).toBe(false);
  });
});

describe('a restore', () => {
  it('brings the policy back as a new version; audit, records, locks and quarantines go on', () => {
    const { context, store, restore } = prepared();
    setCountries(context, ['AR'], 'deny');
    writeCalls(store, [toCallRow(callRecord('since')), toCallRow(callRecord('before', { outcome: 'said' }))]);
    for (let n = 0; n < 5; n += 1) inWriteTransaction(store, () => notePinFailure(store, wrongPin(100 + n)));
    const untilMs = null;
    writeQuarantine(store, { extension: '1002', sinceMs: 1, untilMs, reason: 'stolen', by: 'cli:maria' });
    const before = verifyAudit(store);
    const done = restore();
    expect(done).toMatchObject({ policyVersion: 4, carried: { auditRecords: 1, callRecords: 1 } });
    const now = openHere(store.path);
    verifyPolicy(now);
    expect(readCountries(now)).toEqual([{ region: 'AR', state: 'allow' }]);
    expect(policyVersion(now)).toBe(4);
    expect(verifyAudit(now, [{ seq: 3, hash: before.whole ? before.headHash : '' }])).toMatchObject({
      rows: 4,
    });
    expect(readAudit(now, { limit: 1 })).toMatchObject([
      { action: 'database-restored', before: { policyVersion: 3 }, after: { policyVersion: 2 } },
    ]);
    expect(readCalls(now, { limit: 5 }).map(({ id, outcome }) => [id, outcome])).toEqual([
      ['since', null],
      ['before', 'said'],
    ]);
    expect(readPinFailures(now).get('1001')).toMatchObject({ failures: 5 });
    expect(readQuarantines(now).map(({ extension }) => extension)).toEqual(['1002']);
    expect(existsSync(done.keptAs ?? '')).toBe(true);
  });

  it('keeps the calls that rang, those of the backup and those since', () => {
    const { store, restore } = prepared();
    const rang = (callId: string) => toRingingRow('head-office', ringRecord(callId), ['sales']);
    writeCalls(store, [rang('before')]);
    const file = `${store.path}.second`;
    takeBackup(store, file, false);
    writeCalls(store, [rang('since')]);
    restore(file);
    const found = readRingingCalls(openHere(store.path), { limit: 5 });
    expect(found).toMatchObject([
      { callId: 'since', pickupGroups: ['sales'] },
      { callId: 'before', pickupGroups: ['sales'] },
    ]);
  });

  it('leaves nobody writing into the database that was put aside', () => {
    const { store, restore } = prepared();
    restore();
    const write = () => inWriteTransaction(store, () => writeSetting(store, 'premium', true));
    expect(write).toThrow(failure('unavailable', /replaced or removed/));
    setCountries(contextOf(openHere(store.path)), ['US'], 'allow');
  });

  it('waits for a writer, and gives up rather than to take a database from under one', () => {
    const { store, restore } = prepared();
    const other = openHere(store.path);
    other.db.exec('BEGIN IMMEDIATE');
    expect(() => restore()).toThrow(failure('unavailable', /locked/));
    other.db.exec('ROLLBACK');
    expect(readCountries(openHere(store.path))).toHaveLength(1);
  });

  it('puts a backup where the database is damaged or gone, and keeps the damaged one', () => {
    const { store, restore } = prepared();
    store[Symbol.dispose]();
    writeFileSync(store.path, 'no database at all, but long enough to be taken for one at first sight');
    const { carried, keptAs } = restore();
    expect([carried, readFileSync(keptAs ?? '', 'utf8').slice(0, 11)]).toEqual([null, 'no database']);
    const now = openHere(store.path);
    verifyPolicy(now);
    expect(verifyAudit(now)).toMatchObject({ whole: true, rows: 3 });
  });

  it.each([
    [
      'damaged',
      (file: string) => writeFileSync(file, readFileSync(file).fill(0xff, 4_096, 12_000)),
      /damaged|corrupt/i,
    ],
    ['of another program', (file: string) => writeFileSync(file, plain()), /another program/],
    ['edited', (file: string) => edit(file, "UPDATE countries SET region = 'AS'"), /checksum/],
    ['with a trigger in it', (file: string) => edit(file, TRIGGER), /trigger sly is not callwarden's/],
    ['with its audit cut', (file: string) => edit(file, CUT), /altered by hand|chain|damaged/],
  ])('refuses a backup that is %s, and changes nothing', (_, spoil, words) => {
    const { store, file, restore } = prepared();
    spoil(file);
    expect(() => restore()).toThrow(words);
    expect(readCountries(store)).toHaveLength(1);
    inWriteTransaction(store, () => writeSetting(store, 'premium', true));
    expect(readdirSync(join(file, '..')).filter((name) => /unfinished|replaced/.test(name))).toEqual([]);
  });

  it('refuses a database in use, and one that is not there', () => {
    const { store, restore } = prepared();
    expect(() => restore(store.path)).toThrow(failure('invalid', /database in use/));
    expect(() => restore('/nowhere/a.db')).toThrow(failure('not-found', /no backup/));
  });
});

const TRIGGER =
  "CREATE TRIGGER sly AFTER INSERT ON rules BEGIN INSERT INTO countries VALUES ('CU', 'allow'); END";
const CUT = 'DROP TRIGGER audit_rows_stay; DELETE FROM audit WHERE seq = 1';

function edit(file: string, sql: string): void {
  const db = new Database(file);
  db.exec(sql);
  db.close();
  chmodSync(file, 0o600);
}

function plain(): Buffer {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE astdb (key TEXT, value TEXT)');
  return db.serialize();
}
