// A time cut where local clocks change, so that days and hours of the day are those of the wall clock.
import { offsetsOf } from '../barring/schedule.ts';
import type { ClockSpan } from '../store/ring-statistics.ts';

/** No time zone changes its clock twice within so long. */
const STEP_MS = 86_400_000;

/**
 * The time from `sinceMs` to `untilMs` (exclusive), in order, in spans of one offset each; none where it is empty. Both are
 * at or after 1970. `timeZone` is one that the system knows.
 */
export function clockSpans(timeZone: string, sinceMs: number, untilMs: number): readonly ClockSpan[] {
  const offsetAt = offsetsOf(timeZone);
  const spans: ClockSpan[] = [];
  for (let fromMs = sinceMs; fromMs < untilMs;) {
    const offsetMs = offsetAt(fromMs);
    let at = fromMs;
    while (at < untilMs && offsetAt(at) === offsetMs) at += STEP_MS;
    const endMs =
      at < untilMs || offsetAt(untilMs - 1) !== offsetMs ? firstOther(offsetAt, at, offsetMs) : untilMs;
    spans.push({ fromMs, untilMs: Math.min(endMs, untilMs), offsetMs });
    fromMs = endMs;
  }
  return spans;
}

/** The first millisecond with another offset, within the step before `atMs`. */
function firstOther(offsetAt: (atMs: number) => number, atMs: number, offsetMs: number): number {
  let same = atMs - STEP_MS;
  let other = atMs;
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(middle) === offsetMs) same = middle;
    else other = middle;
  }
  return other;
}
