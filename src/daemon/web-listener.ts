// The listener of the web thread: opened, and opened again with back-off while its port is taken or its certificate is of no use.
import type { Logger } from '../config/logger.ts';
import { messageOf } from '../errors.ts';
import type { WebApp } from '../http/web-app.ts';
import { listenWeb, type WebServer, type WebServerOptions } from '../http/web-server.ts';

const RETRY_FIRST_MS = 500;
const RETRY_MAX_MS = 10_000;
/** A new certificate is in use within this time. */
const LOOK_MS = 5_000;

export interface WebListener extends AsyncDisposable {
  /** '' while it does not listen. */
  url(): string;
  /** A sentence; '' for none. */
  problem(): string;
}

export interface WebListenerPorts {
  readonly options: WebServerOptions;
  readonly app: WebApp;
  readonly logger: Logger;
  /** Something is different now. */
  readonly onChange: () => void;
}

export function createWebListener({ options, app, logger, onChange }: WebListenerPorts): WebListener {
  let server: WebServer | null = null;
  let problem = '';
  let retryMs = RETRY_FIRST_MS;
  let isClosed = false;
  const listen = async () => {
    try {
      server = await listenWeb(options, app);
      if (isClosed) return await server[Symbol.asyncDispose]();
      problem = '';
      retryMs = RETRY_FIRST_MS;
      logger.info('web-up', { url: server.url });
    } catch (error) {
      if (isClosed) return;
      if (problem !== messageOf(error)) logger.error('web', { problem: messageOf(error) });
      problem = messageOf(error);
      retry = setTimeout(() => void listen(), retryMs);
      retryMs = Math.min(retryMs * 2, RETRY_MAX_MS);
    }
    onChange();
  };
  let retry: NodeJS.Timeout | null = null;
  void listen();
  const timer = setInterval(() => {
    const before = server?.problem();
    server?.refresh();
    const now = server?.problem() ?? '';
    if (now === before) return;
    if (now !== '') logger.warn('web', { problem: now });
    onChange();
  }, LOOK_MS).unref();
  return {
    url: () => server?.url ?? '',
    problem: () => server?.problem() ?? problem,
    async [Symbol.asyncDispose]() {
      isClosed = true;
      clearInterval(timer);
      if (retry) clearTimeout(retry);
      await server?.[Symbol.asyncDispose]();
    },
  };
}
