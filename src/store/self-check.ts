// The look that the writer's thread takes at its database now and then, though nobody has anything to write.
import { holdsHead, readAuditHead, type AuditHead } from './audit.ts';
import { readSignedHead, type SignedHead } from './audit-head.ts';
import { prepareFile } from './file-rights.ts';
import { refuseAlteredSchema, schemaVersion } from './migrate.ts';
import type { Store } from './open.ts';
import { inReadTransaction, inWriteTransaction } from './transaction.ts';

export interface CheckedAudit {
  readonly head: AuditHead;
  /** The one that was signed last, if any. */
  readonly signed: SignedHead | null;
  /** Whether the chain still holds that one. */
  readonly holdsSigned: boolean;
}

/**
 * Its rights and its schema are as they were, and it takes a write all the way to the disk. Throws `AppError` with what
 * is wrong. A full disk, a read-only one, a file that is gone: known before a record or a wrong PIN needs it.
 */
export function checkDatabase(store: Store): CheckedAudit {
  prepareFile(store.path, false);
  refuseAlteredSchema(store.db, store.path);
  inWriteTransaction(store, () => {
    // The same value: it goes through the journal to the disk all the same, and changes nothing.
    store.db.pragma(`user_version = ${schemaVersion(store.db)}`);
  });
  return inReadTransaction(store, () => {
    const signed = readSignedHead(store.path);
    const head = readAuditHead(store);
    return { head, signed, holdsSigned: signed === null || holdsHead(store, signed) };
  });
}
