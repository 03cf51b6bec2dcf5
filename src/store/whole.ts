// Whether a database is whole: its pages, its policy, its audit chain, and what it holds.
import { readAuditHead, verifyAudit, type AuditHead } from './audit.ts';
import { AppError } from '../errors.ts';
import { schemaVersion } from './migrate.ts';
import { openCopy, type Store } from './open.ts';
import { policyVersion, verifyPolicy } from './policy.ts';
import { atDoor } from './sqlite-errors.ts';

/** What a database holds, for people. */
export interface Contents {
  readonly schema: number;
  readonly policyVersion: number;
  readonly auditRecords: number;
  readonly auditHead: string;
  readonly callRecords: number;
}

/** Reads every page. Throws `AppError('unavailable')` that names the first thing that is not as it was written. */
export function checkWhole(store: Store): Contents {
  return atDoor(store.path, () => {
    const found = store.db.prepare('PRAGMA integrity_check(1)').pluck().get();
    if (found !== 'ok') throw damaged(store.path, String(found).split('\n').at(-1) ?? 'unknown');
    if (store.db.prepare('PRAGMA foreign_key_check').all().length > 0) {
      throw damaged(store.path, 'rows point to others that are not there');
    }
    verifyPolicy(store);
    const audit = verifyAudit(store);
    if (!audit.whole) throw damaged(store.path, audit.problem.replace(/\.$/, ''));
    return contentsOf(store);
  });
}

/** The same for a finished copy at a path of its own, which is closed again. */
export function checkCopy(path: string): Contents {
  using store = openCopy(path, { readonly: true });
  return checkWhole(store);
}

function contentsOf(store: Store): Contents {
  const head: AuditHead = readAuditHead(store);
  const calls = store.db.prepare<[], number>('SELECT count(*) FROM calls').pluck().get() ?? 0;
  return {
    schema: schemaVersion(store.db),
    policyVersion: policyVersion(store),
    auditRecords: head.seq,
    auditHead: head.hash,
    callRecords: calls,
  };
}

const damaged = (path: string, what: string) =>
  new AppError(
    'unavailable',
    `The database ${path} is damaged: ${what}. Take another backup, or restore one.`,
  );
