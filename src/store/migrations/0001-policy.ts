// Migration 1: the policy, row by row, and the version and checksum that vouch for it.

export const policyTables = `
CREATE TABLE settings (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;

CREATE TABLE countries (
  region TEXT PRIMARY KEY,
  state TEXT NOT NULL CHECK (state IN ('allow', 'deny'))
) STRICT, WITHOUT ROWID;

CREATE TABLE extensions (
  extension TEXT PRIMARY KEY,
  name TEXT NOT NULL DEFAULT '',
  international INTEGER NOT NULL DEFAULT 0 CHECK (international IN (0, 1)),
  any_pickup INTEGER NOT NULL DEFAULT 0 CHECK (any_pickup IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE pickup_groups (
  name TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE pickup_group_members (
  group_name TEXT NOT NULL REFERENCES pickup_groups (name) ON DELETE CASCADE,
  extension TEXT NOT NULL,
  interceptor INTEGER NOT NULL DEFAULT 1 CHECK (interceptor IN (0, 1)),
  target INTEGER NOT NULL DEFAULT 1 CHECK (target IN (0, 1)),
  PRIMARY KEY (group_name, extension)
) STRICT, WITHOUT ROWID;

CREATE INDEX pickup_group_members_by_extension ON pickup_group_members (extension);

CREATE TABLE policy_version (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  version INTEGER NOT NULL,
  checksum TEXT NOT NULL
) STRICT;
`;
