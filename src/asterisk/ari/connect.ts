// Which of the two links leads to this Asterisk.

import type { AppError } from '../../errors.ts';
import type { AriLink, AriOptions } from './link.ts';
import { askVersion } from './preflight.ts';
import { canRestOverWebsocket } from './version.ts';
import { connectWebsocketLink } from './websocket-link.ts';

export type AriTransport = 'auto' | 'websocket' | 'ari-client';

/**
 * Connects by the transport that is asked for. `auto` takes the WebSocket where the version of Asterisk can serve REST
 * on it, and ari-client where it cannot, or where a version without numbers turns out not to.
 * @throws AppError as `connectWebsocketLink` and `connectAriClientLink`.
 */
export async function connectAri(
  options: AriOptions & { readonly transport: AriTransport },
  signal: AbortSignal,
): Promise<AriLink> {
  switch (options.transport) {
    case 'websocket':
      return connectWebsocketLink(options, signal);
    case 'ari-client':
      return connectOlder(options, signal);
    case 'auto': {
      const can = canRestOverWebsocket(await askVersion(options, signal));
      if (can === 'no') return connectOlder(options, signal);
      if (can === 'yes') return connectWebsocketLink(options, signal);
      return connectWebsocketLink(options, signal).catch((error: AppError) => {
        if (signal.aborted) throw error;
        return connectOlder(options, signal);
      });
    }
  }
}

/** Loaded only where it is needed: the package and its dependencies cost memory and start-up time. */
async function connectOlder(options: AriOptions, signal: AbortSignal): Promise<AriLink> {
  const { connectAriClientLink } = await import('./ari-client-link.ts');
  return connectAriClientLink(options, signal);
}
