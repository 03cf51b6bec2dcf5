// `/audit`: who changed what, and whether the chain of records is whole.
import { z } from '@hono/zod-openapi';
import { auditWitness } from '../../../admin/audit-witness.ts';
import { auditCsv, auditJsonLines, EXPORT_ROWS_MAX } from '../../../admin/record-exports.ts';
import { listAudit } from '../../../admin/record-pages.ts';
import { download } from '../download.ts';
import { momentForm, pageOf, pageQuery } from '../forms.ts';
import { route, type Route } from '../route.ts';
import { auditForm, auditQuery, within } from './record-forms.ts';

const needs = ['audit.read'] as const;
const FILE = `Newest first, up to ${EXPORT_ROWS_MAX} records; ask for a shorter time where there are more.`;

export const verdictForm = z
  .strictObject({
    whole: z.boolean(),
    records: z.int().meta({ description: 'That hold, from the first on.' }),
    brokenAtSeq: z.int().nullable(),
    problem: z.string().meta({ description: "A sentence; '' where there is none." }),
    signature: z.enum(['good', 'bad', 'unchecked', 'none']).meta({
      description: 'Of the head that the daemon signs with its key file and keeps outside of the database.',
    }),
    signedSeq: z.int().nullable(),
    signedAtMs: momentForm.nullable(),
  })
  .meta({ id: 'AuditVerdict' });

export const auditRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/audit',
    tag: 'Audit',
    summary: 'Who changed what',
    description: 'Newest first. A page may be shorter than asked for, or empty, while it has a `next`.',
    needs,
    query: z.strictObject({ ...auditQuery, ...pageQuery }),
    answer: pageOf(auditForm),
    handle: ({ store, query }) => listAudit(store, within(query)),
  }),
  route({
    method: 'get',
    path: '/audit.csv',
    tag: 'Audit',
    summary: 'The same as a file for a spreadsheet',
    description: FILE,
    needs,
    query: z.strictObject(auditQuery),
    answer: z.string(),
    produces: 'text/csv',
    handle: ({ store, query, context }) => {
      const kind = { name: 'audit.csv', type: 'text/csv; charset=utf-8' };
      return download(context, kind, auditCsv(store, within(query)));
    },
  }),
  route({
    method: 'get',
    path: '/audit.jsonl',
    tag: 'Audit',
    summary: 'The same for programs: one JSON object a line',
    description: FILE,
    needs,
    query: z.strictObject(auditQuery),
    answer: z.string(),
    produces: 'application/jsonl',
    handle: ({ store, query, context }) => {
      const kind = { name: 'audit.jsonl', type: 'application/jsonl; charset=utf-8' };
      return download(context, kind, auditJsonLines(store, within(query)));
    },
  }),
  route({
    method: 'get',
    path: '/audit/verify',
    tag: 'Audit',
    summary: 'Whether the chain of all records is whole, and its head is the signed one',
    needs,
    answer: verdictForm,
    handle: async ({ store, ports }) => {
      const { signature, signed } = auditWitness(store.path, ports.key);
      const found = await ports.heavy.read('audit-verify', signed === null ? [] : [signed]);
      return {
        whole: found.whole,
        records: found.rows,
        brokenAtSeq: found.whole ? null : found.brokenAtSeq,
        problem: found.whole ? '' : found.problem,
        signature,
        signedSeq: signed?.seq ?? null,
        signedAtMs: signed?.atMs ?? null,
      };
    },
  }),
];
