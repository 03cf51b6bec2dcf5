// `/extensions`: the phones and their rights, one by one, and many at once.
import { z } from '@hono/zod-openapi';
import { addExtensions, changeExtension, editExtensions } from '../../../admin/extension-edit.ts';
import { findExtension } from '../../../admin/extension-list.ts';
import { pageExtensions } from '../../../admin/extension-search.ts';
import { removeExtensions, type ExtensionAttributes } from '../../../admin/extensions.ts';
import { unknownExtension } from '../../../admin/known-extension.ts';
import { readMail } from '../../../admin/pickup-person.ts';
import {
  entryActions,
  extensionAttributes,
  EXTENSIONS_BODY_MAX,
  extensionFields,
  extensionForm,
  extensionName,
  extensionWords,
  groupName,
  levelForm,
  manyAttributes,
  quarantineForm,
} from '../extension-forms.ts';
import { momentForm, outcomeForm, pageQuery, validityStates, yesOrNo } from '../forms.ts';
import { given } from '../given.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';

const tag = 'Extensions';

const filterForm = {
  search: z.string().max(100).meta({ description: 'Part of number, name or mail address.' }),
  international: z.enum(['on', 'off']).meta({ description: 'Whether it may call abroad in the end.' }),
  group: groupName,
  level: z.enum([...levelForm.options, 'inherit']).meta({ description: 'Its own word.' }),
};

const listQuery = z.strictObject({
  ...pageQuery,
  ...z.strictObject({ ...filterForm, exceptions: yesOrNo, quarantined: yesOrNo }).partial().shape,
});

const exceptionShown = z.strictObject({
  id: z.int(),
  action: entryActions,
  target: z.string(),
  state: validityStates,
  untilMs: momentForm.nullable(),
});

export const listedForm = z
  .strictObject({
    ...extensionFields,
    exceptions: z.array(exceptionShown).readonly(),
    exceptionCount: z.int(),
    quarantine: quarantineForm.nullable(),
  })
  .meta({ id: 'ListedExtension' });

const params = z.strictObject({ extension: extensionName });

/** Throws `AppError('not-found')`. */
function shown(store: Store, extension: string) {
  const { shown: found, isKnown } = findExtension(store, extension);
  if (isKnown) return found;
  throw unknownExtension(store, extension);
}

const attributesOf = (body: z.output<typeof extensionAttributes>): ExtensionAttributes => {
  if (body.mail !== undefined && body.mail !== '') readMail(body.mail);
  return given(body);
};

const reading: readonly Route[] = [
  route({
    method: 'get',
    path: '/extensions',
    tag,
    summary: 'Extensions, filtered, page by page',
    needs: ['policy.read'],
    query: listQuery,
    answer: z.strictObject({
      rows: z.array(listedForm).readonly(),
      next: z.string().nullable(),
      total: z.int().meta({ description: 'Of all pages.' }),
    }),
    handle: ({ store, query: { limit, cursor, ...filter }, nowMs }) =>
      pageExtensions(store, filter, { cursor, limit }, nowMs),
  }),
  route({
    method: 'get',
    path: '/extensions/{extension}',
    tag,
    summary: 'One extension',
    needs: ['policy.read'],
    params,
    answer: extensionForm,
    tagged: true,
    handle: ({ store, params: { extension } }) => shown(store, extension),
  }),
];

const changingOne: readonly Route[] = [
  route({
    method: 'patch',
    path: '/extensions/{extension}',
    tag,
    summary: 'Change one extension; what is absent stays as it is',
    needs: ['users.write'],
    params,
    body: extensionAttributes,
    answer: outcomeForm,
    guards: ({ store, params: { extension } }) => shown(store, extension),
    handle: ({ change, params: { extension }, body }) =>
      changeExtension(change, extension, attributesOf(body)),
  }),
  route({
    method: 'delete',
    path: '/extensions/{extension}',
    tag,
    summary: 'Forget one extension, with everything that stands under its name',
    needs: ['users.write'],
    params,
    answer: outcomeForm,
    guards: ({ store, params: { extension } }) => shown(store, extension),
    handle: ({ change, params: { extension } }) => removeExtensions(change, [extension]),
  }),
];

const chosenForm = z.union([
  z.strictObject({ extensions: extensionWords }),
  z.strictObject({
    filter: z.strictObject({ ...filterForm, exceptions: z.boolean(), quarantined: z.boolean() }).partial(),
    expected: z.int().min(0).meta({ description: 'So many were shown; another count refuses.' }),
  }),
]);

const groupNames = z.array(groupName).max(50).default([]);

const changingMany: readonly Route[] = [
  route({
    method: 'post',
    path: '/extensions',
    tag,
    summary: 'Add extensions that are not known yet, all with the same attributes',
    needs: ['users.write'],
    body: z.strictObject({ extensions: extensionWords, attributes: extensionAttributes.default({}) }),
    bodyMax: EXTENSIONS_BODY_MAX,
    answer: outcomeForm,
    handle: ({ change, body }) => addExtensions(change, body.extensions, attributesOf(body.attributes)),
  }),
  route({
    method: 'post',
    path: '/extensions/edit',
    tag,
    summary: 'Change all chosen extensions, or none',
    description: 'In one transaction. Groups are joined and left; the others stay as they are.',
    needs: ['users.write'],
    body: z.strictObject({
      chosen: chosenForm,
      attributes: manyAttributes.default({}),
      joinGroups: groupNames,
      leaveGroups: groupNames,
    }),
    bodyMax: EXTENSIONS_BODY_MAX,
    answer: outcomeForm,
    handle: ({ change, body: { chosen, attributes, ...groups } }) =>
      editExtensions(change, chosen, { attributes: attributesOf(attributes), ...groups }),
  }),
  route({
    method: 'post',
    path: '/extensions/remove',
    tag,
    summary: 'Forget the named extensions, with everything that stands under their names',
    needs: ['users.write'],
    body: z.strictObject({ extensions: extensionWords }),
    bodyMax: EXTENSIONS_BODY_MAX,
    answer: outcomeForm,
    handle: ({ change, body }) => removeExtensions(change, body.extensions),
  }),
];

export const extensionRoutes: readonly Route[] = [...reading, ...changingOne, ...changingMany];
