// The names by which a browser may come: a page of somebody else's whose name leads here (DNS rebinding) is turned away.
import { isIP } from 'node:net';

const LOOPBACK_NAMES: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Whether a `Host` header names us: one of `names`, this machine, or the very address that the request came in by, which no
 * name of a stranger can stand for. Ports do not matter: a proxy has its own.
 */
export function isOurHost(host: string, names: ReadonlySet<string>, localAddress: string): boolean {
  const name = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase();
  if (name === undefined) return false;
  if (LOOPBACK_NAMES.has(name)) return true;
  const bare = name.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && bare === localAddress.replace(/^::ffff:(?=\d+\.)/i, '').toLowerCase()) return true;
  return names.has(bare);
}
