// Statements that a change of thousands of rows runs again and again: preparing one costs more than running it.
import type { Database, Statement } from 'better-sqlite3';
import type { Store } from './open.ts';

/** Of one connection; the texts are constants, so there are never more than a few. */
const STATEMENTS_MAX = 200;

const held = new WeakMap<Database, Map<string, Statement>>();

/**
 * The statement of that text, prepared once for each connection. For `get`, `all` and `run` only: one that is being
 * iterated over cannot be run again. Whoever asks for `pluck` or `raw` does so everywhere for that text.
 */
export function prepared<Values extends unknown[], Row = unknown>(
  { db }: Store,
  sql: string,
): Statement<Values, Row> {
  const statements = held.get(db) ?? new Map<string, Statement>();
  held.set(db, statements);
  const found = statements.get(sql) ?? db.prepare(sql);
  if (statements.size < STATEMENTS_MAX) statements.set(sql, found);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the types of `prepare` itself: told by who knows the text
  return found as Statement<Values, Row>;
}
