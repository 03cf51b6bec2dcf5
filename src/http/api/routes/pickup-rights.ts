// `/pickup/rights`, `/pickup/protections`, `/pickup/any-right`: who may take whose calls beside the groups, and whose nobody may.
import { z } from '@hono/zod-openapi';
import { listAnyPickup, setAnyPickup } from '../../../admin/any-pickup.ts';
import {
  createProtection,
  listProtections,
  setProtection,
  showProtection,
  unprotect,
} from '../../../admin/pickup-protections.ts';
import {
  addRight,
  listRights,
  PICKUP_REASON_LENGTH_MAX,
  pruneRights,
  removeRights,
  showRight,
} from '../../../admin/pickup-rights.ts';
import { PICKUP_ALLOWED_MAX, protectionKinds } from '../../../admin/pickup-words.ts';
import { requireValidity } from '../../../admin/validity-bounds.ts';
import { EXTENSIONS_BODY_MAX, extensionName, extensionWords } from '../extension-forms.ts';
import { momentForm, outcomeForm, pageOf, pageQuery, validityFields, validityStates } from '../forms.ts';
import { namedPageOf, pageWithNames } from '../names.ts';
import { numberKey, pageRows } from '../paged.ts';
import { route, type Route } from '../route.ts';

const tag = 'Pickup';

const party = z.string().min(1).max(60).meta({ description: '`1003` or `group:reception`.' });
const reason = z.string().max(PICKUP_REASON_LENGTH_MAX);

export const rightForm = z
  .strictObject({
    id: z.int(),
    picker: party,
    target: z.string().meta({ description: 'The same, or `any`.' }),
    fromMs: momentForm.nullable(),
    untilMs: momentForm.nullable(),
    schedule: z.string().meta({ description: 'Inside which it holds; "" for always.' }),
    reason: z.string(),
    state: validityStates,
  })
  .meta({ id: 'PickupRight' });

const id = z.strictObject({ id: z.string().regex(/^\d{1,15}$/) });

const rightRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/pickup/rights',
    tag,
    summary: 'Pickup rights beside the groups, page by page',
    needs: ['policy.read'],
    query: z.strictObject({
      ...pageQuery,
      extension: extensionName.optional().meta({ description: 'As picker or as target.' }),
      show: z.enum(['current', 'expired', 'all']).default('current'),
    }),
    answer: namedPageOf(rightForm),
    handle: ({ store, query: { extension = null, show, ...asked }, nowMs }) => {
      const rights = listRights(store, nowMs, { extension, show });
      const page = pageRows(rights, (right) => numberKey(right.id), asked);
      return pageWithNames(store, page, ({ picker, target }) => [picker, target]);
    },
  }),
  route({
    method: 'post',
    path: '/pickup/rights',
    tag,
    summary: 'Let somebody take the calls of somebody, until an end or at some hours',
    needs: ['system.write'],
    body: z.strictObject({
      picker: party,
      target: z.string().min(1).max(60),
      ...validityFields,
      schedule: z.string().max(100).default(''),
      reason: reason.default(''),
    }),
    answer: outcomeForm,
    handle: ({ change, body, nowMs }) => {
      requireValidity(body, nowMs);
      return addRight(change, body);
    },
  }),
  route({
    method: 'post',
    path: '/pickup/rights/prune',
    tag,
    summary: 'Forget rights that ended more than 30 days ago',
    needs: ['system.write'],
    answer: outcomeForm,
    handle: ({ change }) => pruneRights(change),
  }),
  route({
    method: 'get',
    path: '/pickup/rights/{id}',
    tag,
    summary: 'One pickup right',
    needs: ['policy.read'],
    params: id,
    answer: rightForm,
    tagged: true,
    handle: ({ store, params, nowMs }) => showRight(store, Number(params.id), nowMs),
  }),
  route({
    method: 'delete',
    path: '/pickup/rights/{id}',
    tag,
    summary: 'Take a pickup right away',
    needs: ['system.write'],
    params: id,
    answer: outcomeForm,
    guards: ({ store, params, nowMs }) => showRight(store, Number(params.id), nowMs),
    handle: ({ change, params }) => removeRights(change, [params.id]),
  }),
];

