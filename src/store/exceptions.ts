// The rows of the exceptions of single extensions.
import type { ExceptionRow } from '../barring/policy.ts';
import type { Store } from './open.ts';
import { collect } from './pages.ts';
import { asBit } from './rows.ts';
import type { Steps } from './steps.ts';

interface Row {
  readonly id: number;
  readonly extension: string;
  readonly action: ExceptionRow['action'];
  readonly region: string | null;
  readonly pattern: string | null;
  readonly exact: number;
  readonly premium: number;
  readonly reason: string;
  readonly owner: string;
  readonly from_ms: number | null;
  readonly until_ms: number | null;
}

/** An exception that has no id yet. */
export type NewException = Omit<ExceptionRow, 'id'>;

const COLUMNS = 'id, extension, action, region, pattern, exact, premium, reason, owner, from_ms, until_ms';

const fromRow = (row: Row): ExceptionRow => ({
  id: row.id,
  extension: row.extension,
  action: row.action,
  region: row.region,
  pattern: row.pattern,
  exact: row.exact === 1,
  premium: row.premium === 1,
  reason: row.reason,
  owner: row.owner,
  fromMs: row.from_ms,
  untilMs: row.until_ms,
});

/** In the order of their ids; a page of them where `limit` is given. */
export function readExceptions(store: Store, afterId = 0, limit = -1): readonly ExceptionRow[] {
  const sql = `SELECT ${COLUMNS} FROM exceptions WHERE id > ? ORDER BY id LIMIT ?`;
  return store.db.prepare<[number, number], Row>(sql).all(afterId, limit).map(fromRow);
}

/** All of them in the order of their ids. */
export function exceptionSteps(store: Store): Steps<ExceptionRow[]> {
  return collect(store, { table: 'exceptions', columns: COLUMNS, key: ['id'] }, fromRow);
}

/** Those of one extension, in the order of their ids. */
export function readExceptionsOf(store: Store, extension: string): readonly ExceptionRow[] {
  const sql = `SELECT ${COLUMNS} FROM exceptions WHERE extension = ? ORDER BY id`;
  return store.db.prepare<[string], Row>(sql).all(extension).map(fromRow);
}

export function readException(store: Store, id: number): ExceptionRow | null {
  const row = store.db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM exceptions WHERE id = ?`).get(id);
  return row ? fromRow(row) : null;
}

export function countExceptions(store: Store): number {
  return store.db.prepare<[], number>('SELECT count(*) FROM exceptions').pluck().get() ?? 0;
}

/** Returns the id, which no other exception ever had. */
export function addException(store: Store, exception: NewException): number {
  const { lastInsertRowid } = store.db
    .prepare(
      `INSERT INTO exceptions (extension, action, region, pattern, exact, premium, reason, owner, from_ms, until_ms)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      exception.extension,
      exception.action,
      exception.region,
      exception.pattern,
      asBit(exception.exact),
      asBit(exception.premium),
      exception.reason,
      exception.owner,
      exception.fromMs,
      exception.untilMs,
    );
  return Number(lastInsertRowid);
}

/** Null: without an end. */
export function setExceptionEnd(store: Store, id: number, untilMs: number | null): void {
  store.db.prepare('UPDATE exceptions SET until_ms = ? WHERE id = ?').run(untilMs, id);
}

export function deleteException(store: Store, id: number): void {
  store.db.prepare('DELETE FROM exceptions WHERE id = ?').run(id);
}
