// Transactions at the store's door: a write that is whole or not at all, and a read that sees one moment.
import { AppError } from '../errors.ts';
import { isReplaced, type Store } from './open.ts';
import { isOfTheSystem, translateError } from './sqlite-errors.ts';
import type { Steps } from './steps.ts';

/**
 * Runs `work` in one `BEGIN IMMEDIATE` transaction: the write lock is taken before anything is read, so no
 * other program can change what `work` decides upon. A throw rolls everything back.
 */
export function inWriteTransaction<T>(store: Store, work: () => T): T {
  const guarded = () => {
    refuseReplaced(store);
    return work();
  };
  return around(store, () => store.db.transaction(guarded).immediate());
}

/**
 * Runs `work` with the write lock as a change does, tells what came of it, and takes everything back: for looking at a
 * change before it is made.
 */
export function inRehearsal<T>(store: Store, work: () => T): T {
  return around(store, () => {
    store.db.exec('BEGIN IMMEDIATE');
    try {
      refuseReplaced(store);
      return work();
    } finally {
      if (store.db.inTransaction) store.db.exec('ROLLBACK');
    }
  });
}

/** Runs `work` on one snapshot of the database; never waits for a writer. */
export function inReadTransaction<T>(store: Store, work: () => T): T {
  return around(store, () => store.db.transaction(work).deferred());
}

/** With the lock held: what was written to a file that a restore has just put aside would be lost. */
function refuseReplaced(store: Store): void {
  if (!isReplaced(store)) return;
  throw new AppError(
    'unavailable',
    `The database ${store.path} was replaced or removed meanwhile, and nothing was changed. Try again.`,
  );
}

/** A file that `work` misses is not the database. */
function around<T>(store: Store, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw isOfTheSystem(error) ? error : translateError(error, store.path);
  }
}

/** The same for work in steps: the transaction ends with the last step, a throw, or the steps' own `return()`. */
export function* readTransactionSteps<T>(store: Store, work: Steps<T>): Steps<T> {
  try {
    store.db.exec('BEGIN');
    return yield* work;
  } catch (error) {
    // What is no failure of the database is a mistake of whoever works with the rows, and stays what it is.
    const told = translateError(error, store.path);
    throw told.code === 'internal' ? error : told;
  } finally {
    if (store.db.inTransaction) store.db.exec('ROLLBACK');
  }
}
