// The first question to an Asterisk, over plain HTTP: are we let in, and which version is it?

import http from 'node:http';
import https from 'node:https';
import { AppError } from '../../errors.ts';
import { readAddress, readDoorError, readDoorStatus, silentDoor } from './address.ts';
import { parseJson } from './event-door.ts';
import type { AriOptions } from './link.ts';
import { readVersion } from './version.ts';

const BODY_BYTES_MAX = 64 * 1024;

/**
 * The version of the Asterisk behind `options.url`. One request on a connection of its own, closed afterwards.
 * @throws AppError `unauthorized` for a wrong user or password, `unavailable` when there is no ARI (yet), `invalid`
 * for a bad URL.
 */
export function askVersion(options: AriOptions, signal: AbortSignal): Promise<string> {
  const address = readAddress(options);
  const deadline = AbortSignal.timeout(options.connectDeadlineMs);
  return new Promise((resolve, reject) => {
    const fail = (error: unknown): void => {
      if (error instanceof AppError) reject(error);
      else if (signal.aborted) reject(new AppError('unavailable', 'The connection attempt was given up.'));
      else if (deadline.aborted) reject(silentDoor(address.shown, options.connectDeadlineMs));
      else reject(readDoorError(error, address.shown));
    };
    const client = address.origin.startsWith('https:') ? https : http;
    const request = client.get(
      `${address.origin}${address.path}/asterisk/info?only=system`,
      {
        agent: false,
        headers: { authorization: address.authorization, connection: 'close' },
        signal: AbortSignal.any([signal, deadline]),
      },
      (response) => {
        const status = response.statusCode ?? 0;
        if (status !== 200) {
          fail(readDoorStatus(status, address.shown, options.username));
          request.destroy();
          return;
        }
        readAll(response)
          .then((text) => resolve(readVersion(parseJson(text))))
          .catch(fail);
      },
    );
    request.on('error', fail);
  });
}

/** An answer that is too long to be ours is as good as none. */
async function readAll(response: http.IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  for await (const chunk of response) {
    text += String(chunk);
    if (text.length > BODY_BYTES_MAX) return '';
  }
  return text;
}
