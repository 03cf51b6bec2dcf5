// Schedules: whether chargeable calls are open at a time, by the clock of the schedule's own time zone.
import { forgetOldest } from '../forget-oldest.ts';
import type { ScheduleRow } from './policy.ts';

export interface CompiledSchedule {
  readonly name: string;
  /** Seven days, Monday first, each with its windows in minutes, the end exclusive. */
  readonly days: readonly (readonly (readonly [from: number, to: number])[])[];
  readonly holidays: ReadonlySet<string>;
  /** Milliseconds that local time is ahead of UTC; NaN where it cannot be told. */
  readonly offsetMs: (atMs: number) => number;
}

/** The clocks of all time zones change on quarters of an hour: within one, the offset holds. */
const QUARTER_MS = 15 * 60_000;
/** Offsets remembered of one time zone; the oldest go first. */
const OFFSETS_MAX = 128;

/** A time zone that the system does not know (any more) makes a schedule that is never open. */
export function compileSchedule(row: ScheduleRow): CompiledSchedule {
  return {
    name: row.name,
    days: [1, 2, 3, 4, 5, 6, 7].map((day) =>
      row.weekly
        .filter(({ days }) => days.includes(day))
        .map(({ fromMinute, toMinute }) => [fromMinute, toMinute] as const),
    ),
    holidays: new Set(row.holidays),
    offsetMs: offsetsOf(row.timeZone),
  };
}

/** True inside a window of the local day that is no holiday; false for a time that is no date. */
export function isOpen(schedule: CompiledSchedule, atMs: number): boolean {
  const offsetMs = schedule.offsetMs(atMs);
  if (Number.isNaN(offsetMs)) return false;
  // The local wall clock, told by the UTC fields.
  const local = new Date(atMs + offsetMs);
  const [date = ''] = local.toISOString().split('T');
  if (schedule.holidays.has(date) || schedule.holidays.has(date.slice(-'12-25'.length))) return false;
  const minute = local.getUTCHours() * 60 + local.getUTCMinutes();
  const windows = schedule.days[(local.getUTCDay() + 6) % 7] ?? [];
  return windows.some(([from, to]) => minute >= from && minute < to);
}

/** Whether the schedule of that name is open; one that is not known never is. */
export function openBy(
  schedules: ReadonlyMap<string, CompiledSchedule>,
): (name: string, atMs: number) => boolean {
  return (name, atMs) => {
    const schedule = schedules.get(name);
    return schedule !== undefined && isOpen(schedule, atMs);
  };
}

/** Milliseconds that the local time of a zone is ahead of UTC; NaN where it cannot be told. */
export function offsetsOf(timeZone: string): (atMs: number) => number {
  const format = formatOf(timeZone);
  if (format === null) return () => NaN;
  const known = new Map<number, number>();
  return (atMs) => {
    const quarter = Math.floor(atMs / QUARTER_MS);
    const remembered = known.get(quarter);
    if (remembered !== undefined) return remembered;
    const offsetMs = measureOffset(format, quarter * QUARTER_MS);
    known.set(quarter, offsetMs);
    forgetOldest(known, OFFSETS_MAX);
    return offsetMs;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  } catch {
    return null;
  }
}

/** Far enough from the ends of what a Date can hold that no offset leads beyond them; also keeps the years positive. */
const TIME_MAX_MS = 8.6e15;

function measureOffset(format: Intl.DateTimeFormat, atMs: number): number {
  if (!(atMs >= 0 && atMs <= TIME_MAX_MS)) return NaN;
  const part: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const { type, value } of format.formatToParts(atMs)) part[type] = Number(value);
  const { year = NaN, month = NaN, day = NaN, hour = NaN, minute = NaN } = part;
  return Date.UTC(year, month - 1, day, hour, minute) - atMs;
}
