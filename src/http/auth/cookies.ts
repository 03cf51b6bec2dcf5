// The two cookies of the console: who is signed in now, and a browser that was used before.
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { BOARD_LENGTH_MS } from '../../admin/sessions.ts';
import { BROWSER_KNOWN_MS } from '../../admin/sign-in.ts';
import { peerOf } from '../peer.ts';

type Kind = 'session' | 'browser';
/** The cookie of a session, too, and kept when the browser is started anew. */
type Written = Kind | 'board';

/** Over TLS the name binds the cookie to this very host: no neighbour of the domain can set one. */
const NAMES: Readonly<Record<Kind, readonly [secure: string, plain: string]>> = {
  session: ['__Host-callwarden', 'callwarden'],
  browser: ['__Host-callwarden-browser', 'callwarden-browser'],
};
const SECRET = /^[\w-]{43}$/;

/** Plain HTTP stays on this machine, where a browser would not keep a cookie that is for TLS alone. */
function nameOf(context: Context, kind: Kind): string {
  return NAMES[kind][peerOf(context).isSecure ? 0 : 1];
}

/** Null where there is none, or what is there is no secret of ours. */
export function readSecret(context: Context, kind: Kind): string | null {
  const value = getCookie(context, nameOf(context, kind)) ?? '';
  return SECRET.test(value) ? value : null;
}

export function writeSecret(context: Context, kind: Written, secret: string): void {
  setCookie(context, nameOf(context, kind === 'board' ? 'session' : kind), secret, {
    ...attributes(context),
    ...lasting(kind),
  });
}

function lasting(kind: Written): { readonly maxAge?: number } {
  switch (kind) {
    case 'browser':
      return { maxAge: BROWSER_KNOWN_MS / 1000 };
    case 'board':
      return { maxAge: BOARD_LENGTH_MS / 1000 };
    // It ends with the browser, at the latest.
    case 'session':
      return {};
  }
}

export function clearSession(context: Context): void {
  deleteCookie(context, nameOf(context, 'session'), attributes(context));
}

const attributes = (context: Context) =>
  ({ path: '/', httpOnly: true, sameSite: 'Strict', secure: peerOf(context).isSecure }) as const;
