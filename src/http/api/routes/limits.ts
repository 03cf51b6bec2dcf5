// `/limits` and `/quarantines`: how many chargeable calls, to how many countries, how long; and whose are refused for a while.
import { z } from '@hono/zod-openapi';
import { listLimits, showLimit } from '../../../admin/limit-list.ts';
import { removeLimits, setLimit } from '../../../admin/limits.ts';
import { addQuarantines, listQuarantines, releaseExtensions } from '../../../admin/quarantine.ts';
import { requireValidity } from '../../../admin/validity-bounds.ts';
import { limitClasses, limitMeasures } from '../../../barring/policy.ts';
import { EXTENSIONS_BODY_MAX, extensionWords, groupName, quarantineForm } from '../extension-forms.ts';
import { momentForm, outcomeForm } from '../forms.ts';
import { namesField, withNames } from '../names.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';

const tag = 'Limits and quarantine';

const limitFields = {
  id: z.int(),
  layer: z.enum(['organisation', 'group', 'extension']),
  name: z.string().meta({ description: 'The group or extension; "" for the organisation.' }),
  of: z.string().meta({ description: '`extension 1001`, `group sales`, `organisation`.' }),
  counted: z.enum(['each', 'together']),
  measure: z.enum(limitMeasures),
  class: z.enum(limitClasses),
  amount: z.string().meta({ description: 'As it is written: `20/h`, `2`, `60m`.' }),
  max: z.int().meta({ description: 'Calls or countries; seconds for `duration`.' }),
  windowMs: z.int().nullable(),
  warnPercent: z.int(),
  action: z.enum(['deny', 'quarantine']),
  quarantineMs: z.int(),
  quarantineFor: z.string().nullable(),
  observe: z.boolean(),
};
const limitForm = z.strictObject(limitFields).meta({ id: 'Limit' });

export const useForm = z
  .strictObject({
    ...limitFields,
    used: z.int().nullable().meta({
      description: 'Of all together, or of the extension that has used the most; null for a duration.',
    }),
    extensions: z.array(z.strictObject({ extension: z.string(), used: z.int() })).readonly(),
  })
  .meta({ id: 'UsedLimit' });

const listed = (store: Store) => ({ limits: listLimits(store) });
const params = z.strictObject({ id: z.string().regex(/^\d{1,15}$/) });
const word = z.string().min(1).max(40);

const limitRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/limits',
    tag,
    summary: 'All limits',
    needs: ['policy.read'],
    answer: z.strictObject({ limits: z.array(limitForm).readonly() }),
    tagged: true,
    handle: ({ store }) => listed(store),
  }),
  route({
    method: 'get',
    path: '/limits/{id}',
    tag,
    summary: 'One limit',
    needs: ['policy.read'],
    params,
    answer: limitForm,
    tagged: true,
    handle: ({ store, params: { id } }) => showLimit(store, id),
  }),
  route({
    method: 'get',
    path: '/limit-uses',
    tag,
    summary: 'All limits, and how much of each is used up by the calls on record',
    needs: ['policy.read'],
    answer: z.strictObject({ limits: z.array(useForm).readonly(), ...namesField }),
    handle: async ({ store, ports, nowMs }) => {
      const limits = await ports.heavy.read('limit-uses', { nowMs });
      const shown = limits.flatMap(({ layer, name, extensions }) => [
        layer === 'extension' ? name : null,
        ...extensions.map(({ extension }) => extension),
      ]);
      return withNames(store, { limits }, shown);
    },
  }),
  route({
    method: 'post',
    path: '/limits',
    tag,
    summary: 'Set a limit',
    description: 'In the place of the one that counts the same for the same and over the same time.',
    needs: ['system.write'],
    body: z.strictObject({
      measure: word,
      amount: word.meta({ description: '`20/h`, `5/d`, `2`, `60m`.' }),
      extensions: z.array(z.string().min(1).max(80)).max(1_000).default([]),
      group: groupName.optional(),
      together: z.boolean().optional(),
      class: word.optional(),
      warn: z.int().min(1).max(100).optional().meta({ description: 'Percent.' }),
      action: word.optional(),
      quarantineFor: word.optional(),
      observe: z.boolean().optional(),
    }),
    answer: outcomeForm,
    guards: ({ store }) => listed(store),
    handle: ({ change, body: { warn, ...words } }) =>
      setLimit(change, { ...words, ...(warn === undefined ? {} : { warn: String(warn) }) }),
  }),
  route({
    method: 'delete',
    path: '/limits/{id}',
    tag,
    summary: 'Forget a limit',
    needs: ['system.write'],
    params,
    answer: outcomeForm,
    guards: ({ store, params: { id } }) => showLimit(store, id),
    handle: ({ change, params: { id } }) => removeLimits(change, [id]),
  }),
];

const quarantineRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/quarantines',
    tag,
    summary: 'Who is in quarantine, until when and why',
    needs: ['policy.read'],
    answer: z.strictObject({ quarantines: z.array(quarantineForm).readonly(), ...namesField }),
    handle: ({ store, nowMs }) => {
      const quarantines = listQuarantines(store, nowMs);
      const extensions = quarantines.map(({ extension }) => extension);
      return withNames(store, { quarantines }, extensions);
    },
  }),
  route({
    method: 'post',
    path: '/quarantines',
    tag,
    summary: 'Refuse the chargeable calls of extensions for a while',
    needs: ['users.write'],
    body: z.strictObject({
      extensions: extensionWords,
      reason: z.string().min(1).max(200),
      untilMs: momentForm
        .nullable()
        .default(null)
        .meta({ description: 'Null: until somebody releases them.' }),
    }),
    bodyMax: EXTENSIONS_BODY_MAX,
    answer: outcomeForm,
    handle: ({ change, body: { extensions, reason, untilMs }, nowMs }) => {
      requireValidity({ fromMs: null, untilMs }, nowMs);
      return addQuarantines(change, extensions, { untilMs, reason });
    },
  }),
  route({
    method: 'post',
    path: '/quarantines/release',
    tag,
    summary: 'Release extensions from quarantine',
    needs: ['users.write'],
    body: z.strictObject({ extensions: extensionWords }),
    bodyMax: EXTENSIONS_BODY_MAX,
    answer: outcomeForm,
    handle: ({ change, body }) => releaseExtensions(change, body.extensions),
  }),
];

export const limitAndQuarantineRoutes: readonly Route[] = [...limitRoutes, ...quarantineRoutes];
