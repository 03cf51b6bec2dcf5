// Whose the extensions are: their names, for pages and events that show them.
import type { Store } from './open.ts';
import { prepared } from './statements.ts';

interface Row {
  readonly extension: string;
  readonly name: string;
}

/** Of those that have one. */
export function readExtensionNames(store: Store, extensions: readonly string[]): readonly Row[] {
  const sql = `SELECT extension, name FROM extensions
    WHERE name <> '' AND extension IN (SELECT value FROM json_each(?))`;
  return prepared<[string], Row>(store, sql).all(JSON.stringify(extensions));
}
