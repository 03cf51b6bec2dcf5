// The audit chain: whatever is done to it behind its back is found, and the place is named.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendAudit, readAudit, verifyAudit, type AuditEntry } from '../../src/store/audit.ts';
import type { Store } from '../../src/store/open.ts';
import { inWriteTransaction } from '../../src/store/transaction.ts';
import { tempStore } from './temp-store.ts';

const ROWS = 30;

const entry = (n: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
  atMs: 1_000 + n,
  pbx: 'head-office',
  actor: n % 2 === 0 ? 'cli:maria' : 'cli:root',
  action: 'extension-changed',
  subject: `extension ${1000 + n}`,
  before: null,
  after: { international: true },
  policyVersion: n,
  ...changes,
});

function filledStore(): Store {
  const store = tempStore();
  for (let n = 1; n <= ROWS; n += 1) inWriteTransaction(store, () => appendAudit(store, [entry(n)]));
  return store;
}

/** Does it without the guards of the schema, asks, and takes everything back. */
function tamper(store: Store, sql: string) {
  store.db.exec('BEGIN; DROP TRIGGER audit_rows_stay; DROP TRIGGER audit_rows_never_change');
  try {
    store.db.exec(sql);
    return verifyAudit(store);
  } finally {
    store.db.exec('ROLLBACK');
  }
}

const row = fc.integer({ min: 1, max: ROWS });
const column = fc.constantFrom(
  'at_ms',
  'pbx',
  'actor',
  'action',
  'subject',
  'before',
  'after',
  'policy_version',
);

describe('the audit chain', () => {
  it('is whole as it was written', () => {
    const verdict = verifyAudit(filledStore());
    expect(verdict).toMatchObject({ whole: true, rows: ROWS });
  });

  it('is whole while it is empty', () => {
    expect(verifyAudit(tempStore())).toMatchObject({ whole: true, rows: 0 });
  });

  it('refuses to have its rows changed or deleted', () => {
    const store = filledStore();
    expect(() => store.db.exec("UPDATE audit SET actor = 'nobody'")).toThrow(/never changed/);
    expect(() => store.db.exec('DELETE FROM audit WHERE seq = 3')).toThrow(/never deleted/);
  });

  it('names the row that was edited', () => {
    const store = filledStore();
    fc.assert(
      fc.property(row, column, (seq, name) => {
        const value = ['at_ms', 'policy_version'].includes(name) ? '99999' : "'forged'";
        const verdict = tamper(store, `UPDATE audit SET ${name} = ${value} WHERE seq = ${seq}`);
        expect(verdict).toMatchObject({ whole: false, brokenAtSeq: seq });
      }),
      { numRuns: 60 },
    );
  });

  it('names the row that was removed, also the last ones', () => {
    const store = filledStore();
    fc.assert(
      fc.property(row, (seq) => {
        expect(tamper(store, `DELETE FROM audit WHERE seq = ${seq}`)).toMatchObject({ brokenAtSeq: seq });
        expect(tamper(store, `DELETE FROM audit WHERE seq >= ${seq}`)).toMatchObject({ brokenAtSeq: seq });
      }),
      { numRuns: 30 },
    );
  });

  it('names the first of two rows that were swapped', () => {
    const store = filledStore();
    fc.assert(
      fc.property(row, row, (a, b) => {
        fc.pre(a !== b);
        const swap = `UPDATE audit SET seq = -1 WHERE seq = ${a}; UPDATE audit SET seq = ${a} WHERE seq = ${b};
          UPDATE audit SET seq = ${b} WHERE seq = -1`;
        expect(tamper(store, swap)).toMatchObject({ whole: false, brokenAtSeq: Math.min(a, b) });
      }),
      { numRuns: 40 },
    );
  });

  it('finds a row that somebody added without the head', () => {
    const store = filledStore();
    const added = `INSERT INTO audit SELECT seq + 1, at_ms, pbx, 'forged', action, subject, before, after,
      policy_version, hash, hash FROM audit WHERE seq = ${ROWS}`;
    expect(tamper(store, added)).toMatchObject({ whole: false, brokenAtSeq: ROWS + 1 });
  });

  it('is read newest first, by who, what and when', () => {
    const store = filledStore();
    expect(readAudit(store, { limit: 3 }).map(({ seq }) => seq)).toEqual([30, 29, 28]);
    expect(readAudit(store, { actor: 'cli:root', limit: 100 })).toHaveLength(ROWS / 2);
    expect(readAudit(store, { subject: 'extension 1005', limit: 100 })).toMatchObject([
      { seq: 5, actor: 'cli:root', before: null, after: { international: true } },
    ]);
    expect(readAudit(store, { sinceMs: 1_029, limit: 100 })).toHaveLength(2);
  });
});
