// `/accounts/{name}/sessions` and `/accounts/{name}/tokens`: how others get in.
import { z } from '@hono/zod-openapi';
import { endSessions } from '../../../admin/sessions.ts';
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
import { accountParams } from './accounts.ts';

export const accountAccessRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/accounts/{name}/sessions',
    tag: 'Accounts',
    summary: 'Where somebody is signed in',
    needs: ['accounts'],
    params: accountParams,
    answer: sessionsForm,
    handle: (asked) => sessionsOf(asked, asked.params.name),
  }),
  route({
    method: 'delete',
    path: '/accounts/{name}/sessions',
    tag: 'Accounts',
    summary: 'Sign somebody out everywhere',
    needs: ['accounts'],
    params: accountParams,
    answer: outcomeForm,
    handle: ({ change, params }) => endSessions(change, params.name),
  }),
  route({
    method: 'get',
    path: '/accounts/{name}/tokens',
    tag: 'Accounts',
    summary: 'Tokens of somebody',
    needs: ['accounts'],
    params: accountParams,
    answer: tokensForm,
    handle: (asked) => tokensOf(asked, asked.params.name),
  }),
  route({
    method: 'post',
    path: '/accounts/{name}/tokens',
    tag: 'Accounts',
    summary: 'Make a token for a program; it is shown this once',
    needs: ['accounts'],
    params: accountParams,
    body: newTokenForm,
    answer: tokenOutcomeForm,
    handle: ({ change, who, params, body, context }) =>
      who.via === 'session' ? addToken(change, params.name, body) : problem(context, 'forbidden', NO_TOKEN),
  }),
  route({
    method: 'delete',
    path: '/accounts/{name}/tokens/{token}',
    tag: 'Accounts',
    summary: 'Remove a token; it is good for nothing at once',
    needs: ['accounts'],
    params: z.strictObject({ ...accountParams.shape, token: z.string().max(40) }),
    answer: outcomeForm,
    handle: ({ change, who, params, context }) =>
      who.via === 'session'
        ? removeToken(change, params.name, params.token)
        : problem(context, 'forbidden', NO_TOKEN),
  }),
];
