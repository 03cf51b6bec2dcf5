// `/pins` and `/pin-locks`: personal PINs. Digits that were drawn are in one answer, once; chosen ones in none.
import { z } from '@hono/zod-openapi';
import {
  isReported,
  listPins,
  listPinsAt,
  lockedCallers,
  showPin,
  type ShownPin,
} from '../../../admin/pin-list.ts';
import { addPin, removePins, renewPin, setPinsEnabled, unlockPins } from '../../../admin/pins.ts';
import { requireValidity } from '../../../admin/validity-bounds.ts';
import { extensionName, groupName } from '../extension-forms.ts';
import {
  momentForm,
  outcomeForm,
  pageOf,
  pageQuery,
  spanMs,
  validityFields,
  validityStates,
  wholeWord,
} from '../forms.ts';
import { namedPageOf, pageWithNames } from '../names.ts';
import { pageRows } from '../paged.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';

const tag = 'PINs';
/** Callers that one request unlocks. */
const CALLERS_MAX = 100;
/** Over which reports look. */
const DAYS_MAX = 3_660;

export const pinForm = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    state: z.enum([...validityStates.options, 'disabled', 'used-up']),
    enabled: z.boolean(),
    extensions: z.array(z.string()).readonly().meta({ description: 'Where it counts.' }),
    groups: z.array(z.string()).readonly(),
    entry: z
      .string()
      .nullable()
      .meta({ description: 'Whom it admits from outside: `partners/+541143211234`.' }),
    person: z.string().meta({ description: 'The name of that person.' }),
    fromMs: momentForm.nullable(),
    untilMs: momentForm.nullable(),
    maxUses: z.int().nullable(),
    madeMs: momentForm.nullable().meta({
      description: 'When it got its digits; null where that is not known, as an older version has made it.',
    }),
    uses: z.int(),
    lastUsedMs: momentForm.nullable(),
  })
  .meta({ id: 'Pin', description: 'Without its digits, which are shown once when they are drawn.' });

function told({ pin, ...shown }: ShownPin): z.input<typeof pinForm> {
  const { id, name, enabled, extensions, groups, fromMs, untilMs, maxUses } = pin;
  return { id, name, enabled, extensions, groups, fromMs, untilMs, maxUses, ...shown };
}

const one = (store: Store, id: string, atMs: number) => told(showPin(store, id, atMs));

const secret = z
  .union([
    z.strictObject({ draw: z.int().min(6).max(12) }),
    z.strictObject({ chosen: z.string().min(1).max(64) }),
  ])
  .default({ draw: 6 })
  .meta({ description: 'How many digits are drawn, or the digits themselves.' });

export const newPinForm = outcomeForm
  .extend({
    id: z.string(),
    digits: z.string().nullable().meta({ description: 'Shown this once; null where they were chosen.' }),
  })
  .meta({ id: 'NewPin' });

const params = z.strictObject({ id: z.string().min(1).max(20) });

const reading: readonly Route[] = [
  route({
    method: 'get',
    path: '/pins',
    tag,
    summary: 'Who has a PIN and how it is used, by name',
    needs: ['policy.read'],
    query: z.strictObject({
      ...pageQuery,
      extension: extensionName.optional().meta({ description: 'Those that count there.' }),
      search: z.string().max(100).default('').meta({ description: 'Part of the name.' }),
      unusedForDays: wholeWord(1, DAYS_MAX)
        .optional()
        .meta({
          description:
            'Those that count, and have opened nothing for so many days. One that was never used is told so long after it got its ' +
            'digits, or at once where `madeMs` is not known.',
        }),
      endsWithinDays: wholeWord(1, DAYS_MAX).optional(),
    }),
    answer: pageOf(pinForm),
    handle: ({ store, query: { extension, search, unusedForDays, endsWithinDays, ...page }, nowMs }) => {
      const pins = extension === undefined ? listPins(store, nowMs) : listPinsAt(store, extension, nowMs);
      const wanted = search.trim().toLowerCase();
      const report = { unusedForMs: spanMs(unusedForDays), endsWithinMs: spanMs(endsWithinDays) };
      const found = pins.filter(
        (shown) => shown.pin.name.toLowerCase().includes(wanted) && isReported(shown, report, nowMs),
      );
      const { rows, next } = pageRows(found, ({ pin }) => `${pin.name.toLowerCase()} ${pin.id}`, page);
      return { rows: rows.map(told), next };
    },
  }),
  route({
    method: 'get',
    path: '/pins/{id}',
    tag,
    summary: 'One PIN',
    needs: ['policy.read'],
    params,
    answer: pinForm,
    tagged: true,
    handle: ({ store, params: { id }, nowMs }) => one(store, id, nowMs),
  }),
];

