// One route of the API: what it takes, what it answers, which rights it needs; served and described from the same value.
import type { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { AdminContext } from '../../admin/change.ts';
import type { Right } from '../../admin/account-rights.ts';
import { LargeBody, readBody } from './body.ts';
import { describeRoute } from './describe.ts';
import { etagOf, matches, requireMatch } from './etag.ts';
import { AppError } from '../../errors.ts';
import { rememberAsker } from './download.ts';
import type { ApiPorts, Store } from './ports.ts';
import { withFirstChanges } from './forms.ts';
import { problem, problemOf } from './problem.ts';
import { heavyFor } from './shares.ts';
import { nobody, type Identity, type Who } from './who.ts';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** Everything that a handler works with. */
export interface Asked<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly who: Who;
  readonly store: Store;
  readonly nowMs: number;
  readonly ports: ApiPorts;
  /** For admin's commands: the actor, and what `If-Match` asks for. */
  readonly change: AdminContext;
  /** For what is not JSON, and for headers of the request. */
  readonly context: Context;
}

export interface RouteSpec<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Answer extends z.ZodType = z.ZodType,
> {
  readonly method: Method;
  /** Behind `/api/v1`, with `{name}` for a parameter: `/countries/{region}`. */
  readonly path: string;
  readonly tag: string;
  /** What it does, in a few words. */
  readonly summary: string;
  readonly description?: string;
  /** All of them; none: whoever is signed in. `anybody` is asked for no sign-in, and has no rights. */
  readonly needs: readonly Right[] | 'anybody';
  /** Strict objects: who misspells a word is told. */
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Of the body, in bytes; 64 kB without it. */
  readonly bodyMax?: number;
  /** The body as it came, for files: its type, such as `text/csv`. `body` is then a `Uint8Array`. */
  readonly file?: string;
  readonly answer: Answer;
  /** Other than JSON: its type; the handler answers with a `Response`. */
  readonly produces?: string;
  /** The answer carries an `ETag`. */
  readonly tagged?: boolean;
  /** What the change would write over, as its `get` shows it: `If-Match` is asked for, and compared with the write lock held. */
  readonly guards?: (asked: Asked<z.output<Params>, z.output<Query>, z.output<Body>>) => unknown;
  readonly handle: (
    asked: Asked<z.output<Params>, z.output<Query>, z.output<Body>>,
  ) => z.input<Answer> | Response | Promise<z.input<Answer> | Response>;
}

/** With its types forgotten, for lists of routes. */
export type Route = RouteSpec;

/** The types of parameters, query, body and answer are those of the schemas. */
export function route<
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
  Answer extends z.ZodType = z.ZodType,
>(spec: RouteSpec<Params, Query, Body, Answer>): Route {
  // A handler is only ever given what its own schemas have read.
  return spec;
}

/** Those of a sign-in; none where nobody is asked for one. */
export const rightsNeeded = ({ needs }: Route): readonly Right[] => (needs === 'anybody' ? [] : needs);

export function addRoute(app: OpenAPIHono, spec: Route, ports: ApiPorts): void {
  app.openAPIRegistry.registerPath(describeRoute(spec));
  const path = spec.path.replaceAll(/\{(\w+)\}/g, ':$1');
  app.on(spec.method.toUpperCase(), path, async (context) => {
    try {
      return await serve(spec, ports, context);
    } catch (error) {
      return problemOf(context, error, ports.onError);
    }
  });
}

async function serve(spec: Route, ports: ApiPorts, context: Context): Promise<Response> {
  const identity: Identity =
    spec.needs === 'anybody' ? { kind: 'known', who: nobody } : await ports.identify(context);
  if (identity.kind === 'refused') {
    return problem(context, identity.status === 429 ? 'too-many' : 'forbidden', identity.message);
  }
  if (identity.kind === 'unknown') {
    return problem(context, 'not-signed-in', 'Sign in, or send a token: `Authorization: Bearer …`.');
  }
  const { who } = identity;
  const missing = rightsNeeded(spec).filter((right) => !who.rights.has(right));
  if (missing.length > 0) {
    return problem(context, 'forbidden', `${who.name} has no right to do this: ${missing.join(', ')}.`);
  }
  if (who.via === 'board' && !isForBoards(spec)) {
    const message =
      'A wallboard shows what happens, and changes nothing. Sign out there, and sign in, to do more.';
    return problem(context, 'forbidden', message);
  }
  const ifMatch = context.req.header('if-match');
  if (spec.guards && ifMatch === undefined) {
    const message =
      'Send If-Match with the ETag of what you have read, or "*" to write over whatever is there.';
    return problem(context, 'if-match-missing', message);
  }
  rememberAsker(context, who.account);
  using large = new LargeBody();
  const asked = await readAsked(spec, ports, context, who, large);
  if (asked instanceof Response) return asked;
  // Nobody would read the file or the stream, and so nobody would end it.
  if (spec.produces && context.req.method === 'HEAD') {
    return context.body(null, 200, { 'content-type': spec.produces, 'cache-control': 'no-store' });
  }
  const made = await spec.handle(guarded(spec, asked, ifMatch));
  if (made instanceof Response) return made;
  const answer = withFirstChanges(spec.answer, made);
  const shown = ports.checksAnswers ? spec.answer.parse(answer) : answer;
  return answerWith(spec, context, shown);
}

