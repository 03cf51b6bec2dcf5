// `/groups`: classes of service and their members; `/countries?group=` holds the countries that they open or close.
import { z } from '@hono/zod-openapi';
import { addGroupMembers, dropGroupMembers, removeGroup } from '../../../admin/groups.ts';
import { addGroup, changeGroup, listGroups, showGroup } from '../../../admin/group-view.ts';
import {
  EXTENSIONS_BODY_MAX,
  extensionWords,
  groupName,
  groupTerms,
  layerTerms,
  premiumForm,
} from '../extension-forms.ts';
import { outcomeForm } from '../forms.ts';
import { given } from '../given.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';

const tag = 'Groups';

const terms = { name: z.string(), ...layerTerms, premium: premiumForm.nullable() };

export const listedForm = z
  .strictObject({ ...terms, memberCount: z.int(), countryCount: z.int() })
  .meta({ id: 'ListedGroup' });

const countryState = z.enum(['allow', 'deny']);
export const groupForm = z
  .strictObject({
    ...terms,
    members: z.array(z.string()).readonly(),
    countries: z.array(z.strictObject({ region: z.string(), state: countryState })).readonly(),
    ties: z.strictObject({
      rules: z.array(z.int()).readonly(),
      limits: z.array(z.int()).readonly(),
      lists: z.array(z.string()).readonly(),
      pins: z.array(z.string()).readonly(),
    }),
  })
  .meta({ id: 'Group', description: '`ties`: what stands under its name elsewhere.' });

const params = z.strictObject({ name: groupName });
const members = z.strictObject({ extensions: extensionWords });
const guards = ({ store, params: { name } }: { store: Store; params: { name: string } }) =>
  showGroup(store, name);

const groups: readonly Route[] = [
  route({
    method: 'get',
    path: '/groups',
    tag,
    summary: 'All groups',
    needs: ['policy.read'],
    answer: z.strictObject({ groups: z.array(listedForm).readonly() }),
    handle: ({ store }) => ({ groups: listGroups(store) }),
  }),
  route({
    method: 'post',
    path: '/groups',
    tag,
    summary: 'Make a group',
    needs: ['system.write'],
    body: groupTerms.extend({ name: groupName }),
    answer: outcomeForm,
    handle: ({ change, body: { name, ...attributes } }) => addGroup(change, name, given(attributes)),
  }),
  route({
    method: 'get',
    path: '/groups/{name}',
    tag,
    summary: 'What one group gives, and who is in it',
    needs: ['policy.read'],
    params,
    answer: groupForm,
    tagged: true,
    handle: guards,
  }),
  route({
    method: 'patch',
    path: '/groups/{name}',
    tag,
    summary: 'Change what it gives; what is absent stays as it is',
    needs: ['system.write'],
    params,
    body: groupTerms,
    answer: outcomeForm,
    guards,
    handle: ({ change, params: { name }, body }) => changeGroup(change, name, given(body)),
  }),
  route({
    method: 'delete',
    path: '/groups/{name}',
    tag,
    summary: 'Take a group away, with its members, countries, rules and limits',
    needs: ['system.write'],
    params,
    answer: outcomeForm,
    guards,
    handle: ({ change, params: { name } }) => removeGroup(change, name),
  }),
];

const inGroups: readonly Route[] = [
  route({
    method: 'post',
    path: '/groups/{name}/members',
    tag,
    summary: 'Put extensions into it; unknown ones are added',
    needs: ['users.write'],
    params,
    body: members,
    bodyMax: EXTENSIONS_BODY_MAX,
    answer: outcomeForm,
    handle: ({ change, params: { name }, body }) => addGroupMembers(change, name, body.extensions),
  }),
  route({
    method: 'post',
    path: '/groups/{name}/members/remove',
    tag,
    summary: 'Take extensions out of it',
    needs: ['users.write'],
    params,
    body: members,
    bodyMax: EXTENSIONS_BODY_MAX,
    answer: outcomeForm,
    handle: ({ change, params: { name }, body }) => dropGroupMembers(change, name, body.extensions),
  }),
];

export const groupRoutes: readonly Route[] = [...groups, ...inGroups];
