// What sessions and tokens look like, one's own and those of others.
import { z } from '@hono/zod-openapi';
import { rights } from '../../../admin/account-rights.ts';
import { listSessions, type Session } from '../../../admin/sessions.ts';
import { listTokens, type ApiToken } from '../../../admin/tokens.ts';
import { validityState } from '../../../admin/validity-state.ts';
import { momentForm, outcomeForm, validityStates } from '../forms.ts';
import type { AnyAsked } from '../route.ts';
import type { Who } from '../who.ts';

const sessionForm = z
  .strictObject({
    id: z.string(),
    createdMs: momentForm,
    seenMs: momentForm,
    address: z.string(),
    userAgent: z.string(),
    board: z.boolean().meta({ description: 'A wallboard, which looks on and changes nothing.' }),
    isThis: z.boolean().meta({ description: 'It is the one that asks.' }),
  })
  .meta({ id: 'Session' });

export const sessionsForm = z.strictObject({ sessions: z.array(sessionForm).readonly() });

/** Where the account is signed in. */
export const sessionsOf = (
  { store, who, nowMs }: AnyAsked,
  account: string,
): z.input<typeof sessionsForm> => ({
  sessions: listSessions(store, account, nowMs).map((session) => shownSession(session, who)),
});

function shownSession(session: Session, who: Who): z.input<typeof sessionForm> {
  const { id, createdMs, seenMs, address, userAgent, board } = session;
  return {
    id,
    createdMs,
    seenMs,
    address,
    userAgent,
    board,
    isThis: who.via !== 'token' && who.credential === id,
  };
}

export const tokenForm = z
  .strictObject({
    name: z.string(),
    rights: z.array(z.enum(rights)).readonly(),
    createdMs: momentForm,
    fromMs: momentForm.nullable(),
    untilMs: momentForm,
    usedMs: momentForm.nullable().meta({ description: 'When it was last used; null for never.' }),
    state: validityStates,
  })
  .meta({ id: 'Token' });

export const tokensForm = z.strictObject({ tokens: z.array(tokenForm).readonly() });

export const tokensOf = ({ store, nowMs }: AnyAsked, account: string): z.input<typeof tokensForm> => ({
  tokens: listTokens(store, account).map((token) => shownToken(token, nowMs)),
});

function shownToken(token: ApiToken, nowMs: number): z.input<typeof tokenForm> {
  const { account: _, ...shown } = token;
  return { ...shown, state: validityState(token, nowMs) };
}

export const newTokenForm = z.strictObject({
  name: z.string().min(1).max(40),
  rights: z.array(z.enum(rights)).min(1).max(rights.length).meta({
    description: 'What it may do, of what the account may.',
  }),
  fromMs: momentForm.nullable().default(null),
  untilMs: momentForm.meta({ description: 'Its end, two years ahead at most.' }),
});

/** A token that could make others would never end. */
export const NO_TOKEN = 'A token makes and removes no tokens. Sign in, and do it there.';

export const tokenOutcomeForm = z.strictObject({
  ...outcomeForm.shape,
  token: z.string().meta({ description: 'Shown this once.' }),
});
