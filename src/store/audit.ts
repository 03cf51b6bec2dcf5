// The audit chain: each change as a row whose hash covers the row before it.
import { createHash } from 'node:crypto';
import { readNewestFirst, type PageQuery, type RowPage } from './newest-first.ts';
import type { Store } from './open.ts';
import { inReadTransaction } from './transaction.ts';

/** What is told about a change; `before` and `after` are plain data, null for "was not there". */
export interface AuditEntry {
  readonly atMs: number;
  readonly pbx: string;
  /** Who: `cli:maria`, `init`, later an account of the console. */
  readonly actor: string;
  /** What happened, as a past fact: `setting-changed`. */
  readonly action: string;
  /** To what: `home-region`, `extension 1001`. */
  readonly subject: string;
  readonly before: unknown;
  readonly after: unknown;
  /** The version that the change made. */
  readonly policyVersion: number;
}

export interface AuditRecord extends AuditEntry {
  readonly seq: number;
  readonly hash: string;
}

interface Row {
  readonly seq: number;
  readonly at_ms: number;
  readonly pbx: string;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly policy_version: number;
  readonly prev_hash: string;
  readonly hash: string;
}

/** A record of the chain, by its place and its hash. */
export interface AuditHead {
  readonly seq: number;
  readonly hash: string;
}

/** Stands before the first row. */
const ORIGIN: AuditHead = { seq: 0, hash: '0'.repeat(64) };

const hashOf = (row: Omit<Row, 'hash'>): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        row.prev_hash,
        row.seq,
        row.at_ms,
        row.pbx,
        row.actor,
        row.action,
        row.subject,
        row.before,
        row.after,
        row.policy_version,
      ]),
    )
    .digest('hex');

/** The last record of the chain, as it was noted when that was written. */
export const readAuditHead = (store: Store): AuditHead =>
  store.db.prepare<[], AuditHead>('SELECT seq, hash FROM audit_head WHERE only_row = 1').get() ?? ORIGIN;

const asJson = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Adds the entries to the chain, in the write transaction of the change that they tell about. */
export function appendAudit(store: Store, entries: readonly AuditEntry[]): void {
  const insert = store.db.prepare(
    `INSERT INTO audit (seq, at_ms, pbx, actor, action, subject, before, after, policy_version,
       prev_hash, hash)
     VALUES (@seq, @at_ms, @pbx, @actor, @action, @subject, @before, @after, @policy_version,
       @prev_hash, @hash)`,
  );
  let head = readAuditHead(store);
  for (const entry of entries) {
    const row = {
      seq: head.seq + 1,
      at_ms: entry.atMs,
      pbx: entry.pbx,
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject,
      before: asJson(entry.before),
      after: asJson(entry.after),
      policy_version: entry.policyVersion,
      prev_hash: head.hash,
    };
    head = { seq: row.seq, hash: hashOf(row) };
    insert.run({ ...row, hash: head.hash });
  }
  store.db
    .prepare(
      `INSERT INTO audit_head (only_row, seq, hash) VALUES (1, @seq, @hash)
       ON CONFLICT (only_row) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
    )
    .run(head);
}

/** Whether the chain holds that record, and at that place. */
export function holdsHead(store: Store, { seq, hash }: AuditHead): boolean {
  if (seq === ORIGIN.seq) return hash === ORIGIN.hash;
  return store.db.prepare<[number]>('SELECT hash FROM audit WHERE seq = ?').pluck().get(seq) === hash;
}

export interface AuditFilter extends PageQuery {
  readonly actor?: string | undefined;
  readonly action?: string | undefined;
  readonly subject?: string | undefined;
  /** Letters, of either case, that anything in it contains. */
  readonly text?: string | undefined;
}

const WHERE = `
  (@actor IS NULL OR actor = @actor) AND (@action IS NULL OR action = @action)
  AND (@subject IS NULL OR subject = @subject) AND at_ms >= @sinceMs AND at_ms < @untilMs
  AND (@text IS NULL OR instr(lower(actor || ' ' || action || ' ' || subject || ' ' || coalesce(before, '') || ' '
    || coalesce(after, '')), lower(@text)) > 0)`;

/** Newest first. */
export function readAuditPage(store: Store, filter: AuditFilter): RowPage<AuditRecord> {
  const values = {
    actor: filter.actor ?? null,
    action: filter.action ?? null,
    subject: filter.subject ?? null,
    text: filter.text ?? null,
    sinceMs: filter.sinceMs ?? Number.MIN_SAFE_INTEGER,
    untilMs: filter.untilMs ?? Number.MAX_SAFE_INTEGER,
  };
  const listing = { table: 'audit', time: null, of: '', where: WHERE };
  const { rows, next } = readNewestFirst<Row>(store, listing, values, filter);
  return { rows: rows.map(fromRow), next };
}

/** The rows of one page. */
export const readAudit = (store: Store, filter: AuditFilter): readonly AuditRecord[] =>
  readAuditPage(store, filter).rows;

const fromRow = (row: Row): AuditRecord => ({
  seq: row.seq,
  atMs: row.at_ms,
  pbx: row.pbx,
  actor: row.actor,
  action: row.action,
  subject: row.subject,
  before: fromJson(row.before),
  after: fromJson(row.after),
  policyVersion: row.policy_version,
  hash: row.hash,
});

/** A forged row may hold anything: it is shown as it stands, and `verifyAudit` is what judges it. */
function fromJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

export type AuditVerdict =
  | { readonly whole: true; readonly rows: number; readonly headHash: string }
  | { readonly whole: false; readonly rows: number; readonly brokenAtSeq: number; readonly problem: string };

/**
 * Walks the chain from its first row and names the first place that does not hold. A cut-off tail shows by the head row.
 * Somebody who rewrites the chain and its head is found by `noted`: heads that were kept elsewhere, signed or in a log.
 */
export function verifyAudit(store: Store, noted: readonly AuditHead[] = []): AuditVerdict {
  return inReadTransaction(store, () => {
    let head = ORIGIN;
    for (const row of store.db.prepare<[], Row>('SELECT * FROM audit ORDER BY seq').iterate()) {
      const problem = problemOf(row, head);
      if (problem !== null) return { whole: false, rows: head.seq, brokenAtSeq: head.seq + 1, problem };
      head = { seq: row.seq, hash: row.hash };
    }
    const own = readAuditHead(store);
    if (own.seq !== head.seq || own.hash !== head.hash) {
      const brokenAtSeq = Math.min(own.seq, head.seq) + 1;
      const problem = `The chain ends with record ${head.seq}, but its head says ${own.seq}.`;
      return { whole: false, rows: head.seq, brokenAtSeq, problem };
    }
    const lost = noted.find((kept) => !holdsHead(store, kept));
    if (!lost) return { whole: true, rows: head.seq, headHash: head.hash };
    const brokenAtSeq = Math.min(lost.seq, head.seq + 1);
    const problem =
      lost.seq > head.seq
        ? `Records were cut off: the chain ends with ${head.seq}, and record ${lost.seq} was signed or noted before.`
        : `Record ${lost.seq} is not the one that was signed or noted: the chain was written anew.`;
    return { whole: false, rows: head.seq, brokenAtSeq, problem };
  });
}

function problemOf(row: Row, head: AuditHead): string | null {
  const expected = head.seq + 1;
  if (row.seq !== expected) return `Record ${expected} is missing: the next one found is ${row.seq}.`;
  if (row.prev_hash !== head.hash) return `Record ${row.seq} does not follow on the record before it.`;
  if (row.hash !== hashOf(row)) return `Record ${row.seq} was changed after it was written.`;
  return null;
}
