// Sessions of the console: begun with a password, ended by idleness, by their length, or by a word.
import { AppError } from '../errors.ts';
import { readAccount } from '../store/accounts.ts';
import type { Store } from '../store/open.ts';
import {
  deleteEndedSessions,
  deleteSession,
  deleteSessionsBeyond,
  deleteSessionsOf,
  insertSession,
  readSession,
  readSessionOfId,
  readSessions,
  writeSessionSeen,
  type SessionRow,
} from '../store/sessions.ts';
import { inWriteTransaction } from '../store/transaction.ts';
import { accountOf, accountSubject, requireAccount, type Account } from './accounts.ts';
import { refuseHigher } from './asker-rights.ts';
import { changeBeside, type AdminContext, type ChangeOutcome } from './change.ts';
import { drawSecret, hashOfSecret } from './secret-words.ts';

/** Nobody at the keyboard: the session ends. Event streams are no sign of life. */
export const SESSION_IDLE_MS = 15 * 60_000;
export const SESSION_LENGTH_MS = 12 * 3_600_000;
/** A board hangs on a wall, where nobody touches it. */
export const BOARD_LENGTH_MS = 30 * 24 * 3_600_000;
/** How often the last use is written down; a session may end so much earlier than said. */
const SEEN_EVERY_MS = 60_000;
/** A clock that was set back further would have sessions of the future go on until it is there again. */
const CLOCK_BACK_MAX_MS = 5 * 60_000;
const SESSIONS_OF_ACCOUNT_MAX = 20;
const USER_AGENT_LENGTH_MAX = 200;
const ID_LENGTH = 12;

export type Session = SessionRow;

export interface SignedIn {
  readonly session: Session;
  readonly account: Account;
}

const lengthMs = ({ board }: Pick<SessionRow, 'board'>) => (board ? BOARD_LENGTH_MS : SESSION_LENGTH_MS);

/** When it ends in any case. */
export const endMs = (session: Pick<SessionRow, 'board' | 'createdMs'>): number =>
  session.createdMs + lengthMs(session);

const isOver = (session: SessionRow, nowMs: number) =>
  (!session.board && nowMs - session.seenMs >= SESSION_IDLE_MS) ||
  nowMs >= endMs(session) ||
  session.seenMs - nowMs > CLOCK_BACK_MAX_MS;

/** Who holds this secret; null where nobody is signed in with it any more. */
export function sessionOf(store: Store, secret: string, nowMs: number): SignedIn | null {
  const session = readSession(store, hashOfSecret(secret));
  return session && signedIn(store, session, nowMs);
}

/** The same by the id, for what lasts longer than a request. */
export function sessionOfId(store: Store, id: string, nowMs: number): SignedIn | null {
  const session = readSessionOfId(store, id);
  return session && signedIn(store, session, nowMs);
}

function signedIn(store: Store, session: SessionRow, nowMs: number): SignedIn | null {
  const row = readAccount(store, session.account);
  return isOver(session, nowMs) || row?.enabled !== true ? null : { session, account: accountOf(row) };
}

/** A sign of life, written once a minute at most. */
export function noteSeen(store: Store, { id, seenMs }: Session, nowMs: number): void {
  if (nowMs - seenMs < SEEN_EVERY_MS) return;
  inWriteTransaction(store, () => writeSessionSeen(store, id, nowMs));
}

/** Nobody touches a board: that it listens is all that tells whether it is still there. */
export function noteBoardSeen(store: Store, id: string, nowMs: number): void {
  const session = readSessionOfId(store, id);
  if (session?.board === true) noteSeen(store, session, nowMs);
}

/** In a write transaction. Returns the secret, which is nowhere else. */
export function beginSession(
  { store, nowMs }: Pick<AdminContext, 'store' | 'nowMs'>,
  account: string,
  { address, userAgent }: Pick<Session, 'address' | 'userAgent'>,
  board = false,
): string {
  const secret = drawSecret();
  deleteEndedSessions(store, {
    seenBeforeMs: nowMs - SESSION_IDLE_MS,
    begunBeforeMs: nowMs - SESSION_LENGTH_MS,
    boardBegunBeforeMs: nowMs - BOARD_LENGTH_MS,
    seenAfterMs: nowMs + CLOCK_BACK_MAX_MS,
  });
  insertSession(store, hashOfSecret(secret), {
    id: drawSecret().slice(0, ID_LENGTH),
    account,
    createdMs: nowMs,
    seenMs: nowMs,
    address,
    userAgent: userAgent.replaceAll(/[^\x20-\x7e]/g, '').slice(0, USER_AGENT_LENGTH_MAX),
    board,
  });
  deleteSessionsBeyond(store, account, SESSIONS_OF_ACCOUNT_MAX);
  return secret;
}

/**
 * The session becomes that of a board on a wall: another secret, the rights to look alone, and a far end. Returns the
 * secret. Throws `AppError('not-found')` where it has ended.
 */
export function turnIntoBoard(context: AdminContext, account: string, id: string): string {
  const { store } = context;
  let secret = '';
  changeBeside(context, () => {
    const before = requireSession(context, account, id);
    deleteSession(store, id);
    secret = beginSession(context, account, before, true);
    const after = { address: before.address };
    return { changes: [{ action: 'board-begun', subject: accountSubject(account), before: null, after }] };
  });
  return secret;
}

function requireSession({ store, nowMs }: AdminContext, account: string, id: string): Session {
  const session = listSessions(store, account, nowMs).find((known) => known.id === id);
  if (session) return session;
  throw new AppError('not-found', 'There is no such session. It may have ended in the meantime.');
}

/** Those that still count, of one account or of all. */
export function listSessions(store: Store, account: string | null, nowMs: number): readonly Session[] {
  if (account !== null) requireAccount(store, account);
  return readSessions(store, account).filter((session) => !isOver(session, nowMs));
}

/** By its holder, or by an administrator. Throws `AppError('not-found')`. */
export function endSession(context: AdminContext, account: string, id: string): ChangeOutcome {
  const { store } = context;
  return changeBeside(context, () => {
    const session = requireSession(context, account, id);
    deleteSession(store, id);
    const before = { address: session.address };
    return { changes: [{ action: 'session-ended', subject: accountSubject(account), before, after: null }] };
  });
}

/** All of one account. */
export function endSessions(context: AdminContext, account: string): ChangeOutcome {
  const { store, nowMs } = context;
  return changeBeside(context, () => {
    const count = listSessions(store, account, nowMs).length;
    refuseHigher(context.rights, account, requireAccount(store, account).rights);
    deleteSessionsOf(store, account);
    if (count === 0) return { changes: [] };
    const change = { action: 'session-ended', subject: accountSubject(account), before: { sessions: count } };
    return { changes: [{ ...change, after: null }] };
  });
}
