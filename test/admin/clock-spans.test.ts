// A time cut where clocks change: whole, in order, and each part with the offset that its clock has all through.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clockSpans } from '../../src/admin/clock-spans.ts';

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
const START_MS = Date.UTC(2015, 0, 1);
/** With half-hour changes, changes in the month of fasting, at midnight, and none at all. */
const zones = [
  'Europe/Paris',
  'Australia/Lord_Howe',
  'Africa/Casablanca',
  'America/Asuncion',
  'Asia/Kolkata',
  'UTC',
];

/** What the wall clock shows at a moment, taken for UTC, less that moment. */
function offsetAt(timeZone: string, atMs: number): number {
  const text = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' }).format(
    atMs,
  );
  return Date.parse(`${text.replace(' ', 'T')}Z`) - Math.floor(atMs / 1000) * 1000;
}

describe('a time in spans of one clock', () => {
  it.each(zones)('is whole and has the right offset at the ends of each in %s', (zone) => {
    const since = fc.integer({ min: START_MS, max: START_MS + 15 * YEAR_MS });
    const length = fc.integer({ min: 1, max: 2 * YEAR_MS });
    fc.assert(
      fc.property(since, length, (sinceMs, lengthMs) => {
        const untilMs = sinceMs + lengthMs;
        const spans = clockSpans(zone, sinceMs, untilMs);
        const edges = spans.flatMap(({ fromMs, untilMs: endMs }) => [fromMs, endMs]);
        const expected = [sinceMs, ...spans.slice(1).flatMap(({ fromMs }) => [fromMs, fromMs]), untilMs];
        expect(edges).toEqual(expected);
        for (const { fromMs, untilMs: endMs, offsetMs } of spans) {
          expect([offsetAt(zone, fromMs), offsetAt(zone, endMs - 1)]).toEqual([offsetMs, offsetMs]);
        }
        for (const [at, span] of spans.slice(1).entries())
          expect(span.offsetMs).not.toBe(spans[at]?.offsetMs);
      }),
      { numRuns: 30 },
    );
  });

  it('has none where the time is empty', () => {
    expect(clockSpans('Europe/Paris', START_MS, START_MS)).toEqual([]);
    expect(clockSpans('Europe/Paris', START_MS + 1, START_MS)).toEqual([]);
  });
});
