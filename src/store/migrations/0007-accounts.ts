// Migration 7: who may use the console and the API. No part of the policy: neither its version nor its checksum knows them.

export const accountTables = `
CREATE TABLE accounts (
  name TEXT PRIMARY KEY,
  display_name TEXT NOT NULL DEFAULT '',
  hash TEXT NOT NULL,
  roles TEXT NOT NULL CHECK (json_valid(roles)),
  extension TEXT,
  enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
  created_ms INTEGER NOT NULL,
  password_ms INTEGER NOT NULL,
  must_change INTEGER NOT NULL CHECK (must_change IN (0, 1))
) STRICT, WITHOUT ROWID;

CREATE TABLE sessions (
  hash TEXT PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
  created_ms INTEGER NOT NULL,
  seen_ms INTEGER NOT NULL,
  address TEXT NOT NULL,
  user_agent TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sessions_by_account ON sessions (account);

CREATE TABLE api_tokens (
  hash TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
  name TEXT NOT NULL,
  rights TEXT NOT NULL CHECK (json_valid(rights)),
  created_ms INTEGER NOT NULL,
  from_ms INTEGER,
  until_ms INTEGER NOT NULL,
  used_ms INTEGER,
  UNIQUE (account, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE known_browsers (
  hash TEXT PRIMARY KEY,
  account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
  used_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX known_browsers_by_account ON known_browsers (account);

CREATE TABLE sign_in_tries (
  who TEXT PRIMARY KEY,
  in_a_row INTEGER NOT NULL,
  last_ms INTEGER NOT NULL,
  day_ms INTEGER NOT NULL,
  of_day INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
