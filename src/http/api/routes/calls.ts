// `/calls`, `/pickups`, `/ringing-calls`: what was decided, what was picked up, and what rang.
import { z } from '@hono/zod-openapi';
import { callsCsv, EXPORT_ROWS_MAX, ringingCsv } from '../../../admin/record-exports.ts';
import { listCalls, listRinging, showCall } from '../../../admin/record-pages.ts';
import { download } from '../download.ts';
import { idWord, pageQuery } from '../forms.ts';
import { namedPageOf, namesField, pageWithNames, withNames } from '../names.ts';
import { route, type Route } from '../route.ts';
import { callChoice, callForm, callQuery, rangForm, rangQuery, within } from './record-forms.ts';

const PAGES =
  'Newest first. A page may be shorter than asked for, or empty, while it has a `next`: so many records were looked at.';
const FILE = `Newest first, up to ${EXPORT_ROWS_MAX} rows; ask for a shorter time where there are more.`;
const csv = 'text/csv; charset=utf-8';
const needs = ['calls.read'] as const;
const seq = z.strictObject({ seq: idWord });
const { kind: _kind, ...attemptQuery } = callQuery;

const ofCall = ({ party, number, dialled }: z.input<typeof callForm>) => [party, number, dialled];
const ofRinging = ({ extensions, answeredBy, takenFrom, callerExtension }: z.input<typeof rangForm>) => [
  ...extensions.map(({ extension }) => extension),
  answeredBy,
  takenFrom,
  callerExtension,
];

export const callRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/calls',
    tag: 'Records',
    summary: 'Decisions and pickups',
    description: PAGES,
    needs,
    query: z.strictObject({ ...callQuery, ...pageQuery }),
    answer: namedPageOf(callForm),
    handle: ({ store, query: { limit, cursor, ...chosen } }) =>
      pageWithNames(store, listCalls(store, { ...callChoice(chosen), limit, cursor }), ofCall),
  }),
  route({
    method: 'get',
    path: '/calls.csv',
    tag: 'Records',
    summary: 'The same as a file',
    description: FILE,
    needs,
    query: z.strictObject(callQuery),
    answer: z.string(),
    produces: 'text/csv',
    handle: ({ store, query, context }) =>
      download(context, { name: 'calls.csv', type: csv }, callsCsv(store, callChoice(query))),
  }),
  route({
    method: 'get',
    path: '/calls/{seq}',
    tag: 'Records',
    summary: 'One of them, with every step of the decision',
    needs,
    params: seq,
    answer: z.strictObject({ ...callForm.shape, ...namesField }),
    handle: ({ store, params }) => {
      const call = showCall(store, params.seq);
      return withNames(store, call, ofCall(call));
    },
  }),
  route({
    method: 'get',
    path: '/pickups',
    tag: 'Records',
    summary: 'Attempts to take a call, with what came of them',
    description: PAGES,
    needs,
    query: z.strictObject({ ...attemptQuery, ...pageQuery }),
    answer: namedPageOf(callForm),
    handle: ({ store, query: { limit, cursor, ...chosen } }) =>
      pageWithNames(
        store,
        listCalls(store, { ...callChoice(chosen), kind: 'pickup', limit, cursor }),
        ofCall,
      ),
  }),
  route({
    method: 'get',
    path: '/ringing-calls',
    tag: 'Records',
    summary: 'Calls that rang: how long, who got them, who took them from whom',
    description: PAGES,
    needs,
    query: z.strictObject({ ...rangQuery, ...pageQuery }),
    answer: namedPageOf(rangForm),
    handle: ({ store, query }) => pageWithNames(store, listRinging(store, within(query)), ofRinging),
  }),
  route({
    method: 'get',
    path: '/ringing-calls.csv',
    tag: 'Records',
    summary: 'The same as a file',
    description: FILE,
    needs,
    query: z.strictObject(rangQuery),
    answer: z.string(),
    produces: 'text/csv',
    handle: ({ store, query, context }) =>
      download(context, { name: 'ringing-calls.csv', type: csv }, ringingCsv(store, within(query))),
  }),
];
