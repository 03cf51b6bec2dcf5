// Migration 3: the records of decisions and pickups. `id` comes from the daemon, so that a retried batch adds
// nothing twice.

export const callTables = `
CREATE TABLE calls (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  at_ms INTEGER NOT NULL,
  pbx TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('decision', 'pickup')),
  channel_id TEXT NOT NULL,
  call_id TEXT NOT NULL,
  party TEXT,
  via TEXT,
  dialled TEXT NOT NULL,
  number TEXT NOT NULL,
  destination_kind TEXT,
  e164 TEXT,
  regions TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  rule TEXT NOT NULL,
  policy_version INTEGER,
  latency_us INTEGER,
  outcome TEXT,
  detail TEXT NOT NULL CHECK (json_valid(detail))
) STRICT;

CREATE INDEX calls_by_time ON calls (at_ms);
CREATE INDEX calls_by_party ON calls (party, seq);
`;
