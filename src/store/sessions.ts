// Who is signed in: rows hold hashes, so that a copy of them lets nobody in.
import type { Store } from './open.ts';
import { asBit } from './rows.ts';

export interface SessionRow {
  /** To name it by; it lets nobody in. */
  readonly id: string;
  readonly account: string;
  readonly createdMs: number;
  readonly seenMs: number;
  readonly address: string;
  readonly userAgent: string;
  /** A board on a wall: it shows what happens, for long, and changes nothing. */
  readonly board: boolean;
}

interface Row {
  readonly id: string;
  readonly account: string;
  readonly created_ms: number;
  readonly seen_ms: number;
  readonly address: string;
  readonly user_agent: string;
  readonly board: number;
}

const COLUMNS = 'id, account, created_ms, seen_ms, address, user_agent, board';

const fromRow = (row: Row): SessionRow => ({
  id: row.id,
  account: row.account,
  createdMs: row.created_ms,
  seenMs: row.seen_ms,
  address: row.address,
  userAgent: row.user_agent,
  board: row.board === 1,
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
       (@hash, @id, @account, @createdMs, @seenMs, @address, @userAgent, @board)`,
  ).run({ ...session, hash, board: asBit(session.board) });
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

export interface SessionEnds {
  readonly seenBeforeMs: number;
  readonly begunBeforeMs: number;
  readonly boardBegunBeforeMs: number;
  readonly seenAfterMs: number;
}

/** Those that nobody has used since, that were begun before, or that are of the future; a board may be left alone. */
export function deleteEndedSessions({ db }: Store, ends: SessionEnds): void {
  db.prepare(
    `DELETE FROM sessions WHERE seen_ms > @seenAfterMs OR CASE board
       WHEN 1 THEN created_ms <= @boardBegunBeforeMs
       ELSE seen_ms <= @seenBeforeMs OR created_ms <= @begunBeforeMs END`,
  ).run(ends);
}

/** Beyond so many of one account, those that were not seen for longest. */
export function deleteSessionsBeyond({ db }: Store, account: string, kept: number): void {
  db.prepare(
    `DELETE FROM sessions WHERE id IN
       (SELECT id FROM sessions WHERE account = ? ORDER BY seen_ms DESC, id LIMIT -1 OFFSET ?)`,
  ).run(account, kept);
}
