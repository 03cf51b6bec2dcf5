// The rows of the rules by number and prefix, the block-list among them.
import type { RuleRow } from '../barring/policy.ts';
import type { Store } from './open.ts';

interface Row {
  readonly id: number;
  readonly group_name: string | null;
  readonly action: RuleRow['action'];
  readonly pattern: string;
  readonly exact: number;
  readonly premium: number;
  readonly observe: number;
  readonly reason: string;
  readonly from_ms: number | null;
  readonly until_ms: number | null;
}

const fromRow = (row: Row): RuleRow => ({
  id: row.id,
  group: row.group_name,
  action: row.action,
  pattern: row.pattern,
  exact: row.exact === 1,
  premium: row.premium === 1,
  observe: row.observe === 1,
  reason: row.reason,
  fromMs: row.from_ms,
  untilMs: row.until_ms,
});

/** In the order of their ids; a page of them where `limit` is given. */
export function readRules(store: Store, afterId = 0, limit = -1): readonly RuleRow[] {
  const sql = `SELECT id, group_name, action, pattern, exact, premium, observe, reason, from_ms, until_ms
    FROM rules WHERE id > ? ORDER BY id LIMIT ?`;
  return store.db.prepare<[number, number], Row>(sql).all(afterId, limit).map(fromRow);
}