const changing: readonly Route[] = [
  route({
    method: 'post',
    path: '/pins',
    tag,
    summary: 'Give somebody a PIN',
    needs: ['users.write'],
    body: z.strictObject({
      name: z.string().min(1).max(100).meta({ description: 'Whose it is.' }),
      extensions: z.array(extensionName).max(100).default([]),
      groups: z.array(groupName).max(100).default([]),
      entry: z.string().max(120).nullable().default(null),
      maxUses: z.int().min(1).nullable().default(null),
      ...validityFields,
      secret,
    }),
    answer: newPinForm,
    handle: ({ change, body: { secret: choice, ...words }, nowMs, ports }) => {
      requireValidity(words, nowMs);
      return addPin(change, words, choice, ports.pinHasher());
    },
  }),
  route({
    method: 'post',
    path: '/pins/{id}/renew',
    tag,
    summary: 'New digits for a PIN, and with them new uses; the old ones are wrong from then on',
    needs: ['users.write'],
    params,
    body: z.strictObject({
      untilMs: momentForm.nullable().optional().meta({ description: 'A new end; null for none.' }),
      secret,
    }),
    answer: newPinForm,
    guards: ({ store, params: { id }, nowMs }) => one(store, id, nowMs),
    handle: ({ change, params: { id }, body: { untilMs, secret: choice }, nowMs, ports }) => {
      requireValidity({ fromMs: null, untilMs: untilMs ?? null }, nowMs);
      return renewPin(change, id, untilMs === undefined ? {} : { untilMs }, choice, ports.pinHasher());
    },
  }),
  route({
    method: 'patch',
    path: '/pins/{id}',
    tag,
    summary: 'Whether a PIN counts',
    needs: ['users.write'],
    params,
    body: z.strictObject({ enabled: z.boolean() }),
    answer: outcomeForm,
    guards: ({ store, params: { id }, nowMs }) => one(store, id, nowMs),
    handle: ({ change, params: { id }, body }) => setPinsEnabled(change, [id], body.enabled),
  }),
  route({
    method: 'delete',
    path: '/pins/{id}',
    tag,
    summary: 'Take a PIN away',
    needs: ['users.write'],
    params,
    answer: outcomeForm,
    guards: ({ store, params: { id }, nowMs }) => one(store, id, nowMs),
    handle: ({ change, params: { id } }) => removePins(change, [id]),
  }),
];

export const lockForm = z
  .strictObject({
    who: z.string().meta({ description: 'An extension, or the number of an outside caller.' }),
    failures: z.int(),
    untilMs: momentForm,
  })
  .meta({ id: 'PinLock' });

const locks: readonly Route[] = [
  route({
    method: 'get',
    path: '/pin-locks',
    tag,
    summary: 'Who is locked after wrong PINs, and until when',
    needs: ['policy.read'],
    query: z.strictObject(pageQuery),
    answer: namedPageOf(lockForm),
    handle: ({ store, query, nowMs }) => {
      const page = pageRows(lockedCallers(store, nowMs), ({ who }) => who, query);
      return pageWithNames(store, page, ({ who }) => [who]);
    },
  }),
  route({
    method: 'post',
    path: '/pin-locks/release',
    tag,
    summary: 'Let callers try again who gave too many wrong PINs',
    needs: ['users.write'],
    body: z.strictObject({ callers: z.array(z.string().min(1).max(40)).min(1).max(CALLERS_MAX) }),
    answer: outcomeForm,
    handle: ({ change, body }) => unlockPins(change, body.callers),
  }),
];

export const pinRoutes: readonly Route[] = [...reading, ...changing, ...locks];
