// Who holds the any-call right: may take whatever rings and is not protected.
import { readExtensions } from '../store/extensions.ts';
import type { Store } from '../store/open.ts';
import type { AdminContext, ChangeOutcome } from './change.ts';
import { readExtensionWords } from './extension-words.ts';
import { setExtensions } from './extensions.ts';
import { requireExtension } from './known-extension.ts';

export interface AnyPickupHolder {
  readonly extension: string;
  readonly name: string;
}

/** Shorter numbers first. */
export function listAnyPickup(store: Store): readonly AnyPickupHolder[] {
  return readExtensions(store)
    .filter(({ anyPickup }) => anyPickup)
    .map(({ extension, name }) => ({ extension, name }));
}

/** Gives the right, or takes it away. Throws `AppError('not-found')` where one is to lose it that is not known. */
export function setAnyPickup(
  context: AdminContext,
  words: readonly string[],
  anyPickup: boolean,
): ChangeOutcome {
  const extensions = readExtensionWords(words);
  const precondition = () => {
    context.precondition?.();
    if (!anyPickup) for (const extension of extensions) requireExtension(context.store, extension);
  };
  return setExtensions({ ...context, precondition }, extensions, { anyPickup });
}
