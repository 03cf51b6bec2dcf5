// `/authorised-lists/{list}/numbers` and `/authorised-numbers`: the people of the lists, one by one, in pages and in files.
import { z } from '@hono/zod-openapi';
import { formatPeople } from '../../../admin/authorised-csv.ts';
import { importCounts, importPeople, tellingLines } from '../../../admin/authorised-import.ts';
import { addPerson, removePerson, setPerson } from '../../../admin/authorised-people.ts';
import { listPeople, onePerson, peoplePage } from '../../../admin/authorised-view.ts';
import { requireValidity } from '../../../admin/validity-bounds.ts';
import { csvFile } from '../files.ts';
import {
  momentForm,
  outcomeForm,
  pageOf,
  pageQuery,
  validityFields,
  validityStates,
  yesOrNo,
} from '../forms.ts';
import { given } from '../given.ts';
import { route, type Route } from '../route.ts';
import { listName, listParams } from './authorised-lists.ts';

const tag = 'Authorised numbers';
/** As many people as a file may have, with long names. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;
/** Lines of a file that are told one by one. */
const LINES_MAX = 1_000;

const states = z.enum([...validityStates.options, 'disabled']);

export const personForm = z
  .strictObject({
    id: z.int(),
    list: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    number: z.string().meta({ description: 'E.164.' }),
    enabled: z.boolean(),
    state: states,
    fromMs: momentForm.nullable(),
    untilMs: momentForm.nullable(),
    addedMs: momentForm,
    uses: z.int().meta({ description: 'Calls that it let out.' }),
    lastUsedMs: momentForm.nullable(),
  })
  .meta({ id: 'AuthorisedPerson' });

const name = z.string().max(100);
const number = z.string().min(1).max(60).meta({ description: 'With +, or as dialled.' });
const person = z.strictObject({ list: listName, number });

const onePersonRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/authorised-lists/{list}/numbers',
    tag,
    summary: 'Add a person',
    needs: ['system.write'],
    params: listParams,
    body: z.strictObject({
      number,
      first: name.default(''),
      last: name.default(''),
      enabled: z.boolean().default(true),
      ...validityFields,
    }),
    answer: outcomeForm,
    handle: ({ change, params: { list }, body, nowMs }) => {
      requireValidity(body, nowMs);
      return addPerson(change, list, body);
    },
  }),
  route({
    method: 'get',
    path: '/authorised-lists/{list}/numbers/{number}',
    tag,
    summary: 'One person',
    needs: ['policy.read'],
    params: person,
    answer: personForm,
    tagged: true,
    handle: ({ store, params: { list, number: of }, nowMs }) => onePerson(store, list, of, nowMs),
  }),
  route({
    method: 'patch',
    path: '/authorised-lists/{list}/numbers/{number}',
    tag,
    summary: 'Change a person; what is absent stays as it is',
    needs: ['system.write'],
    params: person,
    body: z
      .strictObject({
        number,
        first: name,
        last: name,
        enabled: z.boolean(),
        fromMs: momentForm.nullable(),
        untilMs: momentForm.nullable(),
      })
      .partial(),
    answer: outcomeForm,
    guards: ({ store, params: { list, number: of }, nowMs }) => onePerson(store, list, of, nowMs),
    handle: ({ change, params: { list, number: of }, body, nowMs }) => {
      requireValidity({ fromMs: body.fromMs ?? null, untilMs: body.untilMs ?? null }, nowMs);
      return setPerson(change, list, of, given(body));
    },
  }),
  route({
    method: 'delete',
    path: '/authorised-lists/{list}/numbers/{number}',
    tag,
    summary: 'Take a person off a list',
    needs: ['system.write'],
    params: person,
    answer: outcomeForm,
    guards: ({ store, params: { list, number: of }, nowMs }) => onePerson(store, list, of, nowMs),
    handle: ({ change, params: { list, number: of } }) => removePerson(change, list, of),
  }),
];

const listing: readonly Route[] = [
  route({
    method: 'get',
    path: '/authorised-numbers',
    tag,
    summary: 'The people of one list or of all, searched, page by page',
    needs: ['policy.read'],
    query: z.strictObject({
      ...pageQuery,
      list: listName.optional(),
      search: z
        .string()
        .max(100)
        .default('')
        .meta({ description: 'Part of a name, without accents, or of a number.' }),
      state: states.optional(),
    }),
    answer: pageOf(personForm),
    handle: ({ store, query: { list = null, state = null, cursor = null, ...query }, nowMs }) =>
      peoplePage(store, { ...query, list, state, cursor }, nowMs),
  }),
];

export const importForm = z
  .strictObject({
    applied: z.boolean().meta({ description: 'False: a dry run, or refused lines held it back.' }),
    counts: z.strictObject({
      added: z.int(),
      changed: z.int(),
      unchanged: z.int(),
      refused: z.int(),
      removed: z.int(),
    }),
    lines: z
      .array(
        z.strictObject({
          line: z.int(),
          outcome: z.enum(['added', 'changed', 'unchanged', 'refused']),
          number: z.string(),
          name: z.string(),
          problem: z.string(),
        }),
      )
      .max(LINES_MAX)
      .readonly()
      .meta({ description: 'Refused ones first; those that change nothing are left out.' }),
    removed: z
      .array(z.string())
      .max(LINES_MAX)
      .readonly()
      .meta({ description: 'Numbers that leave the list.' }),
    notices: z.array(z.string()).readonly(),
    policyVersion: z.int(),
  })
  .meta({ id: 'PeopleImport' });

const files: readonly Route[] = [
  route({
    method: 'get',
    path: '/authorised-lists/{list}/people.csv',
    tag,
    summary: 'The people of a list as the table that can be imported',
    needs: ['policy.read'],
    params: listParams,
    produces: 'text/csv',
    answer: z.string(),
    handle: ({ store, params: { list }, context }) =>
      csvFile(context, `${list}.csv`, formatPeople(listPeople(store, list))),
  }),
  route({
    method: 'post',
    path: '/authorised-lists/{list}/people.csv',
    tag,
    summary: 'Take in the people of a table, or only say what would happen',
    description:
      'Columns: first_name, last_name, number, enabled, valid_from, valid_until. Refused lines hold everything back ' +
      'unless `skipBad` is true.',
    needs: ['system.write'],
    params: listParams,
    query: z.strictObject({
      dryRun: yesOrNo.default(false),
      replace: yesOrNo
        .default(false)
        .meta({ description: 'People whom the file does not name leave the list.' }),
      skipBad: yesOrNo.default(false),
    }),
    file: 'text/csv',
    bodyMax: FILE_BYTES_MAX,
    body: z.instanceof(Uint8Array),
    answer: importForm,
    handle: ({ change, params: { list }, query, body }) => {
      const report = importPeople(change, list, body, query);
      return {
        ...report,
        counts: importCounts(report),
        lines: tellingLines(report).slice(0, LINES_MAX),
        removed: report.removed.slice(0, LINES_MAX),
      };
    },
  }),
];

export const authorisedPeopleRoutes: readonly Route[] = [...onePersonRoutes, ...listing, ...files];
