// Migration 6: pickup rights beside the groups, and the record of every call that rang. What old databases hold keeps its
// meaning: a group has no number, nobody is protected, nobody has a right beside the groups and the any-call right.

export const pickupTables = `
ALTER TABLE pickup_groups ADD COLUMN number TEXT;
ALTER TABLE pickup_groups ADD COLUMN alert_after_s INTEGER CHECK (alert_after_s IS NULL OR alert_after_s BETWEEN 0 AND 600);
CREATE UNIQUE INDEX pickup_groups_by_number ON pickup_groups (number) WHERE number IS NOT NULL;

CREATE TABLE pickup_group_groups (
  group_name TEXT NOT NULL REFERENCES pickup_groups (name) ON DELETE CASCADE,
  member TEXT NOT NULL REFERENCES pickup_groups (name) ON DELETE CASCADE,
  interceptor INTEGER NOT NULL CHECK (interceptor IN (0, 1)),
  target INTEGER NOT NULL CHECK (target IN (0, 1)),
  PRIMARY KEY (group_name, member),
  CHECK (group_name <> member)
) STRICT, WITHOUT ROWID;

CREATE TABLE pickup_rights (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  picker_kind TEXT NOT NULL CHECK (picker_kind IN ('extension', 'group')),
  picker TEXT NOT NULL,
  target_kind TEXT NOT NULL CHECK (target_kind IN ('extension', 'group', 'any')),
  target TEXT NOT NULL,
  from_ms INTEGER,
  until_ms INTEGER,
  schedule TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT ''
) STRICT;

CREATE TABLE pickup_protections (
  kind TEXT NOT NULL CHECK (kind IN ('extension', 'caller', 'dialled')),
  value TEXT NOT NULL,
  allowed TEXT NOT NULL CHECK (json_valid(allowed)),
  reason TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (kind, value)
) STRICT, WITHOUT ROWID;

ALTER TABLE extensions ADD COLUMN mail TEXT NOT NULL DEFAULT '';
ALTER TABLE extensions ADD COLUMN pickup_notice TEXT;

CREATE TABLE ringing_calls (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  pbx TEXT NOT NULL,
  call_id TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  ended_ms INTEGER NOT NULL,
  ring_ms INTEGER NOT NULL,
  outcome TEXT NOT NULL
    CHECK (outcome IN ('answered', 'rescued', 'abandoned', 'unanswered', 'refused', 'forwarded', 'unknown')),
  answered_by TEXT,
  taken_from TEXT,
  caller_number TEXT NOT NULL,
  caller_name TEXT NOT NULL,
  caller_extension TEXT,
  dialled TEXT NOT NULL,
  legs TEXT NOT NULL CHECK (json_valid(legs)),
  pickup_groups TEXT NOT NULL CHECK (json_valid(pickup_groups))
) STRICT;

CREATE INDEX ringing_calls_by_time ON ringing_calls (started_ms);
CREATE INDEX ringing_calls_by_call ON ringing_calls (call_id);
CREATE INDEX pickup_attempts_by_time ON calls (at_ms) WHERE kind = 'pickup';
`;
