// How often the entries of the authorised-number lists have let a call out, and when last. No part of the policy.
import type { Store } from './open.ts';

/** What of a call record tells that an entry decided it. */
interface DecidedCall {
  readonly id: string;
  readonly atMs: number;
  readonly kind: string;
  readonly verdict: string;
  readonly rule: string;
}

/** `list:partners:12`: no name of a list holds a colon. */
const ENTRY_RULE = /^list:[^:]+:(\d{1,15})$/;

/**
 * Notes the entry that a call record names, once for each record however often that is written. To be called in the
 * record's transaction, before the record itself is written. An entry that is gone by now is not noted.
 */
export function useNoter({ db }: Store): (call: DecidedCall) => void {
  const known = db.prepare<[string]>('SELECT 1 FROM calls WHERE id = ?');
  const note = db.prepare<[number, number]>(
    `INSERT INTO authorised_uses (entry_id, uses, last_used_ms)
     SELECT id, 1, ? FROM authorised_entries WHERE id = ?
     ON CONFLICT (entry_id) DO UPDATE SET
     uses = uses + 1, last_used_ms = max(last_used_ms, excluded.last_used_ms)`,
  );
  return (call) => {
    if (call.kind !== 'decision' || call.verdict !== 'continue') return;
    const [, entry] = ENTRY_RULE.exec(call.rule) ?? [];
    if (entry === undefined || known.get(call.id) !== undefined) return;
    note.run(call.atMs, Number(entry));
  };
}

/** Forgets what was counted of a list that goes. */
export function deleteUsesOfList({ db }: Store, list: string): void {
  db.prepare(
    'DELETE FROM authorised_uses WHERE entry_id IN (SELECT id FROM authorised_entries WHERE list_name = ?)',
  ).run(list);
}
