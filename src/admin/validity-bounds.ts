// What a beginning and an end must be for something new: in order, not over already, not for ever by mistake.
import { AppError } from '../errors.ts';

/** Milliseconds since the epoch; null for no such end. `untilMs` is the first moment that no longer counts. */
export interface Validity {
  readonly fromMs: number | null;
  readonly untilMs: number | null;
}

/** Whatever is meant to count longer has no end. */
const AHEAD_MS_MAX = 100 * 366 * 86_400_000;

/** Throws `AppError('invalid')`; `end` is how the end was given: `--until 2020-01-01`. */
export function requireValidity({ fromMs, untilMs }: Validity, nowMs: number, end = 'The end'): void {
  if (untilMs !== null && untilMs <= nowMs) {
    throw new AppError('invalid', `${end} has passed already. Give a time to come.`);
  }
  if (fromMs !== null && untilMs !== null && untilMs <= fromMs) {
    throw new AppError('invalid', 'The end must come after the beginning.');
  }
  const far = Math.max(fromMs ?? 0, untilMs ?? 0) - nowMs > AHEAD_MS_MAX;
  if (far) throw new AppError('invalid', 'That is more than a century ahead. Leave it out for no end.');
}
