// The accounts of the console and the API. The hash of a password is asked for by name alone.
import type { Store } from './open.ts';
import { asBit, wordsOf } from './rows.ts';

export interface AccountRow {
  readonly name: string;
  readonly displayName: string;
  readonly roles: readonly string[];
  /** The phone that belongs to them; null for none. */
  readonly extension: string | null;
  readonly enabled: boolean;
  readonly createdMs: number;
  /** Since when the password is what it is. */
  readonly passwordMs: number;
  /** The password was given by somebody else, and is good for nothing but to choose one's own. */
  readonly mustChange: boolean;
}

interface Row {
  readonly name: string;
  readonly display_name: string;
  readonly roles: string;
  readonly extension: string | null;
  readonly enabled: number;
  readonly created_ms: number;
  readonly password_ms: number;
  readonly must_change: number;
}

const COLUMNS = 'name, display_name, roles, extension, enabled, created_ms, password_ms, must_change';

const fromRow = (row: Row): AccountRow => ({
  name: row.name,
  displayName: row.display_name,
  roles: wordsOf(row.roles),
  extension: row.extension,
  enabled: row.enabled === 1,
  createdMs: row.created_ms,
  passwordMs: row.password_ms,
  mustChange: row.must_change === 1,
});

/** By name. */
export function readAccounts({ db }: Store): readonly AccountRow[] {
  return db.prepare<[], Row>(`SELECT ${COLUMNS} FROM accounts ORDER BY name`).all().map(fromRow);
}

export function readAccount({ db }: Store, name: string): AccountRow | null {
  const row = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM accounts WHERE name = ?`).get(name);
  return row ? fromRow(row) : null;
}

/** Null where there is no such account. */
export function readPasswordHash({ db }: Store, name: string): string | null {
  const hash = db.prepare<[string], string>('SELECT hash FROM accounts WHERE name = ?').pluck().get(name);
  return hash ?? null;
}

const valuesOf = (account: AccountRow) => ({
  ...account,
  roles: JSON.stringify(account.roles),
  enabled: asBit(account.enabled),
  mustChange: asBit(account.mustChange),
});

export function insertAccount({ db }: Store, account: AccountRow, hash: string): void {
  db.prepare(
    `INSERT INTO accounts (${COLUMNS}, hash) VALUES
       (@name, @displayName, @roles, @extension, @enabled, @createdMs, @passwordMs, @mustChange, @hash)`,
  ).run({ ...valuesOf(account), hash });
}

/** All but the name, the time it was made, and the password. */
export function updateAccount({ db }: Store, account: AccountRow): void {
  db.prepare(
    `UPDATE accounts SET display_name = @displayName, roles = @roles, extension = @extension, enabled = @enabled
     WHERE name = @name`,
  ).run(valuesOf(account));
}

export function writePassword(
  { db }: Store,
  name: string,
  { hash, atMs, mustChange }: { readonly hash: string; readonly atMs: number; readonly mustChange: boolean },
): void {
  db.prepare('UPDATE accounts SET hash = ?, password_ms = ?, must_change = ? WHERE name = ?').run(
    hash,
    atMs,
    asBit(mustChange),
    name,
  );
}

/** Its sessions, tokens and browsers go with it. */
export function deleteAccount({ db }: Store, name: string): void {
  db.prepare('DELETE FROM accounts WHERE name = ?').run(name);
}
