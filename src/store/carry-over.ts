// What a restored database takes over from the one that it replaces: all that happened since, which no backup takes back.
import { holdsHead, readAuditHead, verifyAudit } from './audit.ts';
import type { Store } from './open.ts';
import { policyVersion } from './policy.ts';
import { atDoor } from './sqlite-errors.ts';

export interface CarriedOver {
  /** Of the replaced database. */
  readonly policyVersion: number;
  /** Records of the audit that are newer than the backup; null where the chain could not go on. */
  readonly auditRecords: number | null;
  readonly callRecords: number;
}

const CALL_COLUMNS =
  'id, at_ms, pbx, kind, channel_id, call_id, party, via, dialled, number, destination_kind, e164, regions, ' +
  'classes, ended_ms, verdict, reason, rule, policy_version, latency_us, outcome, detail';
const RINGING_COLUMNS =
  'id, pbx, call_id, started_ms, ended_ms, ring_ms, outcome, answered_by, taken_from, caller_number, ' +
  'caller_name, caller_extension, dialled, legs, pickup_groups';
const NOTICE_COLUMNS = 'at_ms, pbx, kind, extension, text, detail';

/** Of two states the stricter one stays: who was locked stays locked, what was used up stays used up. */
const HAPPENED: readonly string[] = [
  `INSERT INTO notices (${NOTICE_COLUMNS})
   SELECT ${NOTICE_COLUMNS} FROM replaced.notices EXCEPT SELECT ${NOTICE_COLUMNS} FROM main.notices ORDER BY 1`,
  `INSERT OR IGNORE INTO ringing_calls (${RINGING_COLUMNS})
   SELECT ${RINGING_COLUMNS} FROM replaced.ringing_calls ORDER BY seq`,
  `INSERT INTO seen_regions SELECT * FROM replaced.seen_regions WHERE true
   ON CONFLICT DO UPDATE SET first_ms = min(first_ms, excluded.first_ms)`,
  `INSERT INTO pin_failures SELECT * FROM replaced.pin_failures WHERE true
   ON CONFLICT (who) DO UPDATE SET failures = excluded.failures, last_ms = excluded.last_ms,
     locked_until_ms = excluded.locked_until_ms WHERE excluded.last_ms > last_ms`,
  `INSERT INTO pin_uses SELECT * FROM replaced.pin_uses WHERE pin_id IN (SELECT id FROM main.pins)
   ON CONFLICT (pin_id) DO UPDATE SET uses = max(uses, excluded.uses),
     last_used_ms = max(last_used_ms, excluded.last_used_ms)`,
  `INSERT INTO authorised_uses SELECT * FROM replaced.authorised_uses
     WHERE entry_id IN (SELECT id FROM main.authorised_entries)
   ON CONFLICT (entry_id) DO UPDATE SET uses = max(uses, excluded.uses),
     last_used_ms = max(last_used_ms, excluded.last_used_ms)`,
  'DELETE FROM quarantines',
  'INSERT INTO quarantines SELECT * FROM replaced.quarantines',
  `INSERT INTO sign_in_tries SELECT * FROM replaced.sign_in_tries WHERE true
   ON CONFLICT (who) DO UPDATE SET in_a_row = max(in_a_row, excluded.in_a_row),
     last_ms = max(last_ms, excluded.last_ms), day_ms = max(day_ms, excluded.day_ms),
     of_day = max(of_day, excluded.of_day)`,
  'INSERT OR IGNORE INTO policy_history SELECT * FROM replaced.policy_history',
  // An id that was given once stands in records and is never given to another.
  `UPDATE sqlite_sequence SET seq = max(seq, coalesce(
     (SELECT old.seq FROM replaced.sqlite_sequence AS old WHERE old.name = sqlite_sequence.name), 0))`,
];

/**
 * Who may sign in is no policy and goes on as it is: whoever was removed, disabled or given another password since stays so,
 * and a token that was removed stays removed. Only over another database's audit chain, as on a new machine, the accounts of
 * the backup hold.
 */
const ACCOUNTS: readonly string[] = [
  // With their tokens, browsers and networks.
  'DELETE FROM accounts',
  'INSERT INTO accounts SELECT * FROM replaced.accounts',
  'INSERT INTO api_tokens SELECT * FROM replaced.api_tokens',
  'INSERT INTO known_browsers SELECT * FROM replaced.known_browsers',
  'INSERT INTO known_networks SELECT * FROM replaced.known_networks',
];

/** Of calls that the backup knows, what became of them; then those that it does not know. */
const CALLS_KNOWN = `
  UPDATE calls SET ended_ms = old.ended_ms, outcome = old.outcome, detail = old.detail
  FROM replaced.calls AS old WHERE old.id = calls.id`;
const CALLS_SINCE = `
  INSERT OR IGNORE INTO calls (${CALL_COLUMNS}) SELECT ${CALL_COLUMNS} FROM replaced.calls ORDER BY seq`;

/**
 * In the write transaction of the restored database, to which the other one is attached as `replaced`. `old` is that
 * other one on a connection of its own, locked against writers.
 */
export function carryOver(store: Store, old: Store): CarriedOver {
  return atDoor(store.path, () => {
    const auditRecords = carryAudit(store, old);
    store.db.exec(CALLS_KNOWN);
    const callRecords = store.db.prepare(CALLS_SINCE).run().changes;
    for (const sql of HAPPENED) store.db.exec(sql);
    if (auditRecords !== null) for (const sql of ACCOUNTS) store.db.exec(sql);
    // The next version is one that nobody has seen: daemons, records and the history tell versions by their number.
    const version = Math.max(policyVersion(store), policyVersion(old));
    store.db.prepare('UPDATE policy_version SET version = ?').run(version);
    return { policyVersion: policyVersion(old), auditRecords, callRecords };
  });
}

/** The chain goes on where the backup is an earlier part of it; else the backup's own does. */
function carryAudit(store: Store, old: Store): number | null {
  const head = readAuditHead(store);
  if (!holdsHead(old, head) || !verifyAudit(old).whole) return null;
  const { changes } = store.db
    .prepare('INSERT INTO audit SELECT * FROM replaced.audit WHERE seq > ? ORDER BY seq')
    .run(head.seq);
  store.db.exec('INSERT OR REPLACE INTO audit_head SELECT * FROM replaced.audit_head');
  return changes;
}
