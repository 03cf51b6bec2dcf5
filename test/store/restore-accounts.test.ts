// A backup that is put back lets nobody in who was shut out since, and signs nobody in.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { addAccount, listAccounts, removeAccount, setAccount } from '../../src/admin/accounts.ts';
import { restoreBackup, takeBackup } from '../../src/admin/backup.ts';
import type { AdminContext } from '../../src/admin/change.ts';
import { resetPassword } from '../../src/admin/passwords.ts';
import { beginSession, listSessions } from '../../src/admin/sessions.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { claimTry } from '../../src/admin/sign-in-tries.ts';
import { addToken, listTokens, removeToken } from '../../src/admin/tokens.ts';
import { readPasswordHash } from '../../src/store/accounts.ts';
import type { PasswordHasher } from '../../src/store/password-hash.ts';
import { openHere, tempContext } from './temp-store.ts';

const quick: PasswordHasher = {
  hash: (password) => Promise.resolve(`quick ${password}`),
  matches: () => Promise.resolve(false),
};

async function house(): Promise<AdminContext> {
  const context = tempContext();
  setSettings(context, new Map([['home-region', ['MX']]]));
  for (const name of ['root', 'maria', 'otto']) {
    await addAccount(context, name, { roles: ['administrator'] }, 'drawn', quick);
  }
  for (const name of ['crm', 'old']) {
    const words = { rights: ['calls.read'], fromMs: null, untilMs: context.nowMs + 1_000 };
    addToken(context, 'root', { name, ...words });
  }
  beginSession(context, 'root', { address: '192.0.2.1', userAgent: '' });
  return context;
}

const from = { account: 'maria', network: '192.0.2.1', isKnownThere: false, browser: null };

it('a backup brings back no account, no password, no token and no session', async () => {
  const context = await house();
  const { store, nowMs } = context;
  const file = join(store.path, '..', 'backup.db');
  takeBackup(store, file, false);
  removeAccount(context, 'otto');
  setAccount(context, 'maria', { enabled: false });
  removeToken(context, 'root', 'old');
  await resetPassword(context, 'root', 'drawn', quick, { keepTokens: true });
  await addAccount(context, 'since', { roles: ['auditor'] }, 'drawn', quick);
  for (let tries = 0; tries < 5; tries += 1) claimTry(store, from, nowMs);
  const password = readPasswordHash(store, 'root');
  restoreBackup({ ...context, database: store.path }, file);
  const now = openHere(store.path);
  expect(listAccounts(now).map(({ name, enabled }) => [name, enabled])).toEqual([
    ['maria', false],
    ['root', true],
    ['since', true],
  ]);
  expect(readPasswordHash(now, 'root')).toBe(password);
  expect(listTokens(now, null).map(({ name }) => name)).toEqual(['crm']);
  expect(listSessions(now, null, nowMs)).toEqual([]);
  expect(claimTry(now, from, nowMs)).toEqual({ waitMs: 1_000 });
});

it('on another machine the accounts of the backup hold, and nobody is signed in', async () => {
  const lost = await house();
  const file = join(lost.store.path, '..', 'backup.db');
  takeBackup(lost.store, file, false);
  const context = tempContext();
  setSettings(context, new Map([['home-region', ['US']]]));
  await addAccount(context, 'first', { roles: ['administrator'] }, 'drawn', quick);
  restoreBackup({ ...context, database: context.store.path }, file);
  const now = openHere(context.store.path);
  expect(listAccounts(now).map(({ name }) => name)).toEqual(['maria', 'otto', 'root']);
  expect(listTokens(now, 'root')).toHaveLength(2);
  expect(listSessions(now, null, context.nowMs)).toEqual([]);
});
