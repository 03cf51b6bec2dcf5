// Accounts of the console and the API: who has one, with which roles. No part of the policy; every change is audited.
import { AppError } from '../errors.ts';
import {
  deleteAccount,
  insertAccount,
  readAccount,
  readAccounts,
  updateAccount,
  type AccountRow,
} from '../store/accounts.ts';
import { readApiTokens } from '../store/api-tokens.ts';
import type { Store } from '../store/open.ts';
import type { PasswordHasher } from '../store/password-hash.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import { readExtension } from '../store/extensions.ts';
import { rightsOfRoles, roles, type Right, type Role } from './account-rights.ts';
import { refuseHigher } from './asker-rights.ts';
import { changeBeside, type AdminContext, type Change, type Changed, type ChangeOutcome } from './change.ts';
import { readExtensionName } from './extension-words.ts';
import { nextStep, readChoice } from './known-word.ts';
import { readLine } from './line-text.ts';
import { drawPassword, refuseWeakPassword, type PasswordChoice } from './password-choice.ts';
import { someNames } from './some-of.ts';
import { removeTokens } from './token-removal.ts';

const ACCOUNTS_MAX = 1_000;
const DISPLAY_NAME_LENGTH_MAX = 100;
const TOKENS_TOLD_MAX = 10;
/** Lower case and ASCII: no two names that look alike. */
const NAME = /^[a-z0-9_][a-z0-9_.@-]{0,39}$/;

export type { PasswordHasher };

/** Without anything secret. */
export interface Account extends Omit<AccountRow, 'roles'> {
  readonly roles: readonly Role[];
  /** Of its roles. */
  readonly rights: readonly Right[];
}

/** What may be set; what is left out stays as it is. */
export interface AccountWords {
  readonly displayName?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  readonly extension?: string | null | undefined;
  readonly enabled?: boolean | undefined;
  /** Where it is enabled again: without this, the tokens that it had are removed. */
  readonly keepTokens?: boolean | undefined;
}

export interface PasswordOutcome extends ChangeOutcome {
  /** To be shown once; null where a person chose it. */
  readonly password: string | null;
}

/** A role that a later program made counts for nothing here. */
export function accountOf(row: AccountRow): Account {
  const held = roles.filter((role) => row.roles.includes(role));
  return { ...row, roles: held, rights: rightsOfRoles(held) };
}

/** By name. */
export const listAccounts = (store: Store): readonly Account[] => readAccounts(store).map(accountOf);

/** Throws `AppError('not-found')` with the nearest name. */
export function requireAccount(store: Store, name: string): Account {
  const row = readAccount(store, name);
  if (row) return accountOf(row);
  const known = readAccounts(store).map((account) => account.name);
  throw new AppError(
    'not-found',
    `There is no account ${JSON.stringify(name)}. ${nextStep(name, known, 'user list')}`,
  );
}

/** As it is kept: `Maria` is `maria`. Throws `AppError('invalid')`. */
export function readAccountName(name: string): string {
  const read = name.trim().toLowerCase();
  if (NAME.test(read)) return read;
  throw new AppError(
    'invalid',
    `${JSON.stringify(name)} is no name for an account: use up to 40 letters from a to z, digits, "_", "-", "." and "@".`,
  );
}

/** With a password that its holder must change at the first sign-in, unless it was chosen by the holder. */
export async function addAccount(
  context: AdminContext,
  given: string,
  words: AccountWords,
  choice: PasswordChoice,
  hasher: PasswordHasher,
  mustChange = true,
): Promise<PasswordOutcome> {
  const { store, nowMs } = context;
  const name = readAccountName(given);
  const fields = readFields(words);
  if ((fields.roles ?? []).length === 0) {
    throw new AppError('invalid', `Give the account a role: one or more of ${roles.join(', ')}.`);
  }
  refuseHigher(context.rights, name, rightsOfRoles(readRoles(words.roles ?? [])));
  const { password, hash } = await newPassword(choice, [name, fields.displayName ?? ''], hasher);
  const outcome = changeBeside(context, () => {
    const accounts = readAccounts(store);
    if (accounts.some((account) => account.name === name)) {
      throw new AppError('conflict', `There is an account ${name} already. Choose another name.`);
    }
    if (accounts.length >= ACCOUNTS_MAX) {
      throw new AppError('invalid', `There are ${ACCOUNTS_MAX} accounts, which is the limit.`);
    }
    const fresh = { name, displayName: '', roles: [], extension: null, enabled: true };
    const row = { ...fresh, ...fields, createdMs: nowMs, passwordMs: nowMs, mustChange };
    insertAccount(store, row, hash);
    const change: Change = {
      action: 'account-added',
      subject: accountSubject(name),
      before: null,
      after: spoken(row),
    };
    return { changes: [change], notices: noticesOf(store, row) };
  });
  return { ...outcome, password: choice === 'drawn' ? password : null };
}

