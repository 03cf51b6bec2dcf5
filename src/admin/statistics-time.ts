// The time that figures are counted over: what was asked for, as far as records of it are kept.
import { AppError } from '../errors.ts';
import type { ClockSpan } from '../store/ring-statistics.ts';
import { clockSpans } from './clock-spans.ts';

export interface StatisticsTime {
  /** Null: from the first record on. */
  readonly sinceMs: number | null;
  /** Exclusive; null: until now. */
  readonly untilMs: number | null;
  /** By whose clock days begin; one that the system knows. */
  readonly timeZone: string;
  readonly nowMs: number;
}

const DAY_MS = 86_400_000;

/** `firstMs`: of the first record kept. Throws `AppError('invalid')` for a time that ends before it begins. */
export function statisticsTime(
  asked: StatisticsTime,
  firstMs: number | null,
): { readonly sinceMs: number; readonly untilMs: number; readonly spans: readonly ClockSpan[] } {
  const { timeZone, nowMs } = asked;
  const untilMs = asked.untilMs ?? nowMs;
  const sinceMs = asked.sinceMs ?? Math.min(firstMs ?? untilMs, untilMs);
  if (sinceMs > untilMs) {
    throw new AppError(
      'invalid',
      'The time ends before it begins. Give an earlier beginning, or a later end.',
    );
  }
  // Where nothing was kept there is nothing to count, nor are there clocks to look at.
  const spans = clockSpans(
    timeZone,
    Math.max(0, sinceMs, firstMs ?? untilMs),
    Math.min(untilMs, nowMs + DAY_MS),
  );
  return { sinceMs, untilMs, spans };
}

/** `2026-11-21` of a count of days since 1970. */
export const dayText = (day: number): string =>
  new Date(day * DAY_MS).toISOString().slice(0, '2026-11-21'.length);
