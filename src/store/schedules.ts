// The rows of the schedules: when chargeable calls are open.
import type { ScheduleRow, ScheduleWindow } from '../barring/policy.ts';
import type { Store } from './open.ts';
import { wordsOf } from './rows.ts';

interface Row {
  readonly name: string;
  readonly time_zone: string;
  readonly weekly: string;
  readonly holidays: string;
}

export function readSchedules(store: Store): readonly ScheduleRow[] {
  const sql = 'SELECT name, time_zone, weekly, holidays FROM schedules ORDER BY name';
  return store.db
    .prepare<[], Row>(sql)
    .all()
    .map((row) => ({
      name: row.name,
      timeZone: row.time_zone,
      weekly: windowsOf(row.weekly),
      holidays: wordsOf(row.holidays),
    }));
}

const isWindow = (value: unknown): value is ScheduleWindow =>
  typeof value === 'object' &&
  value !== null &&
  'days' in value &&
  'fromMinute' in value &&
  'toMinute' in value;

/** A column that holds a JSON list of windows. Anything else in it is none, and a schedule without windows is closed. */
function windowsOf(json: string): readonly ScheduleWindow[] {
  const parsed: unknown = JSON.parse(json);
  return Array.isArray(parsed) ? parsed.filter(isWindow) : [];
}

/** Adds the schedule, or gives the one of that name these windows. */
export function writeSchedule(store: Store, schedule: ScheduleRow): void {
  store.db
    .prepare(
      `INSERT INTO schedules (name, time_zone, weekly, holidays) VALUES (?, ?, ?, ?)
       ON CONFLICT (name) DO UPDATE SET
       time_zone = excluded.time_zone, weekly = excluded.weekly, holidays = excluded.holidays`,
    )
    .run(
      schedule.name,
      schedule.timeZone,
      JSON.stringify(schedule.weekly),
      JSON.stringify(schedule.holidays),
    );
}

export function deleteSchedule(store: Store, name: string): void {
  store.db.prepare('DELETE FROM schedules WHERE name = ?').run(name);
}