/**
 * Who is disabled is signed out everywhere, and the tokens count no more. Nobody knows who has had them in the meantime: they
 * come back only where that is asked for.
 */
export function setAccount(context: AdminContext, name: string, words: AccountWords): ChangeOutcome {
  const { store } = context;
  const fields = readFields(words);
  return changeBeside(context, () => {
    const before = requireAccount(store, name);
    const after = { ...before, ...fields };
    const [was, is] = [spoken(before), spoken(after)];
    if (JSON.stringify(was) === JSON.stringify(is)) return { changes: [] };
    refuseHigher(context.rights, name, [...before.rights, ...accountOf(after).rights]);
    refuseWithoutAdministrator(store, after);
    updateAccount(store, after);
    if (!after.enabled) deleteSessionsOf(store, name);
    const tokens =
      after.enabled && !before.enabled ? wakeTokens(context, name, words.keepTokens === true) : null;
    const changed = { action: 'account-changed', subject: accountSubject(name), before: was, after: is };
    return {
      changes: [changed, ...(tokens?.changes ?? [])],
      notices: [...noticesOf(store, after), ...(tokens?.notices ?? [])],
    };
  });
}

/** Of an account that is enabled again. */
function wakeTokens(context: AdminContext, name: string, keep: boolean): Required<Changed> {
  const { store, nowMs } = context;
  const counting = readApiTokens(store, name).filter(({ untilMs }) => untilMs > nowMs);
  const names = someNames(
    counting.map((token) => token.name),
    TOKENS_TOLD_MAX,
  );
  const told = (sentence: string) => (counting.length === 0 ? [] : [sentence]);
  if (keep) return { changes: [], notices: told(`The API tokens of ${name} count again: ${names}.`) };
  const notices = told(`The API tokens of ${name} were removed: ${names}. Make new ones where one is used.`);
  return { changes: removeTokens(context, name), notices };
}

export function removeAccount(context: AdminContext, name: string): ChangeOutcome {
  const { store } = context;
  return changeBeside(context, () => {
    const before = requireAccount(store, name);
    refuseHigher(context.rights, name, before.rights);
    refuseWithoutAdministrator(store, { ...before, enabled: false });
    deleteAccount(store, name);
    const change: Change = {
      action: 'account-removed',
      subject: accountSubject(name),
      before: spoken(before),
      after: null,
    };
    return { changes: [change] };
  });
}

export const accountSubject = (name: string): string => `account ${name}`;

/** The password itself goes nowhere but into the answer, where it was drawn. */
export async function newPassword(
  choice: PasswordChoice,
  names: readonly string[],
  hasher: PasswordHasher,
): Promise<{ readonly password: string; readonly hash: string }> {
  if (choice !== 'drawn') refuseWeakPassword(choice.chosen, names);
  const password = choice === 'drawn' ? drawPassword() : choice.chosen;
  return { password, hash: await hasher.hash(password) };
}

function readFields(words: AccountWords): Partial<AccountRow> {
  const { displayName, roles: held, extension, enabled } = words;
  return {
    ...(displayName === undefined
      ? {}
      : { displayName: readLine(displayName, DISPLAY_NAME_LENGTH_MAX, 'A name') }),
    ...(held === undefined ? {} : { roles: readRoles(held) }),
    ...(extension === undefined
      ? {}
      : { extension: extension === null ? null : readExtensionName(extension) }),
    ...(enabled === undefined ? {} : { enabled }),
  };
}

function readRoles(words: readonly string[]): readonly Role[] {
  const held = new Set(words.map((word) => readChoice(word, roles, 'A role')));
  return roles.filter((role) => held.has(role));
}

const isAdministrator = (account: AccountRow) => account.enabled && account.roles.includes('administrator');

/** With the write lock held: nobody else takes away the other one at this moment. */
function refuseWithoutAdministrator(store: Store, after: AccountRow): void {
  if (isAdministrator(after)) return;
  const accounts = readAccounts(store);
  if (!accounts.some((account) => account.name === after.name && isAdministrator(account))) return;
  if (accounts.some((account) => account.name !== after.name && isAdministrator(account))) return;
  throw new AppError(
    'conflict',
    `${after.name} is the last administrator who can sign in. Make somebody else an administrator first.`,
  );
}

function noticesOf(store: Store, { extension }: AccountRow): readonly string[] {
  if (extension === null || readExtension(store, extension)) return [];
  return [`The policy does not know the extension ${extension} yet.`];
}

const spoken = ({ displayName, roles: held, extension, enabled }: AccountRow) => ({
  name: displayName,
  roles: held,
  extension: extension ?? '',
  enabled,
});
