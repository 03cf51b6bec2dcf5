// The rows of the people on the authorised-number lists.
import type { AuthorisedEntry } from '../barring/policy.ts';
import type { Store } from './open.ts';
import { collect, type Listing } from './pages.ts';
import { asBit } from './rows.ts';
import type { Steps } from './steps.ts';

/** A person on a list, with what is known of the calls to the number. */
export interface AuthorisedRecord extends AuthorisedEntry {
  readonly list: string;
  readonly addedMs: number;
  readonly uses: number;
  /** Null where the number was never called by its entry. */
  readonly lastUsedMs: number | null;
}

interface Row {
  readonly id: number;
  readonly list_name: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly number: string;
  readonly enabled: number;
  readonly from_ms: number | null;
  readonly until_ms: number | null;
}

interface UsedRow extends Row {
  readonly added_ms: number;
  readonly uses: number | null;
  readonly last_used_ms: number | null;
}

const ENTRIES: Listing<Row> = {
  table: 'authorised_entries',
  columns: 'id, list_name, first_name, last_name, number, enabled, from_ms, until_ms',
  key: ['id'],
};

const entryOf = (row: Row): AuthorisedEntry => ({
  id: row.id,
  firstName: row.first_name,
  lastName: row.last_name,
  number: row.number,
  enabled: row.enabled === 1,
  fromMs: row.from_ms,
  untilMs: row.until_ms,
});

const recordOf = (row: UsedRow): AuthorisedRecord => ({
  ...entryOf(row),
  list: row.list_name,
  addedMs: row.added_ms,
  uses: row.uses ?? 0,
  lastUsedMs: row.last_used_ms,
});

/** The people of each list, in the order in which they were added. */
export function* entrySteps(store: Store): Steps<ReadonlyMap<string, readonly AuthorisedEntry[]>> {
  const lists = new Map<string, AuthorisedEntry[]>();
  yield* collect(store, ENTRIES, (row: Row) => {
    const entries = lists.get(row.list_name);
    if (entries) entries.push(entryOf(row));
    else lists.set(row.list_name, [entryOf(row)]);
  });
  return lists;
}

const RECORDS = `
  SELECT id, list_name, first_name, last_name, number, enabled, from_ms, until_ms, added_ms, uses, last_used_ms
  FROM authorised_entries LEFT JOIN authorised_uses ON entry_id = id`;

/** The people of one list, or of all where it is null, by list and in the order in which they were added. */
export function readAuthorisedRecords(store: Store, list: string | null): readonly AuthorisedRecord[] {
  const sql = `${RECORDS} WHERE ? IS NULL OR list_name = ? ORDER BY list_name, id`;
  return store.db.prepare<[string | null, string | null], UsedRow>(sql).all(list, list).map(recordOf);
}

/** The same one after the other, behind the entry of that list and id; read no further than they are taken. */
export function recordsAfter(
  store: Store,
  list: string | null,
  after: { readonly list: string; readonly id: number },
): Iterable<AuthorisedRecord> {
  const sql = `${RECORDS} WHERE (:list IS NULL OR list_name = :list) AND (list_name, id) > (:afterList, :afterId)
    ORDER BY list_name, id`;
  const rows = store.db
    .prepare<{ list: string | null; afterList: string; afterId: number }, UsedRow>(sql)
    .iterate({ list, afterList: after.list, afterId: after.id });
  return Iterator.from(rows).map(recordOf);
}

/** Everybody with that number, on whatever list. */
export function readRecordsOfNumber(store: Store, number: string): readonly AuthorisedRecord[] {
  const sql = `${RECORDS} WHERE number = ? ORDER BY list_name`;
  return store.db.prepare<[string], UsedRow>(sql).all(number).map(recordOf);
}

/** People on each list. */
export function countEntries(store: Store): ReadonlyMap<string, number> {
  const sql = 'SELECT list_name, count(*) AS people FROM authorised_entries GROUP BY list_name';
  const rows = store.db.prepare<[], { list_name: string; people: number }>(sql).all();
  return new Map(rows.map((row) => [row.list_name, row.people]));
}

/** Writes many people with statements that are prepared once. */
export interface EntryWriter {
  /** Returns the id. */
  readonly add: (list: string, entry: Omit<AuthorisedEntry, 'id'>, addedMs: number) => number;
  readonly change: (entry: AuthorisedEntry) => void;
  /** Takes along what was counted. */
  readonly remove: (id: number) => void;
}

export function entryWriter({ db }: Store): EntryWriter {
  const insert = db.prepare(
    `INSERT INTO authorised_entries
       (list_name, first_name, last_name, number, enabled, from_ms, until_ms, added_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = db.prepare(
    `UPDATE authorised_entries
     SET first_name = ?, last_name = ?, number = ?, enabled = ?, from_ms = ?, until_ms = ? WHERE id = ?`,
  );
  const forgetUses = db.prepare('DELETE FROM authorised_uses WHERE entry_id = ?');
  const forget = db.prepare('DELETE FROM authorised_entries WHERE id = ?');
  const valuesOf = (entry: Omit<AuthorisedEntry, 'id'>) =>
    [
      entry.firstName,
      entry.lastName,
      entry.number,
      asBit(entry.enabled),
      entry.fromMs,
      entry.untilMs,
    ] as const;
  return {
    add: (list, entry, addedMs) => Number(insert.run(list, ...valuesOf(entry), addedMs).lastInsertRowid),
    change: (entry) => void update.run(...valuesOf(entry), entry.id),
    remove: (id) => {
      forgetUses.run(id);
      forget.run(id);
    },
  };
}
