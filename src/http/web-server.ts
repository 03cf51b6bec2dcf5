// The listener of the console and the API: TLS, deadlines against those who send slowly, and a bound on connections.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import {
  createServer as createPlainServer,
  Server as PlainServer,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, Server as TlsServer } from 'node:https';
import type { Socket } from 'node:net';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { AppError, codeOf, messageOf } from '../errors.ts';
import { endOf, readCertificate, versionOf, type Certificate, type CertificateFiles } from './certificate.ts';

/** 256 event streams, pages, and programs; each is a descriptor of the process that also carries calls. */
const CONNECTIONS_MAX = 1_000;
const HEADERS_MAX = 100;
const HEAD_DEADLINE_MS = 10_000;
const REQUEST_DEADLINE_MS = 20_000;
const HANDSHAKE_DEADLINE_MS = 5_000;
/** Nothing read and nothing written; a stream has a beat every 15 s, and to take a call may last 45 s. */
const IDLE_DEADLINE_MS = 60_000;
const BOUNDS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: HEAD_DEADLINE_MS,
  requestTimeout: REQUEST_DEADLINE_MS,
  keepAliveTimeout: 15_000,
  // Node looks at its deadlines only so often, every 30 s unless told otherwise.
  connectionsCheckingInterval: 1_000,
} as const;
const OLDEST_TLS = 'TLSv1.2';

export interface WebServerOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: CertificateFiles | null;
  readonly nowMs: () => number;
}

export interface WebServer extends AsyncDisposable {
  /** Of the certificate; '' for none. */
  problem(): string;
  /** Reads the certificate again where its files have changed; what is there goes on where the new one is of no use. */
  refresh(): void;
  readonly url: string;
}

/** Throws `AppError` with a sentence where it cannot listen there, or has no certificate that is of use. */
export async function listenWeb(
  options: WebServerOptions,
  app: Hono<{ Bindings: HttpBindings }>,
): Promise<WebServer> {
  const { host, port, tls, nowMs } = options;
  const held = tls ? holdCertificate(tls) : null;
  const server = serverFor(app, held?.certificate() ?? null);
  evictSilent(server);
  server.maxHeadersCount = HEADERS_MAX;
  server.timeout = IDLE_DEADLINE_MS;
  try {
    server.listen({ host, port });
    await once(server, 'listening');
  } catch (error) {
    throw cannotListen(options, error);
  }
  // What goes wrong with one connection is that connection's end.
  server.on('error', () => undefined);
  const address = server.address();
  assert(typeof address === 'object' && address !== null);
  return {
    url: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    problem: () => held?.problem(nowMs()) ?? '',
    refresh: () => {
      if (held?.refresh() === true && server instanceof TlsServer) {
        const { cert, key } = held.certificate();
        server.setSecureContext({ cert, key, minVersion: OLDEST_TLS });
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type AnyServer = PlainServer | TlsServer;

function serverFor(app: Hono<{ Bindings: HttpBindings }>, certificate: Certificate | null): AnyServer {
  const server =
    certificate === null
      ? createAdaptorServer({ fetch: app.fetch, createServer: createPlainServer, serverOptions: BOUNDS })
      : createAdaptorServer({
          fetch: app.fetch,
          createServer: createTlsServer,
          serverOptions: {
            ...BOUNDS,
            cert: certificate.cert,
            key: certificate.key,
            minVersion: OLDEST_TLS,
            handshakeTimeout: HANDSHAKE_DEADLINE_MS,
          },
        });
  assert(server instanceof PlainServer || server instanceof TlsServer);
  return server;
}

const keyOf = ({ remoteAddress, remotePort }: Socket) => `${remoteAddress} ${remotePort}`;

/**
 * Where all connections are taken, the one that has been silent longest makes room, whether it has never asked, waits to ask
 * again, or has not sent all of what it began to: a flood of them shuts nobody out.
 */
function evictSilent(server: AnyServer): void {
  const open = new Set<Socket>();
  const silent = new Map<string, Socket>();
  const forget = (key: string, socket: Socket) => {
    open.delete(socket);
    if (silent.get(key) === socket) silent.delete(key);
  };
  server.on('connection', (socket: Socket) => {
    const key = keyOf(socket);
    if (open.size >= CONNECTIONS_MAX) {
      const [first] = silent;
      if (!first) return void socket.destroy();
      forget(...first);
      first[1].destroy();
    }
    open.add(socket);
    silent.set(key, socket);
    socket.once('close', () => forget(key, socket));
  });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { socket, headers } = request;
    const key = keyOf(socket);
    silent.delete(key);
    if (headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0) {
      silent.set(key, socket);
      request.once('end', () => void silent.delete(key));
    }
    response.once('close', () => {
      if (open.has(socket)) silent.set(key, socket);
    });
  });
}

function holdCertificate(files: CertificateFiles) {
  let version = versionOf(files);
  let certificate = readCertificate(files);
  let problem = '';
  return {
    certificate: () => certificate,
    problem: (nowMs: number) => problem || endOf(files, certificate.validToMs, nowMs),
    /** True where another one is there. */
    refresh: (): boolean => {
      const found = versionOf(files);
      if (found === version) return false;
      version = found;
      try {
        certificate = readCertificate(files);
        problem = '';
        return true;
      } catch (error) {
        problem = `${messageOf(error)} The one of before goes on.`;
        return false;
      }
    },
  };
}

function cannotListen({ host, port }: WebServerOptions, cause: unknown): AppError {
  const code = codeOf(cause);
  const where = `${host}:${port}`;
  const sentences: Readonly<Record<string, string>> = {
    EADDRINUSE: `${where} is taken by another program; stop it, or set [web] listen to another port.`,
    EACCES: `The daemon's user may not listen on ${where}; set [web] listen to a port above 1023.`,
    EADDRNOTAVAIL: `${host} is no address of this machine; set [web] listen to one that is.`,
  };
  return new AppError('unavailable', sentences[code] ?? `It cannot listen on ${where} (${code}).`, { cause });
}
