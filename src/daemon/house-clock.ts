// The time of day as people in the house see it.
import type { PolicySnapshot } from '../barring/snapshot.ts';

const DAY_MINUTES = 24 * 60;

/** Such as `14:05`, by the clock of the organisation's schedule, or of this system where it has none. */
export function clockAt(snapshot: PolicySnapshot | null, atMs: number): string {
  const schedule = snapshot?.schedules.get(snapshot.settings.schedule);
  const offsetMs = schedule?.offsetMs(atMs) ?? Number.NaN;
  const systemOffsetMs = -new Date(atMs).getTimezoneOffset() * 60_000;
  const minutes = Math.floor((atMs + (Number.isNaN(offsetMs) ? systemOffsetMs : offsetMs)) / 60_000);
  const ofDay = minutes % DAY_MINUTES;
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
