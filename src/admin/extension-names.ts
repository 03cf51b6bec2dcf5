// Whose the extensions of an answer are. Names are personal: they go along with extensions that somebody may see, never alone.
import { readExtensionNames } from '../store/extension-names.ts';
import type { Store } from '../store/open.ts';

/** By extension; who has no name, and what is no extension, is not among them. */
export type ExtensionNames = Readonly<Record<string, string>>;

/** What is null or empty is passed over, so that rows can be handed over as they are. */
export function namesOf(store: Store, extensions: Iterable<string | null | undefined>): ExtensionNames {
  const asked = new Set<string>();
  for (const extension of extensions) if (extension) asked.add(extension);
  if (asked.size === 0) return {};
  const found = readExtensionNames(store, [...asked]);
  return Object.fromEntries(found.map(({ extension, name }) => [extension, name]));
}
