// Points in time on the command line, and how they are shown.
import { readLengthWord } from '../admin/length-words.ts';
import { readMomentWord } from '../admin/moment-words.ts';
import { AppError } from '../errors.ts';

/**
 * Milliseconds since the epoch of `2026-11-21`, `2026-11-21 14:30` (local time), an ISO time with its zone,
 * or `2h`, which is so long ago. Throws `AppError('invalid')`; `option` names what was given.
 */
export function readMoment(word: string, option: string, nowMs: number): number {
  const agoMs = readLengthWord(word);
  const ms = agoMs === null ? readMomentWord(word, 'start') : nowMs - agoMs;
  if (ms !== null) return ms;
  throw new AppError(
    'invalid',
    `${option} takes a time such as "2026-11-21 14:30", 2026-11-21 or 2h (ago), not ${JSON.stringify(word)}.`,
  );
}

const two = (value: number) => String(value).padStart(2, '0');

/** Local time, to the second: `2026-11-21 14:30:05`. */
export function momentText(atMs: number): string {
  const at = new Date(atMs);
  const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':')}`;
}

/** The same for a time that need not be. */
export const momentOrNull = (atMs: number | null): string | null => (atMs === null ? null : momentText(atMs));

/** For programs: ISO 8601 in UTC. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

/** The same for a time that need not be. */
export const isoOrNull = (atMs: number | null): string | null => (atMs === null ? null : isoTime(atMs));

/** Rows that one command shows, at most. */
const LIMIT_MAX = 10_000;

/** Throws `AppError('invalid')`. */
export function readLimit(word: string): number {
  const limit = /^\d{1,6}$/.test(word) ? Number(word) : 0;
  if (limit >= 1 && limit <= LIMIT_MAX) return limit;
  throw new AppError(
    'invalid',
    `--limit takes a whole number from 1 to ${LIMIT_MAX}, not ${JSON.stringify(word)}.`,
  );
}
