// Since and until when something counts: `--from`, `--until` and `--for` of every command that takes them.
import { readLengthWord } from '../admin/length-words.ts';
import { readMomentWord, type DayEdge } from '../admin/moment-words.ts';
import { requireValidity, type Validity } from '../admin/validity-bounds.ts';
import { AppError } from '../errors.ts';

/** As commander hands them over; `for` is a length of time. */
export interface ValidityWords {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly for?: string | undefined;
}

/** Flags and help, the same everywhere. */
export const validityHelp = {
  from: ['--from <time>', 'counts from then on: 2026-12-24 or "2026-12-24 14:00"'],
  until: ['--until <time>', 'counts until then, a day to its end: 2026-12-31 or "2026-12-31 18:00"'],
  for: ['--for <time>', 'counts so long: 30m, 2h, 3d, 2w'],
} as const;

/**
 * Local times of the machine unless a zone is written. A day alone means its first moment for `from`, and all of it
 * for `until`. Throws `AppError('invalid')` for what is no time, for an end that has passed or comes before the
 * beginning, and where an end is given twice.
 */
export function readValidity(words: ValidityWords, nowMs: number): Validity {
  if (words.until !== undefined && words.for !== undefined) {
    throw new AppError('invalid', 'Give the end once: --until is a time, --for is how long from now.');
  }
  const fromMs = words.from === undefined ? null : readTime(words.from, '--from', 'start');
  const untilMs = readEnd(words, Math.max(fromMs ?? nowMs, nowMs));
  requireValidity({ fromMs, untilMs }, nowMs, `--until ${words.until ?? ''}`);
  return { fromMs, untilMs };
}

/** Milliseconds of `30m`, `2h`, `3d` or `2w`. Throws `AppError('invalid')`; `option` names what was given. */
export function readLengthMs(word: string, option: string): number {
  const ms = readLengthWord(word);
  if (ms !== null) return ms;
  throw new AppError(
    'invalid',
    `${option} takes a length of time such as 30m, 2h, 3d or 2w, not ${JSON.stringify(word)}.`,
  );
}

function readEnd(words: ValidityWords, startMs: number): number | null {
  if (words.for !== undefined) return startMs + readLengthMs(words.for, '--for');
  return words.until === undefined ? null : readTime(words.until, '--until', 'end');
}

function readTime(word: string, option: string, ofDay: DayEdge): number {
  const ms = readMomentWord(word, ofDay);
  if (ms !== null) return ms;
  throw new AppError(
    'invalid',
    `${option} takes a day such as 2026-12-31 or a time such as "2026-12-31 18:00", not ${JSON.stringify(word)}.`,
  );
}
