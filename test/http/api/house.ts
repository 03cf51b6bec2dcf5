// The API on a real database, without a socket: who asks is said by the test, the daemon is what the test makes of it.
import { onTestFinished } from 'vitest';
import { rights, type Right } from '../../../src/admin/account-rights.ts';
import type { AdminContext } from '../../../src/admin/change.ts';
import { heavyReads } from '../../../src/admin/heavy-reads.ts';
import { PolicySnapshots } from '../../../src/admin/policy-snapshots.ts';
import { createApi } from '../../../src/http/api/app.ts';
import type { ApiPorts } from '../../../src/http/api/ports.ts';
import type { Identity, Who } from '../../../src/http/api/who.ts';
import { AppError } from '../../../src/errors.ts';
import { createPasswordHasher } from '../../../src/store/password-hash.ts';
import { tempContext } from '../../store/temp-store.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Of JSON; else the text. */
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

export interface AskOptions {
  readonly as?: Partial<Who> | null;
  readonly body?: unknown;
  readonly ifMatch?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiHouse {
  readonly api: ReturnType<typeof createApi>;
  /** For admin's own commands, to furnish the database and to change it behind the API's back. */
  readonly context: AdminContext;
  /** Such as `ask('get', '/settings')`; as an administrator unless told otherwise. */
  readonly ask: (method: string, path: string, options?: AskOptions) => Promise<Answer>;
  /** Reads the ETag of `path`, then sends the change with it. */
  readonly change: (method: string, path: string, body?: unknown, etagOf?: string) => Promise<Answer>;
}

const maria: Who = {
  name: 'maria',
  actor: 'user:maria',
  rights: new Set(rights),
  extension: '1001',
  seesAll: true,
  via: 'session',
  account: 'maria',
  credential: 'session-1',
};

/** Somebody with these rights alone. */
export const withRights = (...held: readonly Right[]): Partial<Who> => ({
  name: 'otto',
  rights: new Set(held),
});

const away = () => Promise.reject(new AppError('unavailable', 'The test has no daemon.'));

/** On that database, without a daemon; nobody is signed in. What goes wrong inside fails the test. */
export function testPorts(context: AdminContext): ApiPorts {
  const errors: unknown[] = [];
  const snapshots = new PolicySnapshots();
  onTestFinished(() => snapshots[Symbol.dispose]());
  onTestFinished(() => {
    if (errors.length > 0) throw errors[0];
  });
  return {
    store: () => context.store,
    pbx: context.pbx,
    nowMs: () => context.nowMs,
    identify: () => Promise.resolve({ kind: 'unknown' }),
    whoNow: (who) => who,
    passwords: createPasswordHasher(),
    onSignInRefused: () => undefined,
    daemon: { status: away, ringing: away, take: away, testNotice: away, metrics: away },
    live: away,
    pinHasher: () => {
      throw new AppError('unavailable', 'The test has no key.');
    },
    key: () => {
      throw new AppError('unavailable', 'The test has no key.');
    },
    snapshots,
    heavy: {
      // Of its own type for each task: here as plain functions.
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion
      read: async (task, query) => heavyReads[task](context.store, query as never) as never,
    },
    onError: (error) => errors.push(error),
    checksAnswers: true,
  };
}

export function apiHouse(ports: Partial<ApiPorts> = {}): ApiHouse {
  const context = tempContext();
  let asking: Identity = { kind: 'unknown' };
  const api = createApi({ ...testPorts(context), identify: () => Promise.resolve(asking), ...ports });
  const ask: ApiHouse['ask'] = async (method, path, { as, body, ifMatch, headers } = {}) => {
    asking = as === null ? { kind: 'unknown' } : { kind: 'known', who: { ...maria, ...as } };
    const isText = typeof body === 'string';
    const response = await api.request(path, {
      method: method.toUpperCase(),
      ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
      headers: {
        ...(body === undefined ? {} : { 'content-type': isText ? 'text/csv' : 'application/json' }),
        ...(ifMatch === undefined ? {} : { 'if-match': ifMatch }),
        ...headers,
      },
    });
    const text = await response.text();
    const isJson = text !== '' && /json(;|$)/.test(response.headers.get('content-type') ?? '');
    return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
  };
  return {
    api,
    context,
    ask,
    change: async (method, path, body, etagOf = path) => {
      const { headers } = await ask('get', etagOf);
      return ask(method, path, { body, ifMatch: headers.get('etag') ?? '' });
    },
  };
}
