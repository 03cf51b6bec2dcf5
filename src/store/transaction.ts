// Transactions at the store's door: a write that is whole or not at all, and a read that sees one moment.
import type { Store } from './open.ts';
import { atDoor } from './sqlite-errors.ts';

/**
 * Runs `work` in one `BEGIN IMMEDIATE` transaction: the write lock is taken before anything is read, so no
 * other program can change what `work` decides upon. A throw rolls everything back.
 */
export function inWriteTransaction<T>(store: Store, work: () => T): T {
  return atDoor(store.path, () => store.db.transaction(work).immediate());
}

/** Runs `work` on one snapshot of the database; never waits for a writer. */
export function inReadTransaction<T>(store: Store, work: () => T): T {
  return atDoor(store.path, () => store.db.transaction(work).deferred());
}
