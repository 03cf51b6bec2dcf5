// The one error class of the house: what went wrong in operation, with a stable code and a sentence that says what to do.

/**
 * `stale`: somebody else has changed it since it was read. `forbidden`: who asks has no right to it. `unauthorized`: the
 * operating system refuses us.
 */
export type ErrorCode =
  | 'invalid'
  | 'not-found'
  | 'conflict'
  | 'stale'
  | 'forbidden'
  | 'unauthorized'
  | 'unavailable'
  | 'internal';

/**
 * An operational error. Expected outcomes (a denied call, a lost pickup) are values and never thrown; mistakes of
 * the programmer are `node:assert` failures. `message` is a full sentence for a person and says what to do next.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly details: readonly string[];

  constructor(
    code: ErrorCode,
    message: string,
    options: { details?: readonly string[]; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.details = options.details ?? [];
  }
}

/** What an error says, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The code of a foreign error, such as `ENOENT` or `SQLITE_BUSY`; '' where it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}
