// Who asks: a browser by its cookie, guarded against other sites, or a program by its token.
import type { Context } from 'hono';
import { boardRights, seesAllCalls } from '../../admin/account-rights.ts';
import { noteSeen, sessionOf, sessionOfId, type SignedIn } from '../../admin/sessions.ts';
import { noteTokenUsed, tokenHolder, tokenHolderOf, type TokenHolder } from '../../admin/tokens.ts';
import { AppError } from '../../errors.ts';
import type { Store } from '../api/ports.ts';
import type { Identity, Who } from '../api/who.ts';
import { readSecret } from './cookies.ts';
import { hasCsrfToken, isFromOwnSite, isHarmless } from './own-site.ts';

export interface IdentifyPorts {
  readonly store: () => Store;
  readonly nowMs: () => number;
}

const MARK_PAUSE_MS = 10_000;
const BEARER = /^Bearer +(\S{1,200})$/i;

/** A request with a token counts by that alone: the cookie beside it is not looked at. */
export function createIdentify({ store, nowMs }: IdentifyPorts): (context: Context) => Promise<Identity> {
  const mark = createMarks(nowMs);
  // What fails is the answer of this request, never an exception beside it.
  return async (context) => {
    const authorization = context.req.header('authorization');
    return authorization === undefined
      ? bySession(store(), context, nowMs(), mark)
      : byToken(store(), authorization, nowMs(), mark);
  };
}

function byToken(store: Store, authorization: string, nowMs: number, mark: Mark): Identity {
  const [, secret] = BEARER.exec(authorization) ?? [];
  const holder = secret === undefined ? null : tokenHolder(store, secret, nowMs);
  if (!holder) return { kind: 'unknown' };
  mark(() => noteTokenUsed(store, holder.token, nowMs));
  return { kind: 'known', who: whoOfToken(holder) };
}

function bySession(store: Store, context: Context, nowMs: number, mark: Mark): Identity {
  const secret = readSecret(context, 'session');
  const signedIn = secret === null ? null : sessionOf(store, secret, nowMs);
  if (secret === null || signedIn === null) return { kind: 'unknown' };
  if (!isHarmless(context)) {
    if (!isFromOwnSite(context)) return refused('This request does not come from a page of the console.');
    if (!hasCsrfToken(context, secret)) {
      return refused('Send the csrfToken of GET /session as x-csrf-token, or load the page again.');
    }
  }
  // A board that is left open is no sign that somebody sits before it.
  const isStream = context.req.header('accept')?.includes('text/event-stream') === true;
  if (!isStream) mark(() => noteSeen(store, signedIn.session, nowMs));
  return { kind: 'known', who: whoOfSession(signedIn) };
}

const refused = (message: string): Identity => ({ kind: 'refused', status: 403, message });

type Mark = (write: () => void) => void;

/**
 * The mark of the last use is no reason to refuse a request, where the database is locked or full. Nor is it one to hold the
 * whole thread up: after one that waited in vain, none is tried for a while.
 */
export function createMarks(nowMs: () => number): Mark {
  let failedMs: number | null = null;
  return (write) => {
    if (failedMs !== null && Math.abs(nowMs() - failedMs) < MARK_PAUSE_MS) return;
    try {
      write();
      failedMs = null;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      failedMs = nowMs();
    }
  };
}

/** Who it is now, for what outlasts the look at the door: null once the session or the token is over. */
export function whoNow(store: Store, who: Who, nowMs: number): Who | null {
  if (who.via === 'token') {
    const holder = tokenHolderOf(store, who.account, who.credential, nowMs);
    return holder && whoOfToken(holder);
  }
  const signedIn = sessionOfId(store, who.credential, nowMs);
  return signedIn && whoOfSession(signedIn);
}

/** Whose password must be changed may do that, and nothing else. A board looks, and nothing else. */
export function whoOfSession({ session, account }: SignedIn): Who {
  const { board } = session;
  return {
    name: account.name,
    actor: `user:${account.name}`,
    rights: new Set(
      account.rights.filter((right) => !account.mustChange && (!board || boardRights.includes(right))),
    ),
    extension: account.extension,
    seesAll: !account.mustChange && seesAllCalls(account.roles),
    via: board ? 'board' : 'session',
    account: account.name,
    credential: session.id,
  };
}

function whoOfToken({ token, account, rights }: TokenHolder): Who {
  const name = `${account.name}/${token.name}`;
  return {
    name,
    actor: `token:${name}`,
    rights: new Set(rights),
    extension: account.extension,
    seesAll: seesAllCalls(account.roles),
    via: 'token',
    account: account.name,
    credential: token.name,
  };
}
