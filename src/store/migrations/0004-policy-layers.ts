// Migration 4: the layers of the policy beside countries and extensions. What old databases hold keeps its meaning: no
// level, no group, no rule, and an extension without the right has none.

export const policyLayerTables = `
ALTER TABLE extensions ADD COLUMN barred INTEGER NOT NULL DEFAULT 0 CHECK (barred IN (0, 1));
ALTER TABLE extensions ADD COLUMN level TEXT CHECK (level IN ('closed', 'low', 'medium', 'high', 'open'));
ALTER TABLE extensions ADD COLUMN schedule TEXT;
ALTER TABLE extensions ADD COLUMN pin TEXT CHECK (pin IN ('never', 'when-denied', 'always'));
ALTER TABLE extensions ADD COLUMN pin_entry TEXT CHECK (pin_entry IN ('auto', 'early', 'answer'));

CREATE TABLE level_countries (
  region TEXT PRIMARY KEY,
  level TEXT NOT NULL CHECK (level IN ('low', 'medium', 'high')),
  reason TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

CREATE TABLE level_neighbours (
  home TEXT NOT NULL,
  region TEXT NOT NULL,
  PRIMARY KEY (home, region)
) STRICT, WITHOUT ROWID;

CREATE TABLE schedules (
  name TEXT PRIMARY KEY,
  time_zone TEXT NOT NULL,
  weekly TEXT NOT NULL CHECK (json_valid(weekly)),
  holidays TEXT NOT NULL CHECK (json_valid(holidays))
) STRICT, WITHOUT ROWID;

CREATE TABLE groups (
  name TEXT PRIMARY KEY,
  international TEXT NOT NULL DEFAULT 'inherit' CHECK (international IN ('on', 'off', 'inherit')),
  level TEXT CHECK (level IN ('closed', 'low', 'medium', 'high', 'open')),
  premium TEXT CHECK (premium IS NULL OR json_valid(premium)),
  schedule TEXT,
  pin TEXT CHECK (pin IN ('never', 'when-denied', 'always')),
  pin_entry TEXT CHECK (pin_entry IN ('auto', 'early', 'answer'))
) STRICT, WITHOUT ROWID;

CREATE TABLE group_members (
  group_name TEXT NOT NULL REFERENCES groups (name) ON DELETE CASCADE,
  extension TEXT NOT NULL,
  PRIMARY KEY (group_name, extension)
) STRICT, WITHOUT ROWID;

CREATE INDEX group_members_by_extension ON group_members (extension);

CREATE TABLE group_countries (
  group_name TEXT NOT NULL REFERENCES groups (name) ON DELETE CASCADE,
  region TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('allow', 'deny')),
  PRIMARY KEY (group_name, region)
) STRICT, WITHOUT ROWID;

CREATE TABLE rules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  group_name TEXT REFERENCES groups (name) ON DELETE CASCADE,
  action TEXT NOT NULL CHECK (action IN ('allow', 'deny', 'pin', 'block')),
  pattern TEXT NOT NULL,
  exact INTEGER NOT NULL DEFAULT 0 CHECK (exact IN (0, 1)),
  premium INTEGER NOT NULL DEFAULT 0 CHECK (premium IN (0, 1)),
  observe INTEGER NOT NULL DEFAULT 0 CHECK (observe IN (0, 1)),
  reason TEXT NOT NULL DEFAULT '',
  from_ms INTEGER,
  until_ms INTEGER
) STRICT;

CREATE INDEX rules_by_pattern ON rules (pattern);

CREATE TABLE exceptions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  extension TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('allow', 'deny', 'pin')),
  region TEXT,
  pattern TEXT,
  exact INTEGER NOT NULL DEFAULT 0 CHECK (exact IN (0, 1)),
  premium INTEGER NOT NULL DEFAULT 0 CHECK (premium IN (0, 1)),
  reason TEXT NOT NULL DEFAULT '',
  owner TEXT NOT NULL DEFAULT '',
  from_ms INTEGER,
  until_ms INTEGER,
  CHECK ((region IS NULL) <> (pattern IS NULL))
) STRICT;

CREATE INDEX exceptions_by_extension ON exceptions (extension);

CREATE TABLE authorised_lists (
  name TEXT PRIMARY KEY,
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  admits INTEGER NOT NULL DEFAULT 0 CHECK (admits IN (0, 1)),
  premium TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(premium)),
  countries TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(countries))
) STRICT, WITHOUT ROWID;

CREATE TABLE authorised_entries (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list_name TEXT NOT NULL REFERENCES authorised_lists (name) ON DELETE CASCADE,
  first_name TEXT NOT NULL DEFAULT '',
  last_name TEXT NOT NULL DEFAULT '',
  number TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  from_ms INTEGER,
  until_ms INTEGER,
  added_ms INTEGER NOT NULL,
  UNIQUE (list_name, number)
) STRICT;

CREATE TABLE authorised_attachments (
  list_name TEXT NOT NULL REFERENCES authorised_lists (name) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('extension', 'group')),
  name TEXT NOT NULL,
  PRIMARY KEY (list_name, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE limits (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  layer TEXT NOT NULL CHECK (layer IN ('organisation', 'group', 'extension')),
  name TEXT NOT NULL DEFAULT '',
  counted TEXT NOT NULL CHECK (counted IN ('each', 'together')),
  measure TEXT NOT NULL CHECK (measure IN ('calls', 'concurrent', 'countries', 'duration')),
  class TEXT NOT NULL CHECK (class IN ('chargeable', 'international', 'premium', 'hot')),
  max INTEGER NOT NULL CHECK (max >= 0),
  window_ms INTEGER,
  warn_percent INTEGER NOT NULL DEFAULT 80 CHECK (warn_percent BETWEEN 1 AND 100),
  action TEXT NOT NULL DEFAULT 'deny' CHECK (action IN ('deny', 'quarantine')),
  quarantine_ms INTEGER NOT NULL DEFAULT 3600000,
  observe INTEGER NOT NULL DEFAULT 0 CHECK (observe IN (0, 1))
) STRICT;

CREATE TABLE pins (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  hash TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1 CHECK (enabled IN (0, 1)),
  from_ms INTEGER,
  until_ms INTEGER,
  max_uses INTEGER,
  entry_id INTEGER REFERENCES authorised_entries (id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE pin_holders (
  pin_id TEXT NOT NULL REFERENCES pins (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('extension', 'group')),
  name TEXT NOT NULL,
  PRIMARY KEY (pin_id, kind, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE announcements (
  reason TEXT NOT NULL,
  language TEXT NOT NULL,
  sound TEXT NOT NULL,
  PRIMARY KEY (reason, language)
) STRICT, WITHOUT ROWID;
`;
