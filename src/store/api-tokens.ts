// Tokens with which programs use the API in the name of an account. Rows hold hashes.
import type { Store } from './open.ts';
import { wordsOf } from './rows.ts';

export interface ApiTokenRow {
  readonly account: string;
  readonly name: string;
  /** At most these, of those that the account has. */
  readonly rights: readonly string[];
  readonly createdMs: number;
  readonly fromMs: number | null;
  readonly untilMs: number;
  readonly usedMs: number | null;
}

interface Row {
  readonly account: string;
  readonly name: string;
  readonly rights: string;
  readonly created_ms: number;
  readonly from_ms: number | null;
  readonly until_ms: number;
  readonly used_ms: number | null;
}

const COLUMNS = 'account, name, rights, created_ms, from_ms, until_ms, used_ms';

const fromRow = (row: Row): ApiTokenRow => ({
  account: row.account,
  name: row.name,
  rights: wordsOf(row.rights),
  createdMs: row.created_ms,
  fromMs: row.from_ms,
  untilMs: row.until_ms,
  usedMs: row.used_ms,
});

/** By the hash of the token. */
export function readApiToken({ db }: Store, hash: string): ApiTokenRow | null {
  const row = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM api_tokens WHERE hash = ?`).get(hash);
  return row ? fromRow(row) : null;
}

export function readApiTokenOf({ db }: Store, account: string, name: string): ApiTokenRow | null {
  const sql = `SELECT ${COLUMNS} FROM api_tokens WHERE account = ? AND name = ?`;
  const row = db.prepare<[string, string], Row>(sql).get(account, name);
  return row ? fromRow(row) : null;
}

/** Of one account, or of all. */
export function readApiTokens({ db }: Store, account: string | null): readonly ApiTokenRow[] {
  const sql = `SELECT ${COLUMNS} FROM api_tokens WHERE @account IS NULL OR account = @account ORDER BY account, name`;
  return db.prepare<{ account: string | null }, Row>(sql).all({ account }).map(fromRow);
}

export function insertApiToken({ db }: Store, hash: string, token: ApiTokenRow): void {
  db.prepare(
    `INSERT INTO api_tokens (hash, ${COLUMNS}) VALUES
       (@hash, @account, @name, @rights, @createdMs, @fromMs, @untilMs, @usedMs)`,
  ).run({ hash, ...token, rights: JSON.stringify(token.rights) });
}

export function writeApiTokenUsed({ db }: Store, account: string, name: string, usedMs: number): void {
  db.prepare('UPDATE api_tokens SET used_ms = ? WHERE account = ? AND name = ?').run(usedMs, account, name);
}

export function deleteApiToken({ db }: Store, account: string, name: string): void {
  db.prepare('DELETE FROM api_tokens WHERE account = ? AND name = ?').run(account, name);
}
