// What the daemon says instead of an answer: a code and a sentence, written at one end of the socket and read at the other.
import type { Context } from 'hono';
import { AppError } from '../errors.ts';

const STATUS = { invalid: 400, 'not-found': 404, internal: 500, unavailable: 503 } as const;
type RefusalCode = keyof typeof STATUS;
const codes: readonly RefusalCode[] = ['invalid', 'not-found', 'internal', 'unavailable'];

export const STILL_STARTING = 'The daemon is still starting; ask again in a moment.';

/** `message` is a full sentence, as that of an `AppError`. */
export function refuse(
  context: Context,
  code: RefusalCode,
  message: string,
  status: 400 | 404 | 413 | 500 | 503 = STATUS[code],
): Response {
  return context.json({ code, message }, status);
}

/** The error that an answer with another status than 200 is to a command. */
export function refusalOf(status: number, body: string): AppError {
  const { code, message } = readRefusal(body);
  if (code === 'not-found') {
    return new AppError(
      'unavailable',
      'The daemon is older than this command and does not know it; restart it.',
    );
  }
  if (code !== undefined && code !== 'internal') return new AppError(code, message);
  return senseless(new Error(`HTTP status ${status}`));
}

/** The daemon failed, or it is no daemon that answers. */
export function senseless(cause: unknown): AppError {
  return new AppError('internal', 'The daemon gave an answer that makes no sense; its log says why.', {
    cause,
  });
}

function readRefusal(body: string): { readonly code?: RefusalCode; readonly message: string } {
  const none = { message: '' };
  try {
    const read: unknown = JSON.parse(body);
    if (typeof read !== 'object' || read === null || !('code' in read) || !('message' in read)) return none;
    const code = codes.find((known) => known === read.code);
    return code !== undefined && typeof read.message === 'string' ? { code, message: read.message } : none;
  } catch {
    return none;
  }
}