/** Whatever was asked: who, of which database, when. */
export type AnyAsked = Asked<unknown, unknown, unknown>;

/** What it may see, and its own end. */
const isForBoards = (spec: Route): boolean =>
  spec.path === '/session' || (spec.method === 'get' && rightsNeeded(spec).length > 0);

function guarded(spec: Route, asked: AnyAsked, ifMatch: string | undefined): AnyAsked {
  const { guards } = spec;
  const requireSame = () => {
    if (guards && ifMatch !== undefined) requireMatch(ifMatch, guards(asked));
  };
  // What changes outside of the policy has no lock to be asked under, and is asked here too.
  requireSame();
  const precondition = () => {
    requireStill(spec, asked);
    requireSame();
  };
  return { ...asked, change: { ...asked.change, precondition } };
}

/** With the write lock held: between the door and here a file may have been uploaded for minutes, and a right withdrawn. */
function requireStill(spec: Route, { ports, who }: AnyAsked): void {
  if (spec.needs === 'anybody') return;
  const now = ports.whoNow(who);
  if (now && rightsNeeded(spec).every((right) => now.rights.has(right))) return;
  throw new AppError(
    'forbidden',
    `${who.name} has lost the right to do this meanwhile. Nothing was changed.`,
  );
}

async function readAsked(
  spec: Route,
  ports: ApiPorts,
  context: Context,
  who: Who,
  large: LargeBody,
): Promise<AnyAsked | Response> {
  const body = await readBody(spec, context, large);
  if (body instanceof Response) return body;
  const read = {
    params: spec.params?.safeParse(context.req.param()),
    query: spec.query?.safeParse(queryOf(context)),
    body: spec.file === undefined ? spec.body?.safeParse(body) : undefined,
  };
  const errors = Object.values(read).flatMap((found) => (found?.error ? sentencesOf(found.error) : []));
  if (spec.query === undefined && Object.keys(queryOf(context)).length > 0) {
    errors.push('This takes no query.');
  }
  const [first, ...more] = errors;
  if (first !== undefined) {
    const message = more.length === 0 ? first : 'Some of what was sent is not valid. Nothing was changed.';
    return problem(context, 'invalid', message, more.length === 0 ? [] : errors);
  }
  const store = ports.store();
  const nowMs = ports.nowMs();
  return {
    params: read.params?.data,
    query: read.query?.data,
    body: spec.file === undefined ? read.body?.data : body,
    who,
    store,
    nowMs,
    ports: { ...ports, heavy: heavyFor(who.account, ports.heavy) },
    change: { store, actor: who.actor, pbx: ports.pbx, nowMs, rights: who.rights },
    context,
  };
}

/** What stands there several times is a list. */
function queryOf(context: Context): Readonly<Record<string, string | readonly string[]>> {
  const found = Object.entries(context.req.queries());
  return Object.fromEntries(
    found.map(([key, values]) => [key, values.length === 1 ? (values[0] ?? '') : values]),
  );
}

/** `limit: Too big: expected number to be <=500`. */
function sentencesOf(error: z.ZodError): readonly string[] {
  return error.issues.map(({ path, message }) =>
    path.length === 0 ? message : `${path.join('.')}: ${message}`,
  );
}

function answerWith(spec: Route, context: Context, shown: unknown): Response {
  if (spec.method !== 'get') return context.json(shown ?? {}, 200, { 'cache-control': 'no-store' });
  if (spec.tagged !== true) return context.json(shown ?? {}, 200, { 'cache-control': 'no-store' });
  const etag = etagOf(shown);
  const known = context.req.header('if-none-match');
  const headers = { etag, 'cache-control': 'private, no-cache' };
  if (known !== undefined && matches(known, etag)) return context.body(null, 304, headers);
  return context.json(shown ?? {}, 200, headers);
}
