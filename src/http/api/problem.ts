// What the API says instead of an answer: problem details (RFC 9457), with a stable code and a sentence.
import { z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { AppError, type ErrorCode } from '../../errors.ts';

const statusOf = {
  invalid: 400,
  'not-signed-in': 401,
  'wrong-password': 403,
  forbidden: 403,
  'not-found': 404,
  'method-not-allowed': 405,
  conflict: 409,
  stale: 412,
  'too-large': 413,
  'if-match-missing': 428,
  'too-many': 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof statusOf;

const titles: Readonly<Record<ProblemCode, string>> = {
  invalid: 'Not valid',
  'not-signed-in': 'Not signed in',
  'wrong-password': 'Wrong password',
  forbidden: 'No right',
  'not-found': 'Not found',
  'method-not-allowed': 'Not this way',
  conflict: 'Not possible now',
  stale: 'Changed by somebody else',
  'too-large': 'Too large',
  'if-match-missing': 'If-Match is missing',
  'too-many': 'Too many requests',
  internal: 'Failed',
  unavailable: 'Not available',
};

export const problemSchema = z
  .strictObject({
    title: z.string(),
    status: z.int(),
    code: z.enum(['invalid', ...Object.keys(statusOf).filter((code) => code !== 'invalid')]),
    detail: z.string().meta({ description: 'A sentence for a person; it says what to do next.' }),
    errors: z.array(z.string()).meta({ description: 'More of them, where there is more than one.' }),
  })
  .meta({ id: 'Problem' });

/** `message` is a full sentence for a person. */
export function problem(
  context: Context,
  code: ProblemCode,
  message: string,
  errors: readonly string[] = [],
): Response {
  const status = statusOf[code];
  const body: z.infer<typeof problemSchema> = {
    title: titles[code],
    status,
    code,
    detail: message,
    errors: [...errors],
  };
  return context.body(JSON.stringify(body), status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    // RFC 9110, 15.5.2; browsers ask nobody for a password by it.
    ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
  });
}

/** The operating system that refuses the daemon is no fault of who asks. */
const codeOf: Readonly<Record<ErrorCode, ProblemCode>> = {
  invalid: 'invalid',
  'not-found': 'not-found',
  conflict: 'conflict',
  stale: 'stale',
  forbidden: 'forbidden',
  unauthorized: 'unavailable',
  unavailable: 'unavailable',
  internal: 'internal',
};

/** Of whatever was thrown; what is no `AppError` goes to `onError` and is told in general. */
export function problemOf(context: Context, error: unknown, onError: (error: unknown) => void): Response {
  if (error instanceof AppError && error.code !== 'internal') {
    return problem(context, codeOf[error.code], error.message, error.details);
  }
  onError(error);
  return problem(context, 'internal', 'The daemon failed to answer; its log says why.');
}
