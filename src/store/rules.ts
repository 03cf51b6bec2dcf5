// The rows of the rules by number and prefix, the block-list among them.
import type { RuleRow } from '../barring/policy.ts';
import type { Store } from './open.ts';
import { pages } from './pages.ts';
import { asBit } from './rows.ts';

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

/** A rule that has no id yet. */
export type NewRule = Omit<RuleRow, 'id'>;

const COLUMNS = 'id, group_name, action, pattern, exact, premium, observe, reason, from_ms, until_ms';

/** In the order of their ids; a page of them where `limit` is given. */
export function readRules(store: Store, afterId = 0, limit = -1): readonly RuleRow[] {
  const sql = `SELECT ${COLUMNS} FROM rules WHERE id > ? ORDER BY id LIMIT ?`;
  return store.db.prepare<[number, number], Row>(sql).all(afterId, limit).map(fromRow);
}

/** All of them in the order of their ids, read page by page as they are asked for, and kept nowhere. */
export function* eachRule(store: Store): Generator<RuleRow, void, void> {
  for (const page of pages<Row>(store, { table: 'rules', columns: COLUMNS, key: ['id'] })) {
    for (const row of page) yield fromRow(row);
  }
}

export function readRule(store: Store, id: number): RuleRow | null {
  const row = store.db.prepare<[number], Row>(`SELECT ${COLUMNS} FROM rules WHERE id = ?`).get(id);
  return row ? fromRow(row) : null;
}

/** Which rules are asked for; all where nothing is said. */
export interface RuleQuery {
  readonly action?: RuleRow['action'] | undefined;
  readonly group?: string | undefined;
  /** Stands in the reason or in the digits. */
  readonly text?: string | undefined;
  /** Has one of these patterns. */
  readonly patterns?: readonly string[] | undefined;
}

/** As SQL, and what it is asked with. Written out, so that each question uses what index there is. */
function whereOf({ action, group, text, patterns }: RuleQuery): readonly [string, readonly string[]] {
  const found: readonly (readonly [string, readonly string[]])[] = [
    ...(action === undefined ? [] : [['action = ?', [action]] as const]),
    ...(group === undefined ? [] : [['group_name = ?', [group]] as const]),
    ...(text === undefined
      ? []
      : [['(instr(pattern, ?) > 0 OR instr(lower(reason), lower(?)) > 0)', [text, text]] as const]),
    ...(patterns === undefined
      ? []
      : [['pattern IN (SELECT value FROM json_each(?))', [JSON.stringify(patterns)]] as const]),
  ];
  const conditions = ['TRUE', ...found.map(([sql]) => sql)].join(' AND ');
  return [conditions, found.flatMap(([, values]) => values)];
}

/** A page of those that fit, in the order of their ids. */
export function readRulePage(
  store: Store,
  query: RuleQuery,
  { afterId, limit }: { readonly afterId: number; readonly limit: number },
): readonly RuleRow[] {
  const [where, values] = whereOf(query);
  const sql = `SELECT ${COLUMNS} FROM rules WHERE ${where} AND id > ? ORDER BY id LIMIT ?`;
  return store.db
    .prepare<(string | number)[], Row>(sql)
    .all(...values, afterId, limit)
    .map(fromRow);
}

export function countRules(store: Store, query: RuleQuery = {}): number {
  const [where, values] = whereOf(query);
  const sql = `SELECT count(*) FROM rules WHERE ${where}`;
  return (
    store.db
      .prepare<string[], number>(sql)
      .pluck()
      .get(...values) ?? 0
  );
}

/** Finds the rules with one pattern, of every group and action; prepared once for many patterns. */
export function rulesByPattern(store: Store): (pattern: string) => readonly RuleRow[] {
  const sql = `SELECT ${COLUMNS} FROM rules WHERE pattern = ? ORDER BY id`;
  const found = store.db.prepare<[string], Row>(sql);
  return (pattern) => found.all(pattern).map(fromRow);
}

/** Adds rules one by one, prepared once for many; each gets an id that no other rule ever had. */
export function ruleWriter(store: Store): (rule: NewRule) => number {
  const insert = store.db.prepare(
    `INSERT INTO rules (group_name, action, pattern, exact, premium, observe, reason, from_ms, until_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  return (rule) => {
    const { lastInsertRowid } = insert.run(
      rule.group,
      rule.action,
      rule.pattern,
      asBit(rule.exact),
      asBit(rule.premium),
      asBit(rule.observe),
      rule.reason,
      rule.fromMs,
      rule.untilMs,
    );
    return Number(lastInsertRowid);
  };
}

export function setRuleObserve(store: Store, id: number, observe: boolean): void {
  store.db.prepare('UPDATE rules SET observe = ? WHERE id = ?').run(asBit(observe), id);
}

export function deleteRule(store: Store, id: number): void {
  store.db.prepare('DELETE FROM rules WHERE id = ?').run(id);
}
