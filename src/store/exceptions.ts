// The rows of the exceptions of single extensions.
import type { ExceptionRow } from '../barring/policy.ts';
import type { Store } from './open.ts';

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
  const sql = `SELECT id, extension, action, region, pattern, exact, premium, reason, owner, from_ms, until_ms
    FROM exceptions WHERE id > ? ORDER BY id LIMIT ?`;
  return store.db.prepare<[number, number], Row>(sql).all(afterId, limit).map(fromRow);
}
