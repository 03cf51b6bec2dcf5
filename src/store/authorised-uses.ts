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
/** An outside caller's PIN stands for the entry that admits him. */
const PIN_RULE = /^pin:(.+)$/;

/**
 * Notes the entry that a call record names, once for each record however often that is written. To be called in the
 * record's transaction, before the record itself is written. An entry that is gone by now is not noted.
 */
export function useNoter({ db }: Store): (call: DecidedCall) => void {
  const known = db.prepare<[string]>('SELECT 1 FROM calls WHERE id = ?');
  const entryOfPin = db.prepare<[string], number | null>('SELECT entry_id FROM pins WHERE id = ?').pluck();
  const note = db.prepare<[number, number]>(
    `INSERT INTO authorised_uses (entry_id, uses, last_used_ms)
     SELECT id, 1, ? FROM authorised_entries WHERE id = ?
     ON CONFLICT (entry_id) DO UPDATE SET
     uses = uses + 1, last_used_ms = max(last_used_ms, excluded.last_used_ms)`,
  );
  const entryOf = (rule: string): number | null => {
    const [, entry] = ENTRY_RULE.exec(rule) ?? [];
    if (entry !== undefined) return Number(entry);
    const [, pin] = PIN_RULE.exec(rule) ?? [];
    return pin === undefined ? null : (entryOfPin.get(pin) ?? null);
  };
  return (call) => {
    if (call.kind !== 'decision' || call.verdict !== 'continue') return;
    const entry = entryOf(call.rule);
    if (entry === null || known.get(call.id) !== undefined) return;
    note.run(call.atMs, entry);
  };
}

/** Forgets what was counted of a list that goes. */
export function deleteUsesOfList({ db }: Store, list: string): void {
  db.prepare(
    'DELETE FROM authorised_uses WHERE entry_id IN (SELECT id FROM authorised_entries WHERE list_name = ?)',
  ).run(list);
}
