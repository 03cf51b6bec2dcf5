// `/statistics`: the figures of pickup and of call barring; docs/statistics.md defines each.
import { z } from '@hono/zod-openapi';
import { denialCsv } from '../../../admin/denial-figures.ts';
import { statisticsCsv, statisticsKeys } from '../../../admin/pickup-statistics.ts';
import { readTimeZone } from '../../../admin/schedule-words.ts';
import { download } from '../download.ts';
import { namesField, withNames } from '../names.ts';
import type { ApiPorts } from '../ports.ts';
import { route, type Route } from '../route.ts';
import { periodQuery } from './record-forms.ts';

const needs = ['figures.read'] as const;
const csv = 'text/csv; charset=utf-8';
const name = z.string().min(1).max(120).optional();
const timeZone = z
  .string()
  .max(60)
  .default('UTC')
  .meta({ description: 'By whose clock days begin: `Europe/Paris`.' });

const pickupQuery = z.strictObject({
  ...periodQuery,
  by: z.enum(statisticsKeys).optional(),
  group: name,
  extension: name,
  timeZone,
});
const denialQuery = z.strictObject({ ...periodQuery, extension: name, timeZone });

const count = z.int().min(0);
const share = z.number().min(0).max(1).nullable();
const ringTime = z.strictObject({ medianMs: z.number().nullable(), p90Ms: z.number().nullable() });

const pickupRow = z
  .strictObject({
    key: z.string(),
    calls: count,
    answered: count,
    rescued: count,
    abandoned: count,
    unanswered: count,
    refused: count,
    forwarded: count,
    elsewhere: count,
    unknown: count,
    rescuedShare: share,
    abandonRate: share,
    ringToAnswer: ringTime,
    ringToAbandon: ringTime,
    pickups: z.strictObject({
      attempts: count,
      won: count,
      lost: count,
      refused: z.strictObject({
        'no-right': count,
        'nothing-ringing': count,
        'already-taken': count,
        'own-call': count,
      }),
      open: count,
    }),
  })
  .meta({ id: 'PickupFigures' });

const time = { since: z.string(), until: z.string(), timeZone: z.string() };

export const pickupAnswer = z.strictObject({
  ...time,
  by: z.enum(statisticsKeys).nullable(),
  group: z.string().nullable(),
  extension: z.string().nullable(),
  rows: z.array(pickupRow).readonly(),
  total: pickupRow,
  takers: z
    .array(z.strictObject({ picker: z.string().nullable(), from: z.string().nullable(), count }))
    .readonly(),
  ...namesField,
});

const decided = { calls: count, allowed: count, denied: count, unscreened: count, observed: count };

export const denialAnswer = z
  .strictObject({
    ...time,
    extension: z.string().nullable(),
    denialRate: share,
    total: z.strictObject(decided),
    byDay: z.array(z.strictObject({ day: z.string(), ...decided })).readonly(),
    byReason: z.array(z.strictObject({ reason: z.string(), denied: count })).readonly(),
    byRegions: z.array(z.strictObject({ regions: z.array(z.string()).readonly(), denied: count })).readonly(),
    byExtension: z
      .array(z.strictObject({ extension: z.string().nullable(), denied: count, calls: count }))
      .readonly(),
    ...namesField,
  })
  .meta({ id: 'DenialFigures' });

export const statisticsRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/statistics/pickup',
    tag: 'Figures',
    summary: 'Calls that rang: answered, rescued, abandoned; ring times; who took whose',
    needs,
    query: pickupQuery,
    answer: pickupAnswer,
    handle: async ({ store, ports, query, nowMs }) => {
      const figures = await pickupOf(ports, query, nowMs);
      const keys = query.by === 'extension' ? figures.rows.map(({ key }) => key) : [];
      const takers = figures.takers.flatMap(({ picker, from }) => [picker, from]);
      return withNames(store, figures, [query.extension, ...keys, ...takers]);
    },
  }),
  route({
    method: 'get',
    path: '/statistics/pickup.csv',
    tag: 'Figures',
    summary: 'The same as a file',
    needs,
    query: pickupQuery,
    answer: z.string(),
    produces: 'text/csv',
    handle: async ({ ports, query, nowMs, context }) => {
      const text = statisticsCsv(await pickupOf(ports, query, nowMs));
      return download(context, { name: 'pickup-figures.csv', type: csv }, [text].values());
    },
  }),
  route({
    method: 'get',
    path: '/statistics/denials',
    tag: 'Figures',
    summary: 'Judged calls: denied by reason, country, extension and day',
    needs,
    query: denialQuery,
    answer: denialAnswer,
    handle: async ({ store, ports, query, nowMs }) => {
      const figures = await denialsOf(ports, query, nowMs);
      return withNames(store, figures, [
        query.extension,
        ...figures.byExtension.map(({ extension }) => extension),
      ]);
    },
  }),
  route({
    method: 'get',
    path: '/statistics/denials.csv',
    tag: 'Figures',
    summary: 'The same by day, as a file',
    needs,
    query: denialQuery,
    answer: z.string(),
    produces: 'text/csv',
    handle: async ({ ports, query, nowMs, context }) => {
      const text = denialCsv(await denialsOf(ports, query, nowMs));
      return download(context, { name: 'denials.csv', type: csv }, [text].values());
    },
  }),
];

function pickupOf({ heavy }: ApiPorts, query: z.output<typeof pickupQuery>, nowMs: number) {
  return heavy.read('pickup-statistics', {
    ...timeOf(query, nowMs),
    by: query.by ?? null,
    group: query.group ?? null,
    extension: query.extension ?? null,
  });
}

function denialsOf({ heavy }: ApiPorts, query: z.output<typeof denialQuery>, nowMs: number) {
  return heavy.read('denial-figures', { ...timeOf(query, nowMs), extension: query.extension ?? null });
}

/** Throws `AppError('invalid')` for a time zone that the system does not know. */
function timeOf({ since, until, timeZone: zone }: z.output<typeof denialQuery>, nowMs: number) {
  return { sinceMs: since ?? null, untilMs: until ?? null, timeZone: readTimeZone(zone), nowMs };
}
