// Points in time on the command line, and how they are shown.
import { AppError } from '../errors.ts';

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const AGO = /^(\d{1,6})([smhd])$/;
const DATE = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * Milliseconds since the epoch of `2026-11-21`, `2026-11-21 14:30` (local time), an ISO time with its zone,
 * or `2h`, which is so long ago. Throws `AppError('invalid')`; `option` names what was given.
 */
export function readMoment(word: string, option: string, nowMs: number): number {
  const [, count, unit] = AGO.exec(word) ?? [];
  if (count !== undefined && unit !== undefined) return nowMs - Number(count) * (UNIT_MS[unit] ?? 0);
  // A date alone is UTC for Date.parse; administrators mean their own midnight.
  const text = word.includes(':') ? word.replace(' ', 'T') : `${word}T00:00`;
  const parsed = DATE.test(word) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(parsed)) return parsed;
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

/** For programs: ISO 8601 in UTC. */
export function isoTime(atMs: number): string {
  return new Date(atMs).toISOString();
}

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
