// Migration 5: what happens while calls are made (no part of the policy), and the policy's own past.

export const usageTables = `
ALTER TABLE calls ADD COLUMN classes TEXT NOT NULL DEFAULT '';
ALTER TABLE calls ADD COLUMN ended_ms INTEGER;
CREATE INDEX calls_chargeable ON calls (at_ms) WHERE classes <> '';

CREATE TABLE quarantines (
  extension TEXT PRIMARY KEY,
  since_ms INTEGER NOT NULL,
  until_ms INTEGER,
  reason TEXT NOT NULL,
  by TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE seen_regions (
  extension TEXT NOT NULL,
  region TEXT NOT NULL,
  first_ms INTEGER NOT NULL,
  PRIMARY KEY (extension, region)
) STRICT, WITHOUT ROWID;

CREATE TABLE notices (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at_ms INTEGER NOT NULL,
  pbx TEXT NOT NULL,
  kind TEXT NOT NULL,
  extension TEXT,
  text TEXT NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail))
) STRICT;

CREATE TABLE pin_uses (
  pin_id TEXT PRIMARY KEY,
  uses INTEGER NOT NULL,
  last_used_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pin_failures (
  who TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  locked_until_ms INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE authorised_uses (
  entry_id INTEGER PRIMARY KEY,
  uses INTEGER NOT NULL,
  last_used_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE policy_history (
  version INTEGER PRIMARY KEY,
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  document BLOB NOT NULL
) STRICT;

CREATE TABLE numbering_baseline (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  at_ms INTEGER NOT NULL,
  data BLOB NOT NULL
) STRICT;
`;
