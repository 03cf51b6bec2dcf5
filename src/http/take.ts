// `POST /pickup/take`: who asks is told what came of it, when it is known.
import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { TakeOutcome, TakeRequest } from '../pickup/take.ts';
import { refuse } from './refusal.ts';

const BODY_BYTES_MAX = 4 * 1024;
/** Longest id of a call and longest extension. */
const CALL_ID_LENGTH_MAX = 200;
const EXTENSION_LENGTH_MAX = 80;

const printable = /^\P{C}+$/u;

/** Nothing else may stand in it: who misspells a word is told. */
const form = z.strictObject({
  target: z.string().max(CALL_ID_LENGTH_MAX).regex(printable),
  for: z.string().max(EXTENSION_LENGTH_MAX).regex(printable),
});

/** Before `serveTake`: a body that is too long is not read. */
export const limitTake = bodyLimit({
  maxSize: BODY_BYTES_MAX,
  onError: (context) => refuse(context, 'invalid', `The body is longer than ${BODY_BYTES_MAX} bytes.`, 413),
});

/** `take`: null while there is no policy or no connection to Asterisk. */
export function serveTake(take: (request: TakeRequest) => Promise<TakeOutcome | null>) {
  return async (context: Context): Promise<Response> => {
    const body: unknown = await context.req.json().catch(() => null);
    const read = form.safeParse(body);
    if (!read.success) {
      const message = 'The body must be {"target": "<call id or extension>", "for": "<extension>"}.';
      return refuse(context, 'invalid', message);
    }
    const outcome = await take({ target: read.data.target, picker: read.data.for });
    if (outcome) return context.json(outcome);
    const message = 'Asterisk is not connected, or no policy is loaded; see `callwarden status`.';
    return refuse(context, 'unavailable', message);
  };
}
