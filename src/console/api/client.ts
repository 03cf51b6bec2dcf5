// Asks the API: JSON in and out, entity tags remembered by path, problems as errors, and an ended session told once.
import { ApiProblem, asProblem, problemOfAnswer } from './problem.ts';
import { t } from '../i18n/t.tsx';
import { learnNames, learnUsers } from './people.ts';

const base = '/api/v1';
const DEADLINE_MS = 60_000;
const TAGS_MAX = 500;

export interface AskOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined | null>>;
  /** In the place of the tag remembered for this path; null sends none, `*` writes over whatever is there. */
  readonly ifMatch?: string | null;
  readonly signal?: AbortSignal;
  /** Sends this file in the place of JSON, as this type, such as `text/csv`. */
  readonly file?: { readonly type: string; readonly content: BodyInit };
}

/** Of what was last read, by path with its query. The oldest is forgotten. */
const tags = new Map<string, string>();
/** What the daemon asks for with every change; from the session. */
let csrfToken = '';
let onSessionEnd: () => void = () => undefined;

export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** Called when an answer says that nobody is signed in any more. */
export function whenSessionEnds(listener: () => void): void {
  onSessionEnd = listener;
}

export const api = {
  get: <Answer>(path: string, options?: AskOptions) => ask<Answer>('GET', path, undefined, options),
  post: <Answer>(path: string, body?: unknown, options?: AskOptions) =>
    ask<Answer>('POST', path, body, options),
  put: <Answer>(path: string, body: unknown, options?: AskOptions) => ask<Answer>('PUT', path, body, options),
  patch: <Answer>(path: string, body: unknown, options?: AskOptions) =>
    ask<Answer>('PATCH', path, body, options),
  delete: <Answer>(path: string, options?: AskOptions) => ask<Answer>('DELETE', path, undefined, options),
};

/** For what asks without `api`: the answer was that nobody is signed in any more. */
export function sessionHasEnded(): void {
  onSessionEnd();
}

/** The whole address of a path of the API, for links and downloads. */
export function apiAddress(path: string, query: AskOptions['query'] = {}): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.append(key, String(value));
  }
  const text = search.toString();
  return `${base}${path}${text === '' ? '' : `?${text}`}`;
}

/** The tag of what was last read there; undefined where nothing was. */
export function tagOf(path: string): string | undefined {
  return tags.get(apiAddress(path));
}

/** The bytes of a file that the API makes at a POST, and the name that it gives it. */
export async function postForFile(
  path: string,
  deadlineMs: number,
): Promise<{ readonly content: Blob; readonly name: string | undefined }> {
  const answer = await send('POST', apiAddress(path), undefined, {}, deadlineMs);
  if (answer.status === 401) onSessionEnd();
  if (!answer.ok) throw await problemOfAnswer(answer);
  const name = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')?.[1];
  try {
    return { content: await answer.blob(), name };
  } catch {
    throw new ApiProblem('unreachable', 0, t('ui.unreachable'));
  }
}

async function ask<Answer>(
  method: string,
  path: string,
  body: unknown,
  options: AskOptions = {},
): Promise<Answer> {
  const address = apiAddress(path, options.query);
  const answer = await send(method, address, body, options);
  if (answer.status === 401 && path !== '/session') onSessionEnd();
  if (!answer.ok) throw await problemOfAnswer(answer);
  // What was remembered is not in force any more: the page reads again before it saves again.
  if (method !== 'GET') tags.delete(address);
  const tag = answer.headers.get('etag');
  if (method === 'GET' && tag !== null) remember(address, tag);
  const isJson = (answer.headers.get('content-type') ?? '').startsWith('application/json');
  try {
    const read: Answer = isJson ? await answer.json() : await answer.text();
    learnNames(read);
    if (path.startsWith('/extensions')) learnUsers(read);
    return read;
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new ApiProblem('unreachable', 0, t('ui.unreachable'));
  }
}

async function send(
  method: string,
  address: string,
  body: unknown,
  options: AskOptions,
  deadlineMs = DEADLINE_MS,
): Promise<Response> {
  const headers = new Headers({ accept: 'application/json' });
  if (method !== 'GET') {
    if (csrfToken !== '') headers.set('x-csrf-token', csrfToken);
    const tag = options.ifMatch === undefined ? tags.get(address) : options.ifMatch;
    if (tag !== undefined && tag !== null) headers.set('if-match', tag);
  }
  const { file } = options;
  const sent = file?.content ?? (body === undefined ? undefined : JSON.stringify(body));
  if (sent !== undefined) headers.set('content-type', file?.type ?? 'application/json');
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    return await fetch(address, {
      method,
      headers,
      credentials: 'same-origin',
      redirect: 'error',
      signal: options.signal ? AbortSignal.any([options.signal, deadline]) : deadline,
      ...(sent === undefined ? {} : { body: sent }),
    });
  } catch (error) {
    if (options.signal?.aborted) throw asProblem(error);
    throw new ApiProblem('unreachable', 0, t('ui.unreachable'));
  }
}

function remember(address: string, tag: string): void {
  tags.delete(address);
  tags.set(address, tag);
  const [oldest] = tags.keys();
  if (tags.size > TAGS_MAX && oldest !== undefined) tags.delete(oldest);
}
