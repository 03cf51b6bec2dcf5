// Days and times as administrators write them: in files, and behind `--from` and `--until`.

const TIME =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ]([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

/** A day alone is its first moment, or, as the end of something, all of it. */
export type DayEdge = 'start' | 'end';

/**
 * Milliseconds since the epoch of `2026-12-31`, `2026-12-31 18:00` (local times of the machine), or a time with its
 * zone; null for anything else. Never throws.
 */
export function readMomentWord(word: string, edge: DayEdge): number | null {
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone] = TIME.exec(word.trim()) ?? [];
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  if (year === undefined || !isDate(y, m, d)) return null;
  // The constructor takes local time and carries the day over: the end of a day is the start of the next, also where
  // that day has 23 or 25 hours.
  if (hour === undefined) return new Date(y, m - 1, edge === 'end' ? d + 1 : d).getTime();
  if (zone !== undefined) {
    const parsed = Date.parse(
      `${year}-${month ?? ''}-${day ?? ''}T${hour}:${minute ?? ''}:${second}${fraction}${zone}`,
    );
    return Number.isNaN(parsed) ? null : parsed;
  }
  const ms = fraction === '' ? 0 : Math.round(Number(`0${fraction}`) * 1000);
  return new Date(y, m - 1, d, Number(hour), Number(minute), Number(second), ms).getTime();
}

/** The shortest of these words that is read as that moment again. */
export function momentWord(ms: number, edge: DayEdge): string {
  const at = new Date(edge === 'end' ? ms - 1 : ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [String(at.getFullYear()).padStart(4, '0'), two(at.getMonth() + 1), two(at.getDate())].join(
    '-',
  );
  return readMomentWord(day, edge) === ms ? day : new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** For audit and programs: ISO 8601 in UTC; null for a time that need not be. */
export function isoMoment(ms: number): string;
export function isoMoment(ms: number | null): string | null;
export function isoMoment(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}

function isDate(year: number, month: number, day: number): boolean {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
}
