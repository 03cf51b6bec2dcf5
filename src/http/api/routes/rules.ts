// `/rules`: rules by number and prefix, the block-list among them, and files of them.
import { z } from '@hono/zod-openapi';
import { csvBounds } from '../../../admin/csv.ts';
import { exportRules, importRules } from '../../../admin/rule-files.ts';
import { listRules } from '../../../admin/rule-list.ts';
import { RULE_TEXT_LENGTH_MAX, ruleActions } from '../../../admin/rule-words.ts';
import { addRules, observeRules, removeRules } from '../../../admin/rules.ts';
import { csvFile } from '../files.ts';
import { momentForm, outcomeForm, PAGE_ROWS_MAX, pageQuery, wholeWord, yesOrNo } from '../forms.ts';
import { route, type Route } from '../route.ts';

/** Numbers and ids that one request takes. */
const OF_REQUEST_MAX = 1_000;

const ruleForm = z
  .strictObject({
    id: z.int(),
    group: z.string().nullable().meta({ description: 'Null for the organisation.' }),
    action: z.enum(ruleActions),
    pattern: z.string(),
    exact: z.boolean(),
    numbers: z.string().meta({ description: '`+5411*` for a prefix, `+541143210000` for one number.' }),
    premium: z.boolean().meta({ description: 'Opens numbers that cost extra.' }),
    observe: z.boolean().meta({ description: 'Records what it would decide, and has no other effect.' }),
    reason: z.string(),
    fromMs: momentForm.nullable(),
    untilMs: momentForm.nullable(),
    state: z.string().meta({ description: '`active`, `observed`, `expired`, …' }),
  })
  .meta({ id: 'Rule' });

const word = z.string().min(1).max(100);
const reason = z.string().max(RULE_TEXT_LENGTH_MAX);
const ids = z.array(z.int().min(1)).min(1).max(OF_REQUEST_MAX);
const moment = momentForm.nullable().default(null);

const listRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/rules',
    tag: 'Rules',
    summary: 'Rules in the order of their ids, or those that meet a number',
    needs: ['policy.read'],
    query: z.strictObject({
      action: z.enum(ruleActions).optional(),
      group: word.optional(),
      text: word.optional().meta({ description: 'Stands in the reason or in the digits.' }),
      number: word
        .optional()
        .meta({ description: 'As dialled or with +: the rules that meet it, the longest first.' }),
      limit: pageQuery.limit,
      cursor: wholeWord(0, Number.MAX_SAFE_INTEGER).default(0),
    }),
    answer: z.strictObject({
      rows: z.array(ruleForm).max(PAGE_ROWS_MAX).readonly(),
      count: z.int().meta({ description: 'On all pages together.' }),
      next: z.string().nullable(),
    }),
    handle: ({ store, query, nowMs }) => {
      const { limit, cursor: afterId, ...filter } = query;
      const { rules, count, next } = listRules(store, filter, { afterId, limit }, nowMs);
      return { rows: rules, count, next: next === null ? null : String(next) };
    },
  }),
  route({
    method: 'get',
    path: '/rules.csv',
    tag: 'Rules',
    summary: 'All rules as CSV, as the import reads them',
    needs: ['policy.read'],
    produces: 'text/csv',
    answer: z.string(),
    handle: ({ store, context }) => csvFile(context, 'rules.csv', exportRules(store)),
  }),
];

export const ruleRoutes: readonly Route[] = [
  ...listRoutes,
  route({
    method: 'post',
    path: '/rules',
    tag: 'Rules',
    summary: 'Add a rule for each of the numbers, all or none',
    needs: ['system.write'],
    body: z.strictObject({
      numbers: z.array(word).min(1).max(OF_REQUEST_MAX),
      action: z.enum(ruleActions),
      group: word.nullable().default(null),
      exact: z.boolean().default(false).meta({ description: 'These very numbers, not all that begin so.' }),
      premium: z.boolean().optional().meta({ description: 'Also where it costs extra; exact numbers do.' }),
      observe: z.boolean().default(false),
      reason: reason.default(''),
      fromMs: moment,
      untilMs: moment,
    }),
    answer: outcomeForm,
    handle: ({ change, body: { numbers, ...terms } }) => addRules(change, numbers, terms),
  }),
  route({
    method: 'post',
    path: '/rules/remove',
    tag: 'Rules',
    summary: 'Take rules away, all or none',
    needs: ['system.write'],
    body: z.strictObject({ ids }),
    answer: outcomeForm,
    handle: ({ change, body }) => removeRules(change, body.ids.map(String)),
  }),
  route({
    method: 'post',
    path: '/rules/observe',
    tag: 'Rules',
    summary: 'Whether rules only record what they would decide, all or none',
    needs: ['system.write'],
    body: z.strictObject({ ids, observe: z.boolean() }),
    answer: outcomeForm,
    handle: ({ change, body }) => observeRules(change, body.ids.map(String), body.observe),
  }),
  route({
    method: 'post',
    path: '/rules.csv',
    tag: 'Rules',
    summary: 'Add the rules of a CSV file, all or none',
    description: 'Columns: number, action, exact, group, premium, observe, reason, from, until.',
    needs: ['system.write'],
    query: z.strictObject({
      action: z.enum(ruleActions).optional().meta({ description: 'Of lines that have none.' }),
      reason: reason.default('').meta({ description: 'Of lines that have none.' }),
      replace: yesOrNo
        .default(false)
        .meta({ description: 'In the place of all rules with that very reason.' }),
    }),
    file: 'text/csv',
    body: z.instanceof(Uint8Array),
    bodyMax: csvBounds.bytesMax,
    answer: outcomeForm.extend({
      counts: z.strictObject({ lines: z.int(), added: z.int(), skipped: z.int(), removed: z.int() }),
    }),
    handle: ({ change, query, body }) => {
      const { action = null } = query;
      const { outcome, counts } = importRules(change, body, { ...query, action });
      return { ...outcome, counts };
    },
  }),
];

export type Rule = z.output<typeof ruleForm>;
