// `/policy`: the whole policy as a file: out, compared, in, and back to an earlier version.
import { z } from '@hono/zod-openapi';
import {
  applyPolicy,
  policyText,
  rollBack,
  shownHistory,
  shownVersion,
} from '../../../admin/policy-file/apply.ts';
import { AppError } from '../../../errors.ts';
import { idWord, momentForm, outcomeForm } from '../forms.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';

/** A hundred thousand rules are half of it, and some five seconds of work; what is larger is a matter of `policy apply`. */
const POLICY_BYTES_MAX = 16 * 1024 * 1024;
const TOML = 'application/toml';
const NAME = 'the file';

const version = z.int().min(1).max(Number.MAX_SAFE_INTEGER);
const shown = (store: Store) => shownVersion(store);
/** Whoever applies a file changes everything in it. */
const writes = ['system.write', 'users.write'] as const;

export const policyRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/policy',
    tag: 'Policy',
    summary: 'The version in force',
    needs: ['policy.read'],
    answer: z.strictObject({ version: z.int() }),
    tagged: true,
    handle: ({ store }) => shown(store),
  }),
  route({
    method: 'get',
    path: '/policy.toml',
    tag: 'Policy',
    summary: 'The policy as a file',
    description: 'Everything but PINs, which have no readable form.',
    needs: ['policy.read'],
    query: z.strictObject({
      version: idWord.optional().meta({ description: 'As it was then.' }),
    }),
    answer: z.string(),
    produces: TOML,
    handle: ({ store, query, context }) =>
      context.body(policyText(store, query.version ?? null), 200, {
        'content-type': `${TOML}; charset=utf-8`,
        'content-disposition': 'attachment; filename="policy.toml"',
        'cache-control': 'no-store',
      }),
  }),
  route({
    method: 'get',
    path: '/policy/history',
    tag: 'Policy',
    summary: 'The versions that one can go back to, newest first',
    needs: ['policy.read'],
    answer: z.strictObject({
      versions: z
        .array(z.strictObject({ version: z.int(), atMs: momentForm, actor: z.string(), bytes: z.int() }))
        .readonly(),
    }),
    handle: ({ store }) => ({ versions: shownHistory(store) }),
  }),
  route({
    method: 'post',
    path: '/policy/plan',
    tag: 'Policy',
    summary: 'What applying a file would change; nothing is changed',
    needs: ['policy.read'],
    file: TOML,
    bodyMax: POLICY_BYTES_MAX,
    answer: outcomeForm,
    handle: ({ ports, body }) => ports.heavy.read('policy-plan', { text: textOf(body), file: NAME }),
  }),
  route({
    method: 'post',
    path: '/policy/apply',
    tag: 'Policy',
    summary: 'Make the policy what the file says, in one transaction',
    description: 'Files of 16 MiB at most; `callwarden policy apply` takes larger ones.',
    needs: writes,
    file: TOML,
    bodyMax: POLICY_BYTES_MAX,
    answer: outcomeForm,
    guards: ({ store }) => shown(store),
    handle: ({ change, body }) => applyPolicy(change, textOf(body), NAME),
  }),
  route({
    method: 'post',
    path: '/policy/rollback',
    tag: 'Policy',
    summary: 'Make the policy what it was at an earlier version',
    needs: writes,
    body: z.strictObject({ version }),
    answer: outcomeForm,
    guards: ({ store }) => shown(store),
    handle: ({ change, body }) => rollBack(change, body.version),
  }),
];

function textOf(body: unknown): string {
  try {
    if (body instanceof Uint8Array) return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    // Told below.
  }
  throw new AppError('invalid', 'The file is not written in UTF-8.');
}
