// Long tables read from their newest row on, page by page, by the keys of an index: no page reads more rows than it may.
import type { Store } from './open.ts';
import { inReadTransaction } from './transaction.ts';

/** Where a row stands in the order of its table. No two rows share one, so that no page repeats or leaves out a row. */
export interface Place {
  /** Of the row; 0 in tables that are read by `seq` alone. */
  readonly atMs: number;
  readonly seq: number;
}

/** Above every row. */
const TOP: Place = { atMs: Number.MAX_SAFE_INTEGER, seq: Number.MAX_SAFE_INTEGER };
const BOTTOM: Place = { atMs: 0, seq: 0 };

/** Which rows of a table are read. */
export interface NewestFirst {
  readonly table: string;
  /** The column of an index that leads the order; null: `seq`, the primary key, is enough. */
  readonly time: string | null;
  /** Written into the statement, for an index that holds only these rows; '' for all. */
  readonly of: string;
  /** Looked at row by row; names stand for `values`. */
  readonly where: string;
}

export interface PageQuery {
  /** Only rows of that time on; those of tables without a time are looked at row by row, by `where`. */
  readonly sinceMs?: number | undefined;
  /** Exclusive. */
  readonly untilMs?: number | undefined;
  /** Only rows behind that place. */
  readonly behind?: Place | null | undefined;
  /** Rows at most. */
  readonly limit: number;
  /** Rows that are looked at, at most, whether they count or not; all of them where it is absent. */
  readonly lookedAtMax?: number | undefined;
}

export interface RowPage<Row> {
  readonly rows: readonly Row[];
  /** Go on behind it; null where there is nothing behind. */
  readonly next: Place | null;
}

/** The later one in the order of reading. */
const lower = (one: Place, other: Place) =>
  one.atMs < other.atMs || (one.atMs === other.atMs && one.seq < other.seq) ? one : other;

/**
 * One page, of one moment. It may be shorter than asked for, or empty, while there is a `next`: so many rows were looked at.
 * Rows that came meanwhile stand above the pages that are still to be read.
 */
export function readNewestFirst<Row>(
  store: Store,
  listing: NewestFirst,
  values: Readonly<Record<string, string | number | null>>,
  query: PageQuery,
): RowPage<Row> {
  const { table, time, of, where } = listing;
  const { sinceMs, untilMs, behind, limit, lookedAtMax } = query;
  const under = time === null || untilMs === undefined ? TOP : { atMs: untilMs, seq: 0 };
  const from = lower(under, behind ?? TOP);
  const least = time === null || sinceMs === undefined ? BOTTOM : { atMs: sinceMs, seq: 0 };
  const [key, places] = time === null ? ['(seq)', (n: string) => `(@${n}Seq)`] : timed(time);
  const order = time === null ? 'seq DESC' : `${time} DESC, seq DESC`;
  const range = `${of === '' ? '' : `${of} AND `}${key} < ${places('from')} AND ${key} >= ${places('least')}`;
  const atMs = time ?? '0';
  const given = { ...values, fromAt: from.atMs, fromSeq: from.seq, leastAt: least.atMs, leastSeq: least.seq };
  const floorSql = `SELECT ${atMs} AS atMs, seq FROM ${table} WHERE ${range} ORDER BY ${order} LIMIT 1 OFFSET @lookedAt`;
  const pageSql = `
    SELECT ${atMs} AS place_at, * FROM ${table} WHERE ${range} AND ${where} ORDER BY ${order} LIMIT @rows`;
  return inReadTransaction(store, () => {
    const floor =
      lookedAtMax === undefined
        ? undefined
        : store.db.prepare<[object], Place>(floorSql).get({ ...given, lookedAt: lookedAtMax - 1 });
    const looked = floor ? { ...given, leastAt: floor.atMs, leastSeq: floor.seq } : given;
    const found = store.db
      .prepare<[object], Row & { readonly place_at: number; readonly seq: number }>(pageSql)
      .all({ ...looked, rows: limit + 1 });
    const last = found[limit - 1];
    if (found.length <= limit || !last) return { rows: found, next: floor ?? null };
    return { rows: found.slice(0, limit), next: { atMs: last.place_at, seq: last.seq } };
  });
}

const timed = (time: string) => [`(${time}, seq)`, (n: string) => `(@${n}At, @${n}Seq)`] as const;
