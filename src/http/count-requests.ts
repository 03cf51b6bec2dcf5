// Counts what is answered, by the pattern of its route: never by what was asked for in its place.
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';

export interface CountedRequest {
  readonly method: string;
  /** `/api/v1/extensions/:extension`; `/api/v1/*` and `/*` for what is not there; `/*` for files of the console. */
  readonly route: string;
  readonly status: number;
  /** To the head of the answer. */
  readonly seconds: number;
}

/** To be the first of all. `monotonicMs`: milliseconds. */
export function countRequests(
  onRequest: (request: CountedRequest) => void,
  monotonicMs: () => number,
): MiddlewareHandler {
  return async (context, next) => {
    const startMs = monotonicMs();
    await next();
    const seconds = (monotonicMs() - startMs) / 1000;
    // Behind the others' work it is that of whoever came last, which is who answered.
    onRequest({
      method: context.req.method,
      route: routePath(context),
      status: context.res.status,
      seconds,
    });
  };
}
