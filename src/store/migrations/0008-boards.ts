// Migration 8: sessions of wallboards, and the networks from which an account was signed in to. No part of the policy.

export const boardTables = `
ALTER TABLE sessions ADD COLUMN board INTEGER NOT NULL DEFAULT 0 CHECK (board IN (0, 1));

CREATE TABLE known_networks (
  account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
  network TEXT NOT NULL,
  used_ms INTEGER NOT NULL,
  PRIMARY KEY (account, network)
) STRICT, WITHOUT ROWID;
`;
