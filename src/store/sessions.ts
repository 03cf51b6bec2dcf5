// Who is signed in, and from which browsers an account was used before: rows hold hashes, so that a copy of them lets nobody in.
import type { Store } from './open.ts';

export interface SessionRow {
  /** To name it by; it lets nobody in. */
  readonly id: string;
  readonly account: string;
  readonly createdMs: number;
  readonly seenMs: number;
  readonly address: string;
  readonly userAgent: string;
}

interface Row {
  readonly id: string;
  readonly account: string;
  readonly created_ms: number;
  readonly seen_ms: number;
  readonly address: string;
  readonly user_agent: string;
}

const COLUMNS = 'id, account, created_ms, seen_ms, address, user_agent';

const fromRow = (row: Row): SessionRow => ({
  id: row.id,
  account: row.account,
  createdMs: row.created_ms,
  seenMs: row.seen_ms,
  address: row.address,
  userAgent: row.user_agent,
});

export function readSession({ db }: Store, hash: string): SessionRow | null {
  const row = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM sessions WHERE hash = ?`).get(hash);
  return row ? fromRow(row) : null;
}

export function readSessionOfId({ db }: Store, id: string): SessionRow | null {
  const row = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM sessions WHERE id = ?`).get(id);
  return row ? fromRow(row) : null;
}

/** Of one account, or of all; who was seen last stands first. */
export function readSessions({ db }: Store, account: string | null): readonly SessionRow[] {
  const sql = `SELECT ${COLUMNS} FROM sessions WHERE @account IS NULL OR account = @account ORDER BY seen_ms DESC, id`;
  return db.prepare<{ account: string | null }, Row>(sql).all({ account }).map(fromRow);
}

export function insertSession({ db }: Store, hash: string, session: SessionRow): void {
  db.prepare(
    `INSERT INTO sessions (hash, ${COLUMNS}) VALUES
       (@hash, @id, @account, @createdMs, @seenMs, @address, @userAgent)`,
  ).run({ hash, ...session });
}

export function writeSessionSeen({ db }: Store, id: string, seenMs: number): void {
  db.prepare('UPDATE sessions SET seen_ms = ? WHERE id = ?').run(seenMs, id);
}

export function deleteSession({ db }: Store, id: string): void {
  db.prepare('DELETE FROM sessions WHERE id = ?').run(id);
}

/** Returns how many there were. */
export function deleteSessionsOf({ db }: Store, account: string): number {
  return db.prepare('DELETE FROM sessions WHERE account = ?').run(account).changes;
}

/** For a restored database: who was signed in when the backup was taken is not signed in now. */
export function deleteAllSessions({ db }: Store): void {
  db.prepare('DELETE FROM sessions').run();
}

/** Those that nobody has used since, or that were begun before. */
export function deleteEndedSessions(
  { db }: Store,
  { seenBeforeMs, begunBeforeMs }: { readonly seenBeforeMs: number; readonly begunBeforeMs: number },
): void {
  db.prepare('DELETE FROM sessions WHERE seen_ms <= ? OR created_ms <= ?').run(seenBeforeMs, begunBeforeMs);
}

/** Beyond so many of one account, those that were not seen for longest. */
export function deleteSessionsBeyond({ db }: Store, account: string, kept: number): void {
  db.prepare(
    `DELETE FROM sessions WHERE id IN
       (SELECT id FROM sessions WHERE account = ? ORDER BY seen_ms DESC, id LIMIT -1 OFFSET ?)`,
  ).run(account, kept);
}

/** Whether this account was signed in to from there, since then. */
export function isKnownBrowser({ db }: Store, hash: string, account: string, sinceMs: number): boolean {
  const sql = 'SELECT 1 FROM known_browsers WHERE hash = ? AND account = ? AND used_ms > ?';
  return db.prepare(sql).get(hash, account, sinceMs) !== undefined;
}

/** Of one account so many are kept, the last used ones. */
export function writeKnownBrowser(
  { db }: Store,
  browser: { readonly hash: string; readonly account: string; readonly usedMs: number },
  kept: number,
): void {
  db.prepare(
    'INSERT OR REPLACE INTO known_browsers (hash, account, used_ms) VALUES (@hash, @account, @usedMs)',
  ).run(browser);
  db.prepare(
    `DELETE FROM known_browsers WHERE hash IN
       (SELECT hash FROM known_browsers WHERE account = ? ORDER BY used_ms DESC, hash LIMIT -1 OFFSET ?)`,
  ).run(browser.account, kept);
}

/** After a new password a browser that knew the old one is one like any other. */
export function deleteKnownBrowsers({ db }: Store, account: string): void {
  db.prepare('DELETE FROM known_browsers WHERE account = ?').run(account);
}
