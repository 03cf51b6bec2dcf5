// Text files that the administrator names: policies, expectations.
import { readFileSync, writeFileSync } from 'node:fs';
import { AppError } from '../errors.ts';

/** Throws `AppError('not-found')` where it cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new AppError('not-found', `${file} cannot be read. Check its name and its permissions.`, {
      cause: error,
    });
  }
}

/** Readable by its owner alone: a policy names extensions and people. Throws `AppError('unavailable')`. */
export function writeText(file: string, text: string): void {
  try {
    writeFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    throw new AppError('unavailable', `${file} cannot be written. Check the folder and its permissions.`, {
      cause: error,
    });
  }
}
