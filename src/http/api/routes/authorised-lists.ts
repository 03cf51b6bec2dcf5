// `/authorised-lists`: lists of people whom extensions and groups may call, and what they open.
import { z } from '@hono/zod-openapi';
import { attachList, detachList } from '../../../admin/authorised-attachments.ts';
import { createList, removeList, setList, type ListAttributes } from '../../../admin/authorised-lists.ts';
import { countedList, countedLists } from '../../../admin/authorised-view.ts';
import { readRegionWords } from '../../../admin/regions.ts';
import { groupName, premiumForm } from '../extension-forms.ts';
import { outcomeForm } from '../forms.ts';
import { given } from '../given.ts';
import { route, type Route } from '../route.ts';

const tag = 'Authorised numbers';
const COUNTRIES_MAX = 300;
/** Ranges, extensions and groups that one request names. */
const OF_REQUEST_MAX = 1_000;

export const listName = z.string().min(1).max(40);
export const listParams = z.strictObject({ list: listName });

export const listForm = z
  .strictObject({
    name: z.string(),
    people: z.int(),
    enabled: z.boolean(),
    admits: z.boolean().meta({ description: 'Its people get in from outside, by their number and a PIN.' }),
    premium: premiumForm.meta({ description: 'Classes of premium numbers that it opens.' }),
    countries: z
      .array(z.string())
      .readonly()
      .meta({ description: 'Countries that it opens beside its numbers.' }),
    extensions: z.array(z.string()).readonly().meta({ description: 'For whom it is.' }),
    groups: z.array(z.string()).readonly(),
  })
  .meta({ id: 'AuthorisedList' });

const attributesForm = z
  .strictObject({
    enabled: z.boolean(),
    admits: z.boolean(),
    premium: premiumForm,
    countries: z.array(z.string().min(1).max(40)).max(COUNTRIES_MAX),
  })
  .partial();

function attributesOf({ countries, ...body }: z.output<typeof attributesForm>): ListAttributes {
  const regions = countries && (countries.length === 0 ? [] : readRegionWords(countries));
  return { ...given(body), ...(regions && { countries: regions }) };
}

const attachmentForm = z.strictObject({
  extensions: z.array(z.string().min(1).max(80)).max(OF_REQUEST_MAX).default([]),
  groups: z.array(groupName).max(OF_REQUEST_MAX).default([]),
});

const reading: readonly Route[] = [
  route({
    method: 'get',
    path: '/authorised-lists',
    tag,
    summary: 'All lists by name, without their people',
    needs: ['policy.read'],
    answer: z.strictObject({ lists: z.array(listForm).readonly() }),
    tagged: true,
    handle: ({ store }) => ({ lists: countedLists(store) }),
  }),
  route({
    method: 'get',
    path: '/authorised-lists/{list}',
    tag,
    summary: 'One list, without its people',
    needs: ['policy.read'],
    params: listParams,
    answer: listForm,
    tagged: true,
    handle: ({ store, params: { list } }) => countedList(store, list),
  }),
];

const changing: readonly Route[] = [
  route({
    method: 'post',
    path: '/authorised-lists',
    tag,
    summary: 'Make a list',
    needs: ['system.write'],
    body: attributesForm.extend({ name: listName }),
    answer: outcomeForm,
    handle: ({ change, body: { name, ...attributes } }) => createList(change, name, attributesOf(attributes)),
  }),
  route({
    method: 'patch',
    path: '/authorised-lists/{list}',
    tag,
    summary: 'Change what a list opens',
    needs: ['system.write'],
    params: listParams,
    body: attributesForm,
    answer: outcomeForm,
    guards: ({ store, params: { list } }) => countedList(store, list),
    handle: ({ change, params: { list }, body }) => setList(change, list, attributesOf(body)),
  }),
  route({
    method: 'delete',
    path: '/authorised-lists/{list}',
    tag,
    summary: 'Take a list away, with its people',
    needs: ['system.write'],
    params: listParams,
    answer: outcomeForm,
    guards: ({ store, params: { list } }) => countedList(store, list),
    handle: ({ change, params: { list } }) => removeList(change, list),
  }),
  route({
    method: 'post',
    path: '/authorised-lists/{list}/attach',
    tag,
    summary: 'Let extensions and groups call the numbers of a list',
    needs: ['system.write'],
    params: listParams,
    body: attachmentForm,
    answer: outcomeForm,
    handle: ({ change, params: { list }, body }) => attachList(change, list, body),
  }),
  route({
    method: 'post',
    path: '/authorised-lists/{list}/detach',
    tag,
    summary: 'Take a list from extensions and groups',
    needs: ['system.write'],
    params: listParams,
    body: attachmentForm,
    answer: outcomeForm,
    handle: ({ change, params: { list }, body }) => detachList(change, list, body),
  }),
];

export const authorisedListRoutes: readonly Route[] = [...reading, ...changing];
