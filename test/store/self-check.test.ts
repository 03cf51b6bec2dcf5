// What the writer's thread finds when it looks, and what is refused when a database is opened.
import Database from 'better-sqlite3';
import { chmodSync, chownSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/open.ts';
import { ClockWatch } from '../../src/store/retention.ts';
import { checkDatabase } from '../../src/store/self-check.ts';
import { inWriteTransaction } from '../../src/store/transaction.ts';
import { openHere, tempDirectory, tempStore } from './temp-store.ts';

const failure = (code: string, words: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(words) });
const HOUR_MS = 3_600_000;
const isRoot = process.geteuid?.() === 0;

describe('the look at the database', () => {
  it('goes all the way to the disk, and changes nothing', () => {
    const store = tempStore();
    store.db.pragma('wal_checkpoint(TRUNCATE)');
    const version = store.db.pragma('user_version', { simple: true });
    expect(checkDatabase(store)).toMatchObject({ head: { seq: 0 }, signed: null, holdsSigned: true });
    expect(statSync(`${store.path}-wal`).size).toBeGreaterThan(0);
    expect(store.db.pragma('user_version', { simple: true })).toBe(version);
  });

  it('finds a file that others can open, and one in a directory where anybody may put another', () => {
    const store = tempStore();
    chmodSync(store.path, 0o640);
    expect(() => checkDatabase(store)).toThrow(failure('unauthorized', /chmod 600/));
    chmodSync(store.path, 0o600);
    chmodSync(dirname(store.path), 0o777);
    expect(() => checkDatabase(store)).toThrow(failure('unauthorized', /Any user can put.*chmod o-w/));
    chmodSync(dirname(store.path), 0o700);
    checkDatabase(store);
  });

  it('finds what somebody added, altered or dropped (RS-13)', () => {
    const store = tempStore();
    store.db.exec('CREATE TRIGGER sly AFTER INSERT ON rules BEGIN DELETE FROM rules; END');
    expect(() => checkDatabase(store)).toThrow(failure('conflict', /trigger sly is not callwarden's/));
    expect(() => openStore(store.path)).toThrow(failure('conflict', /by hand.*restore/));
    store.db.exec(
      'DROP TRIGGER sly; DROP TRIGGER audit_rows_stay; ALTER TABLE countries ADD COLUMN more TEXT',
    );
    expect(() => checkDatabase(store)).toThrow(
      /trigger audit_rows_stay is missing, table countries was altered/,
    );
  });

  it('takes no notice of what SQLite itself keeps', () => {
    const store = tempStore();
    store.db.exec('ANALYZE');
    expect(checkDatabase(store).holdsSigned).toBe(true);
  });

  it('finds a full disk', () => {
    const store = tempStore();
    const pages = Number(store.db.pragma('page_count', { simple: true }));
    store.db.pragma(`max_page_count = ${pages}`);
    const fill = () => inWriteTransaction(store, () => store.db.exec(FILL));
    expect(fill).toThrow(failure('unavailable', /disk is full/));
    checkDatabase(store);
  });
});

const FILL = `INSERT INTO numbering_baseline VALUES (1, 0, zeroblob(1000000))`;

describe('opening', () => {
  it('refuses a file that was cut to nothing, which would count as a new one', () => {
    const { path } = tempStore();
    truncateSync(path, 0);
    expect(() => openStore(path)).toThrow(failure('unavailable', /is empty.*restore/));
  });

  it.runIf(isRoot)('as root refuses a file that another user put there', () => {
    const { path } = tempStore();
    chownSync(path, 65_534, 65_534);
    expect(() => openStore(path)).toThrow(failure('unauthorized', /another user \(65534\).*chown 0/));
    chownSync(dirname(path), 65_534, 65_534);
    openHere(path);
  });

  it('does not call it a missing database when some other file is missing', () => {
    const store = tempStore();
    const missing = () => inWriteTransaction(store, () => statSync(join(tempDirectory(), 'levels.toml')));
    expect(missing).toThrow(expect.objectContaining({ code: 'ENOENT' }));
  });

  it('finds the frames of a journal up to the last whole one, wherever it was cut (RF-23)', () => {
    const store = tempStore();
    for (let n = 1; n <= 12; n += 1) {
      store.db
        .prepare('INSERT INTO countries VALUES (?, ?)')
        .run(`A${String.fromCodePoint(64 + n)}`, 'allow');
    }
    const journal = `${store.path}-wal`;
    const frameBytes = 24 + 4_096;
    const frames = (statSync(journal).size - 32) / frameBytes;
    expect(frames).toBeGreaterThanOrEqual(12);
    let before = Number.POSITIVE_INFINITY;
    for (let kept = Math.floor(frames); kept >= 0; kept -= 1) {
      const count = countriesWithJournalCutAt(store.path, 32 + kept * frameBytes + (kept % 2) * 100);
      expect(count).toBeLessThanOrEqual(before);
      before = count;
    }
    expect(store.db.prepare('SELECT count(*) FROM countries').pluck().get()).toBe(12);
  });
});

/** What a database says whose last writes never reached the disk: it opens, whole, as of an earlier moment. */
function countriesWithJournalCutAt(path: string, bytes: number): number {
  const copy = join(tempDirectory(), 'copy.db');
  writeFileSync(copy, readFileSync(path), { mode: 0o600 });
  writeFileSync(`${copy}-wal`, readFileSync(`${path}-wal`).subarray(0, bytes), { mode: 0o600 });
  const db = new Database(copy);
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const table = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'countries'").get();
    return table === undefined ? 0 : Number(db.prepare('SELECT count(*) FROM countries').pluck().get());
  } finally {
    db.close();
  }
}

describe('the clock of the retention', () => {
  it('is not believed for a day after it jumped by more than an hour (RF-25)', () => {
    const clock = new ClockWatch(0, 0);
    expect(clock.isSteady(600_000, 600_000)).toBe(true);
    expect(clock.isSteady(1_200_000 + 24 * HOUR_MS, 1_200_000)).toBe(false);
    expect(clock.isSteady(1_800_000 + 24 * HOUR_MS, 1_800_000)).toBe(false);
    expect(clock.isSteady(26 * HOUR_MS + 24 * HOUR_MS, 26 * HOUR_MS)).toBe(true);
    expect(clock.isSteady(27 * HOUR_MS + 22 * HOUR_MS, 27 * HOUR_MS)).toBe(false);
  });

  it('is believed where it is put right by a little', () => {
    const clock = new ClockWatch(0, 0);
    expect(clock.isSteady(600_000 + HOUR_MS / 2, 600_000)).toBe(true);
  });
});
