// What the signed head beside the database says about the audit chain, and whether it can be believed.
import { AppError } from '../errors.ts';
import { isSignedWith, readSignedHead, type SignedHead } from '../store/audit-head.ts';

export interface AuditWitness {
  /** A record that the chain must hold; null where none was signed yet. */
  readonly signed: SignedHead | null;
  /** `unchecked`: the key cannot be read. */
  readonly signature: 'good' | 'bad' | 'unchecked' | 'none';
  /** Why it was not checked; '' where it was. */
  readonly problem: string;
}

/** `readKey` throws where the key file cannot be read. Throws `AppError('invalid')` for a head file that holds something else. */
export function auditWitness(database: string, readKey: () => Buffer): AuditWitness {
  const signed = readSignedHead(database);
  if (signed === null) return { signed, signature: 'none', problem: '' };
  try {
    return { signed, signature: isSignedWith(readKey(), signed) ? 'good' : 'bad', problem: '' };
  } catch (error) {
    const problem = error instanceof AppError ? error.message : String(error);
    return { signed, signature: 'unchecked', problem };
  }
}
