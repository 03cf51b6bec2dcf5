// The first administrator of the console, made with the database.
import { createPasswordHasher } from '../store/password-hash.ts';
import { addAccount, type PasswordOutcome } from './accounts.ts';
import type { AdminContext } from './change.ts';

/** With a drawn password, to be changed at the first sign-in. Throws `AppError`: `conflict` where the name is taken. */
export async function addFirstAdministrator(context: AdminContext, name: string): Promise<PasswordOutcome> {
  return addAccount(context, name, { roles: ['administrator'] }, 'drawn', createPasswordHasher());
}
