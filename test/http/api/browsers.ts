// Browsers before the API, with its real door: cookies, the token against other sites, an address, and a clock to be set.
import { Hono } from 'hono';
import type { HttpBindings } from '@hono/node-server';
import { addAccount, type AccountWords } from '../../../src/admin/accounts.ts';
import type { AdminContext } from '../../../src/admin/change.ts';
import type { SignInRefusal } from '../../../src/http/api/ports.ts';
import { createIdentify, whoNow } from '../../../src/http/auth/identify.ts';
import { createPeerReader } from '../../../src/http/peer.ts';
import type { PasswordHasher } from '../../../src/store/password-hash.ts';
import { apiHouse, type Answer } from './house.ts';

export const PASSWORD = 'four unlikely words here';

export interface Browser {
  readonly cookies: Map<string, string>;
  /** Sends what a page of the console sends; `headers` write over it, and take away where they are undefined. */
  readonly ask: (
    method: string,
    path: string,
    options?: { readonly body?: unknown; readonly headers?: Readonly<Record<string, string | undefined>> },
  ) => Promise<Answer>;
  readonly signIn: (name?: string, password?: string) => Promise<Answer>;
}

/** As fast as a comparison, for tests that try thousands. */
export const quickPasswords: PasswordHasher = {
  hash: (password) => Promise.resolve(`quick ${password}`),
  matches: (hash, password) => Promise.resolve(hash === `quick ${password}`),
};

export function browserHouse({ tls = true, passwords = quickPasswords } = {}) {
  const refusals: SignInRefusal[] = [];
  const clock = { nowMs: 0 };
  const identify = createIdentify({ store: () => house.context.store, nowMs: () => clock.nowMs });
  const house = apiHouse({
    nowMs: () => clock.nowMs,
    identify,
    whoNow: (who) => whoNow(house.context.store, who, clock.nowMs),
    onSignInRefused: (refusal) => refusals.push(refusal),
    passwords,
  });
  clock.nowMs = house.context.nowMs;
  const peers = createPeerReader([], tls);
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(async (request, next) => {
    peers.remember(request);
    await next();
  });
  app.route('/api/v1', house.api);
  const send: Send = (path, init, address) =>
    app.request(`/api/v1${path}`, init, { incoming: { socket: { remoteAddress: address } } });
  const now = (): AdminContext => ({ ...house.context, nowMs: clock.nowMs });
  return {
    clock,
    refusals,
    now,
    store: house.context.store,
    /** With the password above, chosen by its holder. */
    add: (name: string, words: AccountWords = { roles: ['administrator'] }) =>
      addAccount(now(), name, words, { chosen: PASSWORD }, passwords, false),
    browser: (address = '192.0.2.7') => browserAt(send, address, tls),
    /** A program with a token. */
    program: async (token: string, method: string, path: string, body?: unknown, headers = {}) =>
      answerOf(
        await send(
          path,
          {
            method: method.toUpperCase(),
            headers: {
              authorization: `Bearer ${token}`,
              'content-type': 'application/json',
              ...headers,
            },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          },
          '192.0.2.9',
        ),
      ),
  };
}

type Send = (path: string, init: RequestInit, address: string) => Response | Promise<Response>;

function browserAt(send: Send, address: string, tls: boolean): Browser {
  const cookies = new Map<string, string>();
  let csrf = '';
  const ask: Browser['ask'] = async (method, path, { body, headers = {} } = {}) => {
    const sent: Readonly<Record<string, string | undefined>> = {
      host: 'pbx.example.com',
      origin: `${tls ? 'https' : 'http'}://pbx.example.com`,
      'sec-fetch-site': tls ? 'same-origin' : undefined,
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64)',
      'x-csrf-token': csrf,
      cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    };
    const present = Object.entries(sent).filter((entry): entry is [string, string] => entry[1] !== undefined);
    const init = { method: method.toUpperCase(), headers: present };
    const response = await send(
      path,
      body === undefined ? init : { ...init, body: JSON.stringify(body) },
      address,
    );
    for (const text of response.headers.getSetCookie()) keep(cookies, text);
    const answer = await answerOf(response);
    if (typeof answer.body.csrfToken === 'string') csrf = answer.body.csrfToken;
    return answer;
  };
  return {
    cookies,
    ask,
    signIn: (name = 'maria', password = PASSWORD) => ask('post', '/session', { body: { name, password } }),
  };
}

function keep(cookies: Map<string, string>, text: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
  if (/max-age=0/i.test(text)) cookies.delete(name);
  else cookies.set(name, value);
}

async function answerOf(response: Response): Promise<Answer> {
  return {
    status: response.status,
    headers: response.headers,
    body: JSON.parse((await response.text()) || '{}'),
  };
}
