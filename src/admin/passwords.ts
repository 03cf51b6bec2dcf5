// New passwords for accounts: by their holders, who prove the old one, or by an administrator.
import { AppError } from '../errors.ts';
import { readPasswordHash, writePassword } from '../store/accounts.ts';
import { deleteKnownPlaces } from '../store/known-places.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import {
  accountSubject,
  newPassword,
  requireAccount,
  type PasswordHasher,
  type PasswordOutcome,
} from './accounts.ts';
import { refuseHigher } from './asker-rights.ts';
import { changeBeside, type AdminContext } from './change.ts';
import type { PasswordChoice } from './password-choice.ts';
import { forgetTries } from './sign-in-tries.ts';
import { removeTokens } from './token-removal.ts';

export interface ResetWords {
  /** The holder must choose another one at the next sign-in. */
  readonly mustChange?: boolean;
  /** Whoever had the old password may have made tokens with it: they go, unless it is said that they stay. */
  readonly keepTokens?: boolean;
}

/** By an administrator: the holder is signed out everywhere, and let in again after wrong ones. */
export async function resetPassword(
  context: AdminContext,
  name: string,
  choice: PasswordChoice,
  hasher: PasswordHasher,
  { mustChange = true, keepTokens = false }: ResetWords = {},
): Promise<PasswordOutcome> {
  const { displayName } = requireAccount(context.store, name);
  const { password, hash } = await newPassword(choice, [name, displayName], hasher);
  const outcome = changeBeside(context, () => {
    refuseHigher(context.rights, name, requireAccount(context.store, name).rights);
    writeNew(context, name, hash, mustChange);
    const after = { password: 'new', mustChange };
    const reset = { action: 'password-reset', subject: accountSubject(name), before: null, after };
    return { changes: [reset, ...(keepTokens ? [] : removeTokens(context, name))] };
  });
  return { ...outcome, password: choice === 'drawn' ? password : null };
}

/**
 * By its holder, whose old password was found right. All its sessions end, that of this very change too.
 * Throws `AppError`: `invalid` for a weak one, and for the same again; `stale` where it was changed meanwhile.
 */
export async function changePassword(
  context: AdminContext,
  name: string,
  { old, chosen }: { readonly old: string; readonly chosen: string },
  hasher: PasswordHasher,
): Promise<void> {
  const { store } = context;
  const { displayName } = requireAccount(store, name);
  const before = readPasswordHash(store, name);
  if (old.normalize('NFKC') === chosen.normalize('NFKC')) {
    throw new AppError('invalid', 'This is the password that you have. Choose another one.');
  }
  const { hash } = await newPassword({ chosen }, [name, displayName], hasher);
  changeBeside(context, () => {
    if (readPasswordHash(store, name) !== before) {
      throw new AppError('stale', 'The password was changed by somebody else in this moment. Sign in again.');
    }
    writeNew(context, name, hash, false);
    const after = { password: 'new', mustChange: false };
    return { changes: [{ action: 'password-changed', subject: accountSubject(name), before: null, after }] };
  });
}

function writeNew({ store, nowMs }: AdminContext, name: string, hash: string, mustChange: boolean): void {
  writePassword(store, name, { hash, atMs: nowMs, mustChange });
  deleteSessionsOf(store, name);
  deleteKnownPlaces(store, name);
  forgetTries(store, name);
}
