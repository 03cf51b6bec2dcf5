// Who is signed in: read at the start, changed by signing in and out, and ended by any answer that says so.
import { signal } from '@preact/signals';
import type { z } from 'zod';
import { api, setCsrfToken, whenSessionEnds } from '../api/client.ts';
import { asProblem } from '../api/problem.ts';
import type { meForm } from '../../http/api/routes/session.ts';
import type { Right } from './rights.ts';

/** `GET /session`. */
export type Me = z.infer<typeof meForm>;

/** `ended`: signed in until just now; the page with its half-filled form still stands. */
export type Session =
  | { readonly kind: 'asking' }
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'out' }
  | { readonly kind: 'in'; readonly me: Me }
  | { readonly kind: 'ended'; readonly me: Me };

export const session = signal<Session>({ kind: 'asking' });

const RETRY_MS = 3000;

whenSessionEnds(() => {
  const now = session.value;
  if (now.kind === 'in') session.value = { kind: 'ended', me: now.me };
});

/** Asks who is signed in; tries again by itself while the daemon does not answer. */
export async function readSession(): Promise<void> {
  try {
    enter(await api.get<Me>('/session'));
  } catch (error) {
    const { code } = asProblem(error);
    if (code === 'not-signed-in') session.value = { kind: 'out' };
    else {
      session.value = { kind: 'unreachable' };
      setTimeout(() => void readSession(), RETRY_MS);
    }
  }
}

/** After signing in. Another account than the one whose page stands there begins with a fresh page. */
export function enter(me: Me): void {
  const before = session.value;
  setCsrfToken(me.csrfToken ?? '');
  if (before.kind === 'ended' && before.me.name !== me.name) location.reload();
  session.value = { kind: 'in', me };
}

export async function signOut(): Promise<void> {
  try {
    await api.delete('/session');
  } finally {
    // Everything that was read goes with the page.
    location.assign('/');
  }
}

export function currentMe(): Me | null {
  const now = session.value;
  return now.kind === 'in' || now.kind === 'ended' ? now.me : null;
}

/** For parts of a page that only some may use. */
export function may(...needed: readonly Right[]): boolean {
  const held = currentMe()?.rights ?? [];
  return needed.every((right) => held.includes(right));
}
