// `/exceptions`: what single extensions may call beyond the rest, with a reason and an end.
import { z } from '@hono/zod-openapi';
import type { AdminContext } from '../../../admin/change.ts';
import { exceptionEnd, pageExceptions, requireException } from '../../../admin/exception-list.ts';
import {
  addExceptions,
  extendExceptions,
  pruneExceptions,
  removeExceptions,
} from '../../../admin/exceptions.ts';
import { requireValidity } from '../../../admin/validity-bounds.ts';
import type { Right } from '../../../admin/account-rights.ts';
import { etagOf, requireMatch } from '../etag.ts';
import { entryActions, EXTENSIONS_BODY_MAX, extensionName, extensionWords } from '../extension-forms.ts';
import {
  DAY_MS,
  idWord,
  momentForm,
  outcomeForm,
  PAGE_ROWS_MAX,
  pageOf,
  pageQuery,
  spanMs,
  validityFields,
  validityStates,
  wholeWord,
} from '../forms.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';

const tag = 'Exceptions';
/** They pierce the organisation's barring, and are of users. */
const both: readonly Right[] = ['system.write', 'users.write'];
const DAYS_MAX = 36_600;

export const exceptionForm = z
  .strictObject({
    id: z.int(),
    extension: z.string(),
    action: entryActions,
    region: z.string().nullable(),
    pattern: z.string().nullable(),
    exact: z.boolean(),
    premium: z.boolean(),
    reason: z.string(),
    owner: z.string(),
    fromMs: momentForm.nullable(),
    untilMs: momentForm.nullable(),
    target: z.string().meta({ description: '`FR`, `+33*` for a prefix, `+33140205050`.' }),
    state: validityStates,
  })
  .meta({ id: 'Exception' });

const listedExceptionForm = exceptionForm.extend({ name: z.string() }).meta({ id: 'ListedException' });

const words = z.array(z.string().min(1).max(60)).max(300).default([]);
const added = z.strictObject({
  extensions: extensionWords,
  countries: words,
  prefixes: words,
  numbers: words,
  action: entryActions.default('allow'),
  premium: z.boolean().default(false).meta({ description: 'Also where it costs extra; numbers always do.' }),
  reason: z.string().max(200),
  owner: z.string().max(200).default(''),
  ...validityFields,
});

/** Of one page, all or none. */
const chosen = {
  ids: z.array(z.int().min(1).max(Number.MAX_SAFE_INTEGER)).min(1).max(PAGE_ROWS_MAX),
  ends: z.array(momentForm.nullable()).max(PAGE_ROWS_MAX).optional().meta({
    description:
      'The `untilMs` of each, as it was shown: where one has another end by now, nothing is changed (412).',
  }),
};
interface Chosen {
  readonly ids: readonly number[];
  readonly ends?: readonly (number | null)[] | undefined;
}
const isPaired = ({ ids, ends }: Chosen) => ends === undefined || ends.length === ids.length;
const PAIRED = { path: ['ends'], message: 'Give one for each id.' };

/** With the write lock held: nobody gives another end to, or takes away, what somebody else has just extended. */
function asShown({ change, store }: OfChosen, { ids, ends }: Chosen): AdminContext {
  if (ends === undefined) return change;
  const precondition = () => {
    change.precondition?.();
    for (const [place, id] of ids.entries()) {
      const now = exceptionEnd(store, id);
      // Of one that is gone the command itself tells.
      if (now !== undefined) requireMatch(etagOf(ends[place] ?? null), now);
    }
  };
  return { ...change, precondition };
}

const params = z.strictObject({ id: idWord });
type OfChosen = { readonly change: AdminContext; readonly store: Store };
type OfOne = { readonly store: Store; readonly params: { readonly id: number }; readonly nowMs: number };
const guards = ({ store, params: { id }, nowMs }: OfOne) => requireException(store, id, nowMs);

