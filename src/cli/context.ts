// What a command on the database works with: the places, the opened store, and who is at the keyboard.
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import type { AdminContext } from '../admin/change.ts';
import { environment } from '../config/environment.ts';
import { findPlaces, type Places } from '../config/places.ts';
import { AppError } from '../errors.ts';
import type { Store } from '../store/open.ts';

/** Options that stand on the program and hold for every command. */
export interface GlobalOptions {
  readonly config?: string;
  readonly database?: string;
}

export function globalOptions(command: Command): GlobalOptions {
  return command.optsWithGlobals<GlobalOptions>();
}

export function placesOf(command: Command): Places {
  const { config, database } = globalOptions(command);
  return findPlaces({ path: config, database, env: environment() });
}

/** To be disposed of by the caller. Works with the daemon running or stopped. */
export async function openForReading(command: Command): Promise<Store> {
  return await open(placesOf(command), true);
}

/** Runs a change as the person at the keyboard, and closes the store whatever comes of it. */
export async function inChange<T>(
  command: Command,
  run: (context: AdminContext) => T | Promise<T>,
): Promise<T> {
  const places = placesOf(command);
  using store = await open(places, false);
  return await run({ store, actor: cliActor(), pbx: places.pbx, nowMs: Date.now() });
}

async function open(places: Places, readonly: boolean): Promise<Store> {
  const { openStore } = await import('../store/open.ts');
  try {
    return openStore(places.database, { readonly });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'not-found' || places.file !== null) throw error;
    throw new AppError(
      'not-found',
      `There is no database at ${places.database}, and no configuration that names another. ` +
        'Run `callwarden init`, or name them with --config or --database.',
      { cause: error },
    );
  }
}

/** Behind sudo, the person rather than root: the audit asks who it was. */
export function cliActor(): string {
  const sudoUser = environment()['SUDO_USER'];
  if (process.geteuid?.() === 0 && sudoUser !== undefined && sudoUser !== '')
    return `cli:${nameOf(sudoUser)}`;
  return `cli:${nameOf(unixUser())}`;
}

function unixUser(): string {
  try {
    return userInfo().username;
  } catch {
    // A user id without a name, as in a container.
    return `uid-${process.geteuid?.() ?? 'unknown'}`;
  }
}

const nameOf = (user: string) => user.replaceAll(/[^\p{L}\p{N}_.@-]/gu, '_').slice(0, 64);