const which = {
  kind: z.enum(protectionKinds),
  value: z
    .string()
    .min(1)
    .max(60)
    .meta({ description: 'An extension, or a number as it is shown or dialled.' }),
};
const allowed = z
  .array(party)
  .max(PICKUP_ALLOWED_MAX)
  .meta({ description: 'Who may take all the same; nobody where it is empty.' });

export const protectionForm = z
  .strictObject({ ...which, allowed: z.array(z.string()).readonly(), reason: z.string() })
  .meta({ id: 'PickupProtection' });

const protectionRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/pickup/protections',
    tag,
    summary: 'Protected extensions, callers and numbers, page by page',
    needs: ['policy.read'],
    query: z.strictObject(pageQuery),
    answer: namedPageOf(protectionForm),
    handle: ({ store, query }) => {
      const page = pageRows(listProtections(store), ({ kind, value }) => `${kind} ${value}`, query);
      const extensionOf = ({ kind, value }: (typeof page.rows)[number]) =>
        kind === 'extension' ? value : null;
      return pageWithNames(store, page, (row) => [extensionOf(row), ...row.allowed]);
    },
  }),
  route({
    method: 'post',
    path: '/pickup/protections',
    tag,
    summary: 'Protect calls: nobody but the named ones may take them, whatever their groups and rights',
    needs: ['system.write'],
    body: z.strictObject({ ...which, allowed: allowed.default([]), reason: reason.default('') }),
    answer: outcomeForm,
    handle: ({ change, body }) => createProtection(change, body),
  }),
  route({
    method: 'get',
    path: '/pickup/protections/{kind}/{value}',
    tag,
    summary: 'One protection',
    needs: ['policy.read'],
    params: z.strictObject(which),
    answer: protectionForm,
    tagged: true,
    handle: ({ store, params }) => showProtection(store, params),
  }),
  route({
    method: 'patch',
    path: '/pickup/protections/{kind}/{value}',
    tag,
    summary: 'Change who may take protected calls all the same, and why',
    needs: ['system.write'],
    params: z.strictObject(which),
    body: z.strictObject({ allowed, reason }).partial(),
    answer: outcomeForm,
    guards: ({ store, params }) => showProtection(store, params),
    handle: ({ change, params, body }) => setProtection(change, { ...params, ...body }),
  }),
  route({
    method: 'delete',
    path: '/pickup/protections/{kind}/{value}',
    tag,
    summary: 'Take a protection away',
    needs: ['system.write'],
    params: z.strictObject(which),
    answer: outcomeForm,
    guards: ({ store, params }) => showProtection(store, params),
    handle: ({ change, params }) => unprotect(change, params),
  }),
];

const anyRightRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/pickup/any-right',
    tag,
    summary: 'Who may take any ringing call that is not protected, page by page',
    needs: ['policy.read'],
    query: z.strictObject(pageQuery),
    answer: pageOf(z.strictObject({ extension: z.string(), name: z.string() })),
    handle: ({ store, query }) =>
      pageRows(listAnyPickup(store), ({ extension }) => numberKey(extension.length) + extension, query),
  }),
  route({
    method: 'post',
    path: '/pickup/any-right',
    tag,
    summary: 'Give extensions the right to take any call, or take it from them',
    needs: ['system.write'],
    body: z.strictObject({ extensions: extensionWords, holds: z.boolean() }),
    bodyMax: EXTENSIONS_BODY_MAX,
    answer: outcomeForm,
    handle: ({ change, body: { extensions, holds } }) => setAnyPickup(change, extensions, holds),
  }),
];

export const pickupRightRoutes: readonly Route[] = [...rightRoutes, ...protectionRoutes, ...anyRightRoutes];
