// From where an account was signed in to before: browsers, as hashes of what they hold, and networks.
import type { Store } from './open.ts';

/** Whether this account was signed in to from that browser, since then. */
export function isKnownBrowser({ db }: Store, hash: string, account: string, sinceMs: number): boolean {
  const sql = 'SELECT 1 FROM known_browsers WHERE hash = ? AND account = ? AND used_ms > ?';
  return db.prepare(sql).get(hash, account, sinceMs) !== undefined;
}

/** Of one account so many are kept, the last used ones. */
export function writeKnownBrowser(
  { db }: Store,
  browser: { readonly hash: string; readonly account: string; readonly usedMs: number },
  kept: number,
): void {
  db.prepare(
    'INSERT OR REPLACE INTO known_browsers (hash, account, used_ms) VALUES (@hash, @account, @usedMs)',
  ).run(browser);
  db.prepare(
    `DELETE FROM known_browsers WHERE hash IN
       (SELECT hash FROM known_browsers WHERE account = ? ORDER BY used_ms DESC, hash LIMIT -1 OFFSET ?)`,
  ).run(browser.account, kept);
}

/** Whether this account was signed in to from that network, since then. */
export function isKnownNetwork({ db }: Store, network: string, account: string, sinceMs: number): boolean {
  const sql = 'SELECT 1 FROM known_networks WHERE account = ? AND network = ? AND used_ms > ?';
  return db.prepare(sql).get(account, network, sinceMs) !== undefined;
}

/** Of one account so many are kept, the last used ones. */
export function writeKnownNetwork(
  { db }: Store,
  place: { readonly network: string; readonly account: string; readonly usedMs: number },
  kept: number,
): void {
  db.prepare(
    'INSERT OR REPLACE INTO known_networks (account, network, used_ms) VALUES (@account, @network, @usedMs)',
  ).run(place);
  db.prepare(
    `DELETE FROM known_networks WHERE account = @account AND network IN
       (SELECT network FROM known_networks WHERE account = @account
        ORDER BY used_ms DESC, network LIMIT -1 OFFSET @kept)`,
  ).run({ account: place.account, kept });
}

/** After a new password, whoever knew the old one is at a place like any other. */
export function deleteKnownPlaces({ db }: Store, account: string): void {
  db.prepare('DELETE FROM known_browsers WHERE account = ?').run(account);
  db.prepare('DELETE FROM known_networks WHERE account = ?').run(account);
}
