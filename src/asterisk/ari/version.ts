// What an Asterisk can do, by the version it tells.

import { AppError } from '../../errors.ts';
import { isRecord } from './events.ts';

/** First minor version of each branch that serves REST over the WebSocket. */
const REST_OVER_WEBSOCKET_SINCE = new Map([
  [20, 14],
  [21, 9],
  [22, 4],
]);

/** The version in an answer to `GET /asterisk/info`, such as `22.10.1`; throws when there is none. */
export function readVersion(info: unknown): string {
  const system = isRecord(info) ? info['system'] : undefined;
  const version = isRecord(system) ? system['version'] : undefined;
  if (typeof version !== 'string' || version === '') {
    throw new AppError(
      'unavailable',
      'What answers is not ARI: it does not tell its version; check ari.url.',
    );
  }
  return version.slice(0, 100);
}

/** `unknown` for versions without numbers, such as a build from a git branch. */
export function canRestOverWebsocket(version: string): 'yes' | 'no' | 'unknown' {
  // A certified branch (`certified-20.7-cert5`) gets features later than its number says.
  if (version.includes('cert')) return 'unknown';
  const numbers = /^(\d+)\.(\d+)/.exec(version);
  if (numbers === null) return 'unknown';
  const major = Number(numbers[1]);
  const since = REST_OVER_WEBSOCKET_SINCE.get(major);
  if (since === undefined) return major > 22 ? 'yes' : 'no';
  return Number(numbers[2]) >= since ? 'yes' : 'no';
}

/** ARI takes a hangup cause by number since Asterisk 17; before that it knows a few by name. */
export function canHangUpByNumber(version: string): boolean {
  return !/^(?:certified[-/])?1[0-6]\./.test(version);
}
