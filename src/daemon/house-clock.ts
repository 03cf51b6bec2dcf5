// The time of day as people in the house see it.
import type { PolicySnapshot } from '../barring/snapshot.ts';

const DAY_MINUTES = 24 * 60;

/**
 * The wall clock of the organisation's schedule, or of this system where it has none: milliseconds whose UTC fields are those
 * of the local time.
 */
export function localTimeMs(snapshot: PolicySnapshot | null, atMs: number): number {
  const offsetMs = snapshot?.schedules.get(snapshot.settings.schedule)?.offsetMs(atMs) ?? Number.NaN;
  return atMs + (Number.isNaN(offsetMs) ? -new Date(atMs).getTimezoneOffset() * 60_000 : offsetMs);
}

/** Such as `14:05`. */
export function clockAt(snapshot: PolicySnapshot | null, atMs: number): string {
  const ofDay = Math.floor(localTimeMs(snapshot, atMs) / 60_000) % DAY_MINUTES;
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
