// What is answered where no route is: whether there is nothing at all, or something that takes other methods.
import type { Context } from 'hono';
import { problem } from './problem.ts';

/** Of a path that is only read. */
export const READ_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

interface Place {
  readonly method: string;
  /** With `{name}` for a parameter. */
  readonly path: string;
}

/**
 * Behind all `places`, for any method: 404 where no path fits, else 405 with `Allow`, and to OPTIONS the same as an answer.
 * Nobody is asked who it is, as the API's description tells the same to whoever asks. `base`: what stands before each path.
 */
export function answerOtherMethods(places: readonly Place[]): (context: Context, base: string) => Response {
  const patterns = places.map(({ method, path }) => ({
    method: method.toUpperCase(),
    pattern: new RegExp(`^${path.replaceAll('.', String.raw`\.`).replaceAll(/\{\w+\}/g, '[^/]+')}$`),
  }));
  return (context, base) => {
    const path = context.req.path.slice(base.length);
    const found = patterns.filter(({ pattern }) => pattern.test(path)).map(({ method }) => method);
    if (found.length === 0) return notThere(context);
    const read = found.includes('GET') ? ['HEAD'] : [];
    return otherMethod(context, [...new Set([...found, ...read, 'OPTIONS'])].toSorted());
  };
}

export function notThere(context: Context): Response {
  return problem(context, 'not-found', `There is no ${context.req.method} ${context.req.path}.`);
}

/** RFC 9110, 9.3.7 and 15.5.6. A page of another site learns nothing by OPTIONS: no header allows it to ask. */
export function otherMethod(context: Context, allowed: readonly string[]): Response {
  const { method, path } = context.req;
  const allow = allowed.join(', ');
  context.header('allow', allow);
  if (method === 'OPTIONS') return context.body(null, 204, { 'cache-control': 'no-store' });
  return problem(context, 'method-not-allowed', `${path} takes ${allow}, not ${method}.`);
}
