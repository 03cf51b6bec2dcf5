// Extensions that a command names and that must be known already.
import { AppError } from '../errors.ts';
import { readExtension, readExtensions, type ExtensionRecord } from '../store/extensions.ts';
import type { Store } from '../store/open.ts';
import { nextStep } from './known-word.ts';

/** Throws `AppError('not-found')` with the nearest name. */
export function requireExtension(store: Store, name: string): ExtensionRecord {
  const record = readExtension(store, name);
  if (record) return record;
  throw unknownExtension(store, name);
}

/** To be thrown where the policy does not know the extension; names the nearest one. */
export function unknownExtension(store: Store, name: string): AppError {
  const known = readExtensions(store).map(({ extension }) => extension);
  const next = nextStep(name, known, 'extension list');
  return new AppError('not-found', `The extension ${JSON.stringify(name)} is not known. ${next}`);
}
