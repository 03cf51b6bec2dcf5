// `/session/sessions` and `/session/tokens`: where one is signed in, and one's own tokens.
import { z } from '@hono/zod-openapi';
import { endSession } from '../../../admin/sessions.ts';
import { addToken, removeToken } from '../../../admin/tokens.ts';
import { outcomeForm } from '../forms.ts';
import { problem } from '../problem.ts';
import { route, type Route } from '../route.ts';
import {
  NO_TOKEN,
  newTokenForm,
  sessionsForm,
  sessionsOf,
  tokenOutcomeForm,
  tokensForm,
  tokensOf,
} from './access-forms.ts';

export const ownAccessRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/session/sessions',
    tag: 'Session',
    summary: 'Where one is signed in',
    needs: [],
    answer: sessionsForm,
    handle: (asked) => sessionsOf(asked, asked.who.account),
  }),
  route({
    method: 'delete',
    path: '/session/sessions/{id}',
    tag: 'Session',
    summary: 'Sign out somewhere else',
    needs: [],
    params: z.strictObject({ id: z.string().max(40) }),
    answer: outcomeForm,
    handle: ({ change, who, params, context }) =>
      who.via === 'session'
        ? endSession(change, who.account, params.id)
        : problem(context, 'forbidden', 'A token ends no sessions. Sign in, and do it there.'),
  }),
  route({
    method: 'get',
    path: '/session/tokens',
    tag: 'Session',
    summary: 'One’s own tokens',
    needs: [],
    answer: tokensForm,
    handle: (asked) => tokensOf(asked, asked.who.account),
  }),
  route({
    method: 'post',
    path: '/session/tokens',
    tag: 'Session',
    summary: 'Make a token for a program; it is shown this once',
    needs: [],
    body: newTokenForm,
    answer: tokenOutcomeForm,
    handle: ({ change, who, body, context }) => {
      if (who.via !== 'session') return problem(context, 'forbidden', NO_TOKEN);
      const beyond = body.rights.filter((right) => !who.rights.has(right));
      if (beyond.length > 0) {
        return problem(context, 'forbidden', `${who.name} has no right to do this: ${beyond.join(', ')}.`);
      }
      return addToken(change, who.account, body);
    },
  }),
  route({
    method: 'delete',
    path: '/session/tokens/{token}',
    tag: 'Session',
    summary: 'Remove one of one’s own tokens',
    needs: [],
    params: z.strictObject({ token: z.string().max(40) }),
    answer: outcomeForm,
    handle: ({ change, who, params, context }) =>
      who.via === 'session'
        ? removeToken(change, who.account, params.token)
        : problem(context, 'forbidden', NO_TOKEN),
  }),
];
