// The console and the API on a real socket, with a database of a test: who asks is named by a header, unless a test says otherwise.
import { execFileSync } from 'node:child_process';
import { request as requestPlain, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as requestTls } from 'node:https';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { rights } from '../../src/admin/account-rights.ts';
import type { AdminContext } from '../../src/admin/change.ts';
import type { ApiPorts } from '../../src/http/api/ports.ts';
import { createConsole } from '../../src/http/console/static.ts';
import { createPeerReader } from '../../src/http/peer.ts';
import { createWebApp } from '../../src/http/web-app.ts';
import { listenWeb, type WebServer } from '../../src/http/web-server.ts';
import { tempContext, tempDirectory } from '../store/temp-store.ts';
import { testPorts } from './api/house.ts';

export interface WebHouseOptions {
  readonly ports?: Partial<ApiPorts>;
  readonly tls?: { readonly certificate: string; readonly key: string };
  readonly trusted?: readonly string[];
  readonly hosts?: readonly string[];
  /** The clock of the rate limits. */
  readonly monotonicMs?: () => number;
}

export interface WebHouse {
  readonly context: AdminContext;
  readonly server: WebServer;
  readonly port: number;
}

/** As administrators of that name; the header is no part of the product. */
export const AS = 'x-test-account';

export async function webHouse(options: WebHouseOptions = {}): Promise<WebHouse> {
  const { ports = {}, tls = null, trusted = [], hosts = [], monotonicMs = () => performance.now() } = options;
  const context = tempContext();
  const app = createWebApp({
    api: {
      ...testPorts(context),
      identify: (asked) => {
        const account = asked.req.header(AS);
        if (account === undefined) return Promise.resolve({ kind: 'unknown' });
        const who = { name: account, actor: `user:${account}`, account, credential: 'session-1' };
        return Promise.resolve({
          kind: 'known',
          who: { ...who, rights: new Set(rights), extension: '1001', seesAll: true, via: 'session' },
        });
      },
      ...ports,
    },
    peers: createPeerReader(trusted, tls !== null),
    hosts: new Set(hosts),
    monotonicMs,
    console: createConsole(tempDirectory()),
    onRequest: () => undefined,
    metrics: null,
  });
  const server = await listenWeb({ host: '127.0.0.1', port: 0, tls, nowMs: Date.now }, app);
  onTestFinished(() => server[Symbol.asyncDispose]());
  return { context, server, port: Number(new URL(server.url).port) };
}

export interface WebAnswer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

export interface WebQuestion {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
  readonly tls?: boolean;
}

/** On a connection of its own. Rejects where the connection is cut. */
export async function askWeb(port: number, path: string, question: WebQuestion = {}): Promise<WebAnswer> {
  const { method = 'GET', headers = {}, body = '', tls = false } = question;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const ask = tls ? requestTls : requestPlain;
    const call = ask(
      { host: '127.0.0.1', port, path, method, headers, agent: false, rejectUnauthorized: false },
      resolve,
    );
    call.on('error', reject);
    call.end(body);
  });
  let text = '';
  for await (const chunk of response.setEncoding('utf8')) text += String(chunk);
  return { status: response.statusCode ?? 0, headers: response.headers, text };
}

/** A certificate that its own key has signed. */
export function makeCertificate(name: string, days = 30, directory = tempDirectory()) {
  const certificate = join(directory, 'web.crt');
  const key = join(directory, 'web.key');
  execFileSync(
    'openssl',
    `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days ${days} -subj /CN=${name} -keyout ${key} -out ${certificate}`.split(
      ' ',
    ),
    { stdio: 'pipe' },
  );
  return { certificate, key, directory };
}
