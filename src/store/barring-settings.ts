// The settings that a verdict depends on, as the decision reads them.
import type { BarringSettings } from '../barring/policy.ts';
import { openClasses, type Settings } from './settings.ts';

export function barringSettingsOf(settings: Settings): BarringSettings {
  return {
    protection: settings.protection,
    mode: settings.mode,
    level: settings.level,
    premium: openClasses(settings),
    unmatched: settings.unmatched,
    schedule: settings.schedule,
    pin: settings.pin,
    pinEntry: settings['pin-entry'],
    fraudSigns: settings['fraud-signs'],
    guard: settings.guard,
    trunks: settings.trunks,
    announcements: announcementsOf(settings),
  };
}

const ANNOUNCEMENT = 'announcement-';

/** Reason -> sound names, for every language. */
export function announcementsOf(settings: Settings): Readonly<Record<string, string>> {
  const named = Object.entries(settings).filter(([key]) => key.startsWith(ANNOUNCEMENT));
  return Object.fromEntries(named.map(([key, sound]) => [key.slice(ANNOUNCEMENT.length), String(sound)]));
}
