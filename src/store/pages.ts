// Tables read page by page in the order of their keys, with a pause after each page: no statement runs for long.
import type { Store } from './open.ts';
import type { Steps } from './steps.ts';

/** Which rows of a table are read, each of them a `Row`. */
export interface Listing<Row extends object = Readonly<Record<string, unknown>>> {
  readonly table: string;
  /** In the order in which a raw row holds them, `a, b, c`; the key's columns are among them. */
  readonly columns: string;
  /** The primary key: no sorting, and each page begins where the last one ended. */
  readonly key: readonly (keyof Row & string)[];
  /** Which rows count; all of them where it is absent. */
  readonly where?: string;
}

/** Half a millisecond of work. */
const ROWS_A_PAGE = 128;

function sqlOf<Row extends object>(listing: Listing<Row>, begin: 'at the first' | 'after a key'): string {
  const { table, columns, where } = listing;
  const key = listing.key.join(', ');
  const places = listing.key.map(() => '?').join(', ');
  const conditions = [
    ...(begin === 'after a key' ? [`(${key}) > (${places})`] : []),
    ...(where === undefined ? [] : [`(${where})`]),
  ];
  const filter = conditions.length === 0 ? '' : `WHERE ${conditions.join(' AND ')}`;
  return `SELECT ${columns} FROM ${table} ${filter} ORDER BY ${key} LIMIT ${ROWS_A_PAGE}`;
}

/** Rows as lists of values, a page at a time; no page is empty. All of them are of one moment in a transaction only. */
export function* rawPages(store: Store, listing: Listing): Generator<readonly unknown[][], void, void> {
  const names = listing.columns.split(', ');
  const keyAt = listing.key.map((name) => names.indexOf(name));
  let page = store.db.prepare<[], unknown[]>(sqlOf(listing, 'at the first')).raw().all();
  if (page.length === 0) return;
  const next = store.db.prepare<unknown[], unknown[]>(sqlOf(listing, 'after a key')).raw();
  while (page.length > 0) {
    yield page;
    const last = page.at(-1) ?? [];
    page = page.length < ROWS_A_PAGE ? [] : next.all(keyAt.map((at) => last[at]));
  }
}

/** Rows by the names of their columns, a page at a time; no page is empty. */
export function* pages<Row extends object>(
  store: Store,
  listing: Listing<Row>,
): Generator<readonly Row[], void, void> {
  let page = store.db.prepare<[], Row>(sqlOf(listing, 'at the first')).all();
  if (page.length === 0) return;
  const next = store.db.prepare<unknown[], Row>(sqlOf(listing, 'after a key'));
  while (page.length > 0) {
    yield page;
    const last = page.at(-1);
    const more = last !== undefined && page.length === ROWS_A_PAGE;
    page = more ? next.all(listing.key.map((name) => last[name])) : [];
  }
}

/** All rows, each turned into what it stands for, with a pause after each page. */
export function* collect<Row extends object, T>(
  store: Store,
  listing: Listing<Row>,
  fromRow: (row: Row) => T,
): Steps<T[]> {
  const collected: T[] = [];
  for (const page of pages(store, listing)) {
    for (const row of page) collected.push(fromRow(row));
    yield;
  }
  return collected;
}
