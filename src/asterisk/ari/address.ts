// Where ARI is and who we are there: URL, websocket URL and the authorization header, kept out of every message.

import { AppError, codeOf } from '../../errors.ts';
import { applicationNames } from './applications.ts';
import type { AriOptions } from './link.ts';

export interface AriAddress {
  /** Without credentials; the only form that may be shown. */
  readonly shown: string;
  /** Such as `http://127.0.0.1:8088`. */
  readonly origin: string;
  /** Path of ARI without a slash at the end, `/ari` unless http.conf sets a prefix. */
  readonly path: string;
  readonly websocketUrl: string;
  readonly authorization: string;
}

/** Throws `AppError('invalid')` for what is no http or https URL. */
export function readAddress(
  options: Pick<AriOptions, 'url' | 'username' | 'password' | 'application'>,
): AriAddress {
  const url = URL.parse(options.url);
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new AppError('invalid', 'The ARI URL must look like http://127.0.0.1:8088/ari; correct ari.url.');
  }
  const path = url.pathname.replace(/\/+$/, '') || '/ari';
  const scheme = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const applications = applicationNames(options.application).map(encodeURIComponent).join(',');
  const credentials = Buffer.from(`${options.username}:${options.password}`, 'utf8').toString('base64');
  return {
    shown: `${url.origin}${path}`,
    origin: url.origin,
    path,
    websocketUrl: `${scheme}//${url.host}${path}/events?app=${applications}`,
    authorization: `Basic ${credentials}`,
  };
}

/** What an HTTP status says when ARI does not let us in, with the remedy. */
export function readDoorStatus(status: number, shown: string, username: string): AppError {
  if (status === 401 || status === 403) {
    return new AppError(
      'unauthorized',
      `Asterisk refused the ARI user "${username}" at ${shown} (${status}): check ari.username and ari.password ` +
        'against ari.conf.',
    );
  }
  if (status === 404) {
    return new AppError(
      'unavailable',
      `There is no ARI at ${shown} (404): Asterisk is still starting, res_ari is not loaded, ari.conf has ` +
        '"enabled=no", or ari.url has the wrong path.',
    );
  }
  return new AppError('unavailable', `What answers at ${shown} is not ARI (HTTP ${status}); check ari.url.`);
}

/** What a socket error says when Asterisk cannot be reached, with the remedy. */
export function readDoorError(error: unknown, shown: string): AppError {
  const code = codeOf(error);
  const why = code === 'ECONNREFUSED' ? 'nothing listens there' : code || 'no code';
  return new AppError(
    'unavailable',
    `Asterisk cannot be reached at ${shown} (${why}): is it running, is http.conf enabled, and is ari.url right?`,
    { cause: error },
  );
}

/** For a peer that took the connection and said nothing. */
export function silentDoor(shown: string, deadlineMs: number): AppError {
  return new AppError('unavailable', `Asterisk at ${shown} did not answer within ${deadlineMs} ms.`);
}
