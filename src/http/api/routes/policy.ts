// `/policy`: the whole policy as a file: out, compared, in, and back to an earlier version.
import { z } from '@hono/zod-openapi';
import { applyPolicy, rollBack, shownHistory, shownVersion } from '../../../admin/policy-file/apply.ts';
import { AppError } from '../../../errors.ts';
import { DAY_MS, idWord, momentForm, outcomeForm, wholeWord } from '../forms.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';

/** A hundred thousand rules are half of it, and some five seconds of work; what is larger is a matter of `policy apply`. */
const POLICY_BYTES_MAX = 16 * 1024 * 1024;
const TOML = 'application/toml';
const NAME = 'the file';

/** Of records that a file is tried on. */
const REPLAY_DAYS_MAX = 90;

const judged = z
  .strictObject({
    count: z.int(),
    rows: z
      .array(
        z.strictObject({
          seq: z.int().meta({ description: 'Of the record: `/calls/{seq}`.' }),
          atMs: momentForm,
          extension: z.string().nullable(),
          dialled: z.string(),
          verdict: z.enum(['continue', 'deny', 'challenge']),
          reason: z.string(),
          rule: z.string(),
          reasonNow: z.string().meta({ description: 'By the policy in force.' }),
        }),
      )
      .readonly(),
  })
  .meta({ id: 'JudgedOtherwise', description: 'The newest of them; all are counted.' });

export const replayForm = z.strictObject({
  calls: z.int(),
  more: z.boolean().meta({ description: 'More calls are on record than were judged.' }),
  denied: z.int().meta({ description: 'By the file.' }),
  challenged: z.int().meta({ description: 'Would be asked for a PIN by the file.' }),
  refused: judged.meta({ description: 'Refused by the file, and not by the policy in force.' }),
  opened: judged.meta({ description: 'Refused by the policy in force, and not by the file.' }),
});

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
    handle: async ({ ports, query, context }) => {
      const text = await ports.heavy.read('policy-text', { version: query.version ?? null });
      return context.body(text, 200, {
        'content-type': `${TOML}; charset=utf-8`,
        'content-disposition': 'attachment; filename="policy.toml"',
        'cache-control': 'no-store',
      });
    },
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
    path: '/policy/replay',
    tag: 'Policy',
    summary: 'Which calls of the last days a file would judge otherwise; nothing is changed',
    description:
      'The newest 20,000 calls on record are judged by the file and by the policy in force, each with its own limits.',
    needs: ['policy.read', 'calls.read'],
    query: z.strictObject({ days: wholeWord(1, REPLAY_DAYS_MAX).default(7) }),
    file: TOML,
    bodyMax: POLICY_BYTES_MAX,
    answer: replayForm,
    handle: ({ ports, body, query, nowMs }) =>
      ports.heavy.read('policy-replay', {
        text: textOf(body),
        file: NAME,
        sinceMs: nowMs - query.days * DAY_MS,
      }),
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