const listing: readonly Route[] = [
  route({
    method: 'get',
    path: '/exceptions',
    tag,
    summary: 'Exceptions, page by page',
    needs: ['policy.read'],
    query: z.strictObject({
      ...pageQuery,
      extension: extensionName.optional(),
      show: z.enum(['current', 'expired', 'all']).default('current'),
      endsWithinDays: wholeWord(1, DAYS_MAX).optional(),
      endedForDays: wholeWord(0, DAYS_MAX).optional().meta({
        description:
          'Of those that have ended: those that did so at least so many days ago, as prune takes them.',
      }),
      search: z.string().max(100).default('').meta({
        description: 'Part of the extension, its name, the target, the reason or the owner.',
      }),
      order: z.enum(['id', 'end']).default('id').meta({ description: 'end: the first to end first.' }),
    }),
    answer: pageOf(listedExceptionForm).extend({ count: z.int() }),
    handle: ({ store, nowMs, query }) => {
      const { extension = null, endsWithinDays, endedForDays, limit, cursor, ...filter } = query;
      const [endsWithinMs, endedForMs] = [spanMs(endsWithinDays), spanMs(endedForDays)];
      return pageExceptions(
        store,
        nowMs,
        { ...filter, extension, endsWithinMs, endedForMs },
        { limit, cursor },
      );
    },
  }),
  route({
    method: 'get',
    path: '/exceptions/{id}',
    tag,
    summary: 'One exception',
    needs: ['policy.read'],
    params,
    answer: exceptionForm,
    tagged: true,
    handle: guards,
  }),
];

const changing: readonly Route[] = [
  route({
    method: 'post',
    path: '/exceptions',
    tag,
    summary: 'Give extensions an exception for each country, prefix and number',
    needs: both,
    body: added,
    bodyMax: EXTENSIONS_BODY_MAX,
    answer: outcomeForm,
    handle: ({ change, body: { extensions, ...asked }, nowMs }) => {
      requireValidity(asked, nowMs);
      return addExceptions(change, extensions, asked);
    },
  }),
  route({
    method: 'patch',
    path: '/exceptions/{id}',
    tag,
    summary: 'Give an exception another end',
    needs: both,
    params,
    body: z.strictObject({ untilMs: momentForm }),
    answer: outcomeForm,
    guards,
    handle: ({ change, params: { id }, body: { untilMs }, nowMs }) => {
      requireValidity({ fromMs: null, untilMs }, nowMs);
      return extendExceptions(change, [String(id)], { untilMs });
    },
  }),
  route({
    method: 'delete',
    path: '/exceptions/{id}',
    tag,
    summary: 'Take an exception away',
    needs: both,
    params,
    answer: outcomeForm,
    guards,
    handle: ({ change, params: { id } }) => removeExceptions(change, [String(id)]),
  }),
  route({
    method: 'post',
    path: '/exceptions/extend',
    tag,
    summary: 'Give the chosen exceptions another end, all or none',
    needs: both,
    body: z.strictObject({ ...chosen, untilMs: momentForm }).refine(isPaired, PAIRED),
    answer: outcomeForm,
    handle: (asked) => {
      const { ids, untilMs } = asked.body;
      requireValidity({ fromMs: null, untilMs }, asked.nowMs);
      return extendExceptions(asShown(asked, asked.body), ids.map(String), { untilMs });
    },
  }),
  route({
    method: 'post',
    path: '/exceptions/remove',
    tag,
    summary: 'Take the chosen exceptions away, all or none',
    needs: both,
    body: z.strictObject(chosen).refine(isPaired, PAIRED),
    answer: outcomeForm,
    handle: (asked) => removeExceptions(asShown(asked, asked.body), asked.body.ids.map(String)),
  }),
  route({
    method: 'post',
    path: '/exceptions/prune',
    tag,
    summary: 'Forget exceptions that ended long ago',
    needs: both,
    body: z.strictObject({ olderThanDays: z.int().min(0).max(DAYS_MAX).default(30) }),
    answer: outcomeForm,
    handle: ({ change, body: { olderThanDays } }) => pruneExceptions(change, olderThanDays * DAY_MS),
  }),
];

export const exceptionRoutes: readonly Route[] = [...listing, ...changing];

export type ListedException = z.output<typeof listedExceptionForm>;
