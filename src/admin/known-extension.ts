// Extensions that a command names and that must be known already.
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import { readExtension, readExtensions, type ExtensionRecord } from '../store/extensions.ts';
import type { Store } from '../store/open.ts';

/** Throws `AppError('not-found')` with the nearest name. */
export function requireExtension(store: Store, name: string): ExtensionRecord {
  const record = readExtension(store, name);
  if (record) return record;
  const near = nearestWord(
    name,
    readExtensions(store).map(({ extension }) => extension),
  );
  const next = near === null ? '`callwarden extension list` shows those that are.' : `Did you mean ${near}?`;
  throw new AppError('not-found', `The extension ${JSON.stringify(name)} is not known. ${next}`);
}
