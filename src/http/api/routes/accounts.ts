// `/accounts`: who may use the console and the API, with which roles, and how they get in.
import { z } from '@hono/zod-openapi';
import { rights, rightsOfRoles, roles, seesAllCalls } from '../../../admin/account-rights.ts';
import {
  addAccount,
  listAccounts,
  removeAccount,
  requireAccount,
  setAccount,
  type Account,
} from '../../../admin/accounts.ts';
import { PASSWORD_LENGTH_MAX, type PasswordChoice } from '../../../admin/password-choice.ts';
import { resetPassword } from '../../../admin/passwords.ts';
import { momentForm, outcomeForm } from '../forms.ts';
import type { Store } from '../ports.ts';
import { route, type Route } from '../route.ts';

export const accountForm = z
  .strictObject({
    name: z.string(),
    displayName: z.string(),
    roles: z.array(z.enum(roles)).readonly(),
    rights: z.array(z.enum(rights)).readonly(),
    extension: z.string().nullable().meta({ description: 'The phone that Pick up rings.' }),
    enabled: z.boolean(),
    createdMs: momentForm,
    passwordMs: momentForm.meta({ description: 'Since when the password is what it is.' }),
    mustChange: z.boolean().meta({ description: 'The password must be changed at the next sign-in.' }),
  })
  .meta({ id: 'Account' });

const fields = {
  displayName: z.string().max(100),
  roles: z.array(z.enum(roles)).min(1).max(roles.length),
  extension: z.string().max(40).nullable(),
};

const passwordField = z
  .string()
  .max(2 * PASSWORD_LENGTH_MAX)
  .optional()
  .meta({ description: 'One is drawn and shown this once where it is left out.' });

const passwordOutcomeForm = z.strictObject({
  ...outcomeForm.shape,
  password: z.string().nullable().meta({ description: 'Shown this once; null where it was chosen.' }),
});

export const accountParams = z.strictObject({ name: z.string().max(40) });

const choiceOf = (password: string | undefined): PasswordChoice =>
  password === undefined ? 'drawn' : { chosen: password };

const shown = (store: Store, name: string): Account => requireAccount(store, name);

export const accountRoutes: readonly Route[] = [
  route({
    method: 'get',
    path: '/accounts',
    tag: 'Accounts',
    summary: 'All accounts, and what each role may do',
    needs: ['accounts'],
    answer: z.strictObject({
      accounts: z.array(accountForm).readonly(),
      roles: z
        .array(
          z.strictObject({
            role: z.enum(roles),
            rights: z.array(z.enum(rights)).readonly(),
            seesAll: z.boolean(),
          }),
        )
        .readonly(),
    }),
    handle: ({ store }) => ({
      accounts: listAccounts(store),
      roles: roles.map((role) => ({ role, rights: rightsOfRoles([role]), seesAll: seesAllCalls([role]) })),
    }),
  }),
  route({
    method: 'post',
    path: '/accounts',
    tag: 'Accounts',
    summary: 'Add an account; its holder changes the password at the first sign-in',
    needs: ['accounts'],
    body: z.strictObject({
      name: z.string().min(1).max(40),
      displayName: fields.displayName.default(''),
      roles: fields.roles,
      extension: fields.extension.default(null),
      password: passwordField,
    }),
    answer: passwordOutcomeForm,
    handle: ({ change, ports, body: { name, password, ...words } }) =>
      addAccount(change, name, words, choiceOf(password), ports.passwords),
  }),
  route({
    method: 'get',
    path: '/accounts/{name}',
    tag: 'Accounts',
    summary: 'One account',
    needs: ['accounts'],
    params: accountParams,
    answer: accountForm,
    tagged: true,
    handle: ({ store, params }) => shown(store, params.name),
  }),
  route({
    method: 'patch',
    path: '/accounts/{name}',
    tag: 'Accounts',
    summary: 'Change roles, name, extension, or disable it',
    description:
      'Who is disabled is signed out at once, and tokens are refused. They are removed where the account is enabled again, unless ' +
      'they are kept. The last administrator stays one.',
    needs: ['accounts'],
    params: accountParams,
    body: z
      .strictObject({
        ...fields,
        enabled: z.boolean(),
        keepTokens: z
          .boolean()
          .meta({ description: 'Of an account that is enabled again: they count again.' }),
      })
      .partial(),
    answer: outcomeForm,
    guards: ({ store, params }) => shown(store, params.name),
    handle: ({ change, params, body }) => setAccount(change, params.name, body),
  }),
  route({
    method: 'delete',
    path: '/accounts/{name}',
    tag: 'Accounts',
    summary: 'Remove an account with its sessions and tokens',
    needs: ['accounts'],
    params: accountParams,
    answer: outcomeForm,
    guards: ({ store, params }) => shown(store, params.name),
    handle: ({ change, params }) => removeAccount(change, params.name),
  }),
  route({
    method: 'post',
    path: '/accounts/{name}/password',
    tag: 'Accounts',
    summary: 'Give a new password, which its holder changes at the next sign-in',
    description:
      'The account is signed out everywhere, and let in again after wrong passwords. Its tokens are removed, unless they are kept.',
    needs: ['accounts'],
    params: accountParams,
    body: z.strictObject({
      password: passwordField,
      keepTokens: z
        .boolean()
        .optional()
        .meta({ description: 'Without it, only those of one’s own account are kept.' }),
    }),
    answer: passwordOutcomeForm,
    handle: ({ change, ports, params, body, who }) =>
      resetPassword(change, params.name, choiceOf(body.password), ports.passwords, {
        keepTokens: body.keepTokens ?? params.name === who.account,
      }),
  }),
];
