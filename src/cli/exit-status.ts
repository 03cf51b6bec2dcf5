// The exit statuses of every command, and which error ends in which.
import { CommanderError } from 'commander';
import { AppError, type ErrorCode } from '../errors.ts';

export const EXIT = { fine: 0, failed: 1, usage: 2, denied: 3 } as const;

const statusOf: Readonly<Record<ErrorCode, number>> = {
  invalid: EXIT.usage,
  'not-found': EXIT.failed,
  conflict: EXIT.failed,
  stale: EXIT.failed,
  forbidden: EXIT.failed,
  unauthorized: EXIT.failed,
  unavailable: EXIT.failed,
  internal: EXIT.failed,
};

/** commander has said itself what it has to say; everything else is told by `tellError`. */
export function exitStatus(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
  return error instanceof AppError ? statusOf[error.code] : EXIT.failed;
}
