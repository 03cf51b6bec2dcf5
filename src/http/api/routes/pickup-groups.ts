// `/pickup/groups`: whose members take each other's ringing calls, and all of them as a table.
import { z } from '@hono/zod-openapi';
import { readPickupTable } from '../../../admin/pickup-csv.ts';
import { createPickupGroup, removePickupGroup, setPickupGroup } from '../../../admin/pickup-groups.ts';
import { importPickupGroups } from '../../../admin/pickup-import.ts';
import {
  addPickupMembers,
  pickupGroupTable,
  removePickupMembers,
  showPickupGroup,
  showPickupGroups,
  type ShownPickupGroup,
} from '../../../admin/pickup-members.ts';
import { ALERT_AFTER_S_MAX, GROUP_NUMBER, pickupRoles } from '../../../admin/pickup-words.ts';
import { csvFile } from '../files.ts';
import { outcomeForm, yesOrNo } from '../forms.ts';
import { given } from '../given.ts';
import { namesField, withNames } from '../names.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';

const tag = 'Pickup';
/** Members of one request: as many as a group holds. */
const MEMBERS_MAX = 1_000;
/** A thousand groups with a hundred lines each. */
const FILE_BYTES_MAX = 8 * 1024 * 1024;

const pickupGroupName = z.string().min(1).max(40);
const params = z.strictObject({ group: pickupGroupName });

const terms = {
  number: z
    .string()
    .regex(GROUP_NUMBER)
    .nullable()
    .meta({ description: 'What is dialled behind the group code to reach it; null: it cannot be dialled.' }),
  alertAfterS: z.int().min(0).max(ALERT_AFTER_S_MAX).nullable().meta({
    description: 'When those who may take are told that it rings; 0 never; null: as the setting says.',
  }),
};
const termsForm = z.strictObject(terms).partial();

const sides = { interceptor: z.boolean(), target: z.boolean() };

export const groupForm = z
  .strictObject({
    name: z.string(),
    ...terms,
    members: z.array(z.strictObject({ extension: z.string(), ...sides })).readonly(),
    memberGroups: z.array(z.strictObject({ group: z.string(), ...sides })).readonly(),
    interceptors: z
      .array(z.string())
      .readonly()
      .meta({ description: 'Who may take in the end, by themselves or through groups in it.' }),
    targets: z.array(z.string()).readonly().meta({ description: 'Who may be taken from, the same way.' }),
    ...namesField,
  })
  .meta({ id: 'PickupGroup' });

const shown = (store: Store, name: string): z.input<typeof groupForm> => {
  const group = showPickupGroup(store, name);
  return withNames(
    store,
    group,
    group.members.map(({ extension }) => extension),
  );
};

export const listedForm = z
  .strictObject({
    name: z.string(),
    ...terms,
    members: z.int(),
    memberGroups: z.int(),
    interceptors: z.int(),
    targets: z.int(),
  })
  .meta({ id: 'ListedPickupGroup', description: 'How many of each it has.' });

const listed = ({ members, memberGroups, interceptors, targets, ...group }: ShownPickupGroup) => ({
  ...group,
  members: members.length,
  memberGroups: memberGroups.length,
  interceptors: interceptors.length,
  targets: targets.length,
});

const groupRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/pickup/groups',
    tag,
    summary: 'All pickup groups by name, with how many are in them',
    needs: ['policy.read'],
    answer: z.strictObject({ groups: z.array(listedForm).readonly() }),
    handle: ({ store }) => ({ groups: showPickupGroups(store).map(listed) }),
  }),
  route({
    method: 'post',
    path: '/pickup/groups',
    tag,
    summary: 'Make a pickup group',
    needs: ['system.write'],
    body: termsForm.extend({ name: pickupGroupName }),
    answer: outcomeForm,
    handle: ({ change, body: { name, ...attributes } }) => createPickupGroup(change, name, given(attributes)),
  }),
  route({
    method: 'get',
    path: '/pickup/groups/{group}',
    tag,
    summary: 'One pickup group with its members',
    needs: ['policy.read'],
    params,
    answer: groupForm,
    tagged: true,
    handle: ({ store, params: { group } }) => shown(store, group),
  }),
  route({
    method: 'patch',
    path: '/pickup/groups/{group}',
    tag,
    summary: 'Change its number, and when its members are told',
    needs: ['system.write'],
    params,
    body: termsForm,
    answer: outcomeForm,
    guards: ({ store, params: { group } }) => shown(store, group),
    handle: ({ change, params: { group }, body }) => setPickupGroup(change, group, given(body)),
  }),
  route({
    method: 'delete',
    path: '/pickup/groups/{group}',
    tag,
    summary: 'Take a pickup group away, with all that stands under its name',
    needs: ['system.write'],
    params,
    answer: outcomeForm,
    guards: ({ store, params: { group } }) => shown(store, group),
    handle: ({ change, params: { group } }) => removePickupGroup(change, group),
  }),
];

const members = {
  extensions: z.array(z.string().min(1).max(80)).max(MEMBERS_MAX).default([]),
  groups: z.array(pickupGroupName).max(MEMBERS_MAX).default([]),
};

const memberRoutes: readonly Route[] = [
  route({
    method: 'post',
    path: '/pickup/groups/{group}/members',
    tag,
    summary: 'Add extensions and groups to a pickup group, or give those that are in it another role',
    needs: ['system.write'],
    params,
    body: z.strictObject({ ...members, role: z.enum(pickupRoles).default('both') }),
    answer: outcomeForm,
    handle: ({ change, params: { group }, body: { extensions, groups, role } }) =>
      addPickupMembers(change, group, extensions, role, groups),
  }),
  route({
    method: 'post',
    path: '/pickup/groups/{group}/members/remove',
    tag,
    summary: 'Take extensions and groups out of a pickup group',
    needs: ['system.write'],
    params,
    body: z.strictObject(members),
    answer: outcomeForm,
    handle: ({ change, params: { group }, body: { extensions, groups } }) =>
      removePickupMembers(change, group, extensions, groups),
  }),
];

const fileRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/pickup/groups.csv',
    tag,
    summary: 'All pickup groups as the table that can be imported',
    needs: ['policy.read'],
    produces: 'text/csv',
    answer: z.string(),
    handle: ({ store, context }) => csvFile(context, 'pickup-groups.csv', pickupGroupTable(store)),
  }),
  route({
    method: 'post',
    path: '/pickup/groups.csv',
    tag,
    summary: 'Take in the pickup groups of a table, all or none, or only say what would change',
    description: 'Columns: group, number, alert-after, extension, member-group, role.',
    needs: ['system.write'],
    query: z.strictObject({
      dryRun: yesOrNo.default(false),
      replace: yesOrNo
        .default(false)
        .meta({ description: 'Groups of the file hold nobody whom it does not name.' }),
    }),
    file: 'text/csv',
    bodyMax: FILE_BYTES_MAX,
    body: z.instanceof(Uint8Array),
    answer: outcomeForm,
    handle: ({ change, query, body }) => importPickupGroups(change, readPickupTable(body), query),
  }),
];

export const pickupGroupRoutes: readonly Route[] = [...groupRoutes, ...memberRoutes, ...fileRoutes];
