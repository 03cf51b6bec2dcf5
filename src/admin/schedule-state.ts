// Whether schedules are open, and when that changes: asked of the very function that judges calls.
import type { ScheduleRow } from '../barring/policy.ts';
import { compileSchedule, isOpen, type CompiledSchedule } from '../barring/schedule.ts';
import type { Store } from '../store/open.ts';
import { readSchedules } from '../store/schedules.ts';
import { windowText } from './schedule-words.ts';
import { requireSchedule } from './schedules.ts';

const MINUTE_MS = 60_000;
/** A change that is farther ahead is not looked for. */
const AHEAD_MS = 31 * 24 * 60 * MINUTE_MS;
/** The clocks of all time zones are whole quarters of an hour apart. */
const QUARTER_MINUTES = 15;

export interface ScheduleState {
  readonly name: string;
  readonly timeZone: string;
  /** The windows as people write them. */
  readonly open: readonly string[];
  readonly holidays: readonly string[];
  readonly isOpen: boolean;
  /** When it opens or closes next; null where it does not within a month. */
  readonly nextChangeMs: number | null;
}

export function scheduleStates(store: Store, atMs: number): readonly ScheduleState[] {
  return readSchedules(store).map((row) => stateOf(row, atMs));
}

/** Throws `AppError('not-found')` with the nearest name. */
export function scheduleState(store: Store, name: string, atMs: number): ScheduleState {
  return stateOf(requireSchedule(store, name), atMs);
}

/** The state of a schedule at a time. */
export function stateOf(row: ScheduleRow, atMs: number): ScheduleState {
  const compiled = compileSchedule(row);
  return {
    name: row.name,
    timeZone: row.timeZone,
    open: row.weekly.map(windowText),
    holidays: row.holidays,
    isOpen: isOpen(compiled, atMs),
    nextChangeMs: nextChange(row, compiled, atMs),
  };
}

/** Tries every moment at which a window can begin or end, from the next one on. */
function nextChange(row: ScheduleRow, compiled: CompiledSchedule, atMs: number): number | null {
  const ends = row.weekly.flatMap(({ fromMinute, toMinute }) => [fromMinute, toMinute]);
  const stepMs = ends.reduce(commonDivisor, QUARTER_MINUTES) * MINUTE_MS;
  const now = isOpen(compiled, atMs);
  const first = (Math.floor(atMs / stepMs) + 1) * stepMs;
  for (let at = first; at <= atMs + AHEAD_MS; at += stepMs) if (isOpen(compiled, at) !== now) return at;
  return null;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
