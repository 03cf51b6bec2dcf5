// The compatibility link, for an Asterisk that cannot serve REST on its WebSocket: the ari-client package, contained.

import { AppError } from '../../errors.ts';
import type { AriLink, AriOptions } from './link.ts';

/** Connects by ari-client. */
export function connectAriClientLink(options: AriOptions, _signal: AbortSignal): Promise<AriLink> {
  return Promise.reject(new AppError('unavailable', `No link of this kind to ${options.application} yet.`));
}
