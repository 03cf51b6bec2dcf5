// A thousand ways to tamper with the audit, done with care, and the signed head that finds what the chain alone cannot.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appendAudit, readAuditHead, verifyAudit } from '../../src/store/audit.ts';
import {
  auditHeadFile,
  isSignedWith,
  readSignedHead,
  signHead,
  writeSignedHead,
} from '../../src/store/audit-head.ts';
import type { Store } from '../../src/store/open.ts';
import { inWriteTransaction } from '../../src/store/transaction.ts';
import { tempStore } from './temp-store.ts';

const ROWS = 25;
const RUNS = 1_000;
const key = Buffer.alloc(32, 7);

function filled(): Store {
  const store = tempStore();
  const entry = { pbx: 'a', actor: 'cli:maria', action: 'set', subject: 's', before: null };
  const entries = Array.from({ length: ROWS }, (_, n) => ({ ...entry, atMs: n, after: n, policyVersion: n }));
  inWriteTransaction(store, () => appendAudit(store, entries));
  return store;
}

interface Row {
  seq: number;
  prev_hash: string;
  hash: string;
  actor: string;
  [column: string]: unknown;
}

const COLUMNS = ['at_ms', 'pbx', 'actor', 'action', 'subject', 'before', 'after', 'policy_version'];

/** What somebody does who knows how the chain is made, and has the database but not the key file. */
function chainedAnew(rows: readonly Row[]): Row[] {
  let prev = '0'.repeat(64);
  return rows.map((row, index) => {
    const fields = [prev, index + 1, ...COLUMNS.map((name) => row[name])];
    const hash = createHash('sha256').update(JSON.stringify(fields)).digest('hex');
    const made = { ...row, seq: index + 1, prev_hash: prev, hash };
    prev = hash;
    return made;
  });
}

type Deed = 'edit' | 'remove' | 'insert' | 'swap' | 'cut';

function done(deed: Deed, rows: readonly Row[], a: number, b: number): Row[] {
  const made = rows.map((row) => ({ ...row }));
  const [one, other] = [made[a], made[b]];
  if (!one || !other) throw new Error('no such row');
  switch (deed) {
    case 'edit':
      one.actor = 'cli:nobody';
      return made;
    case 'remove':
      return made.filter((_, index) => index !== a);
    case 'insert':
      return made.toSpliced(a, 0, { ...one, actor: 'cli:nobody' });
    case 'swap':
      made[a] = other;
      made[b] = one;
      return made;
    case 'cut':
      return made.slice(0, a);
  }
}

/** Writes the rows in the place of the chain, looks, and takes everything back. */
function lookAt(store: Store, rows: readonly Row[], signed: ReturnType<typeof signHead>) {
  store.db.exec(
    'BEGIN; DROP TRIGGER audit_rows_stay; DROP TRIGGER audit_rows_never_change; DELETE FROM audit',
  );
  try {
    const names = ['seq', ...COLUMNS, 'prev_hash', 'hash'];
    const places = names.map((name) => `@${name}`).join(', ');
    const insert = store.db.prepare(`INSERT INTO audit (${names.join(', ')}) VALUES (${places})`);
    for (const row of rows) insert.run(row);
    const last = rows.at(-1) ?? { seq: 0, hash: '0'.repeat(64) };
    store.db.prepare('UPDATE audit_head SET seq = ?, hash = ?').run(last.seq, last.hash);
    return { alone: verifyAudit(store), withHead: verifyAudit(store, [signed]) };
  } finally {
    store.db.exec('ROLLBACK');
  }
}

describe('the signed head of the audit', () => {
  it(`finds each of ${RUNS} edits, removals, insertions, swaps and cuts, though the chain was made anew (RS-15)`, () => {
    const store = filled();
    const rows = store.db.prepare<[], Row>('SELECT * FROM audit ORDER BY seq').all();
    const signed = signHead(key, readAuditHead(store), 5);
    const at = fc.integer({ min: 0, max: ROWS - 1 });
    const deeds = fc.constantFrom<Deed>('edit', 'remove', 'insert', 'swap', 'cut');
    fc.assert(
      fc.property(deeds, at, at, (deed, a, b) => {
        fc.pre(deed !== 'swap' || a !== b);
        const { alone, withHead } = lookAt(store, chainedAnew(done(deed, rows, a, b)), signed);
        // So well done that the chain alone says nothing.
        expect([deed, alone.whole, withHead.whole]).toEqual([deed, true, false]);
        expect(withHead).toMatchObject({ problem: expect.stringMatching(/cut off|written anew/) });
      }),
      { numRuns: RUNS },
    );
    expect(verifyAudit(store, [signed])).toMatchObject({ whole: true });
  });

  it('stays right while the chain goes on', () => {
    const store = filled();
    const signed = signHead(key, readAuditHead(store), 5);
    const entry = { pbx: 'a', actor: 'cli:maria', action: 'set', subject: 's', before: null, after: 1 };
    inWriteTransaction(store, () => appendAudit(store, [{ ...entry, atMs: 1, policyVersion: 1 }]));
    expect(verifyAudit(store, [signed])).toMatchObject({ whole: true, rows: ROWS + 1 });
  });

  it('is kept beside the database, for its owner alone, and signed with the key file and no other', async () => {
    const store = filled();
    expect(readSignedHead(store.path)).toBeNull();
    const signed = signHead(key, readAuditHead(store), 5);
    await writeSignedHead(store.path, signed);
    expect(readSignedHead(store.path)).toEqual(signed);
    expect(statSync(auditHeadFile(store.path)).mode & 0o777).toBe(0o600);
    expect(isSignedWith(key, signed)).toBe(true);
    expect(isSignedWith(randomBytes(32), signed)).toBe(false);
    expect(isSignedWith(key, { ...signed, seq: signed.seq - 1 })).toBe(false);
    expect(isSignedWith(key, { ...signed, atMs: 6 })).toBe(false);
  });

  it.each(['', 'nothing', '{}', '{"seq":1,"hash":"x","atMs":1,"signature":"y"}', '[]', 'null'])(
    'says that a file with %j in it is none',
    (text) => {
      const store = filled();
      writeFileSync(auditHeadFile(store.path), text);
      expect(existsSync(auditHeadFile(store.path))).toBe(true);
      expect(() => readSignedHead(store.path)).toThrow(expect.objectContaining({ code: 'invalid' }));
    },
  );
});
