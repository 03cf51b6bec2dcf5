// Where the lab keeps what outlives one run: Asterisk roots and the register of running labs.
import { homedir } from 'node:os';
import { join } from 'node:path';

/** The user's cache folder for Callwarden, by the XDG base directory specification. */
export function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'];
  return join(base !== undefined && base.startsWith('/') ? base : join(homedir(), '.cache'), 'callwarden');
}
