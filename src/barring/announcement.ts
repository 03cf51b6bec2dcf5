// What a caller hears for a reason: in the language of the channel, else as the settings say, else a stock sound.
import type { AnnouncementRow } from './policy.ts';
import { denyReasons, pinAnnouncements } from './reasons.ts';
import type { PolicySnapshot } from './snapshot.ts';
import type { DenyReason } from './verdict.ts';

/** Sounds of one language each, by `reason language`. */
export type AnnouncementTable = ReadonlyMap<string, string>;

type AnnouncedReason = DenyReason | keyof typeof pinAnnouncements;

export function compileAnnouncements(rows: readonly AnnouncementRow[]): AnnouncementTable {
  return new Map(rows.map((row) => [`${row.reason} ${normal(row.language)}`, row.sound]));
}

/**
 * Asterisk sound names, several joined by `&`; '' for silence. `fr_CA` falls back to `fr`, as Asterisk's own search for
 * sounds does (main/file.c).
 */
export function announcementFor(
  snapshot: Pick<PolicySnapshot, 'announcements' | 'settings'>,
  reason: AnnouncedReason,
  language = '',
): string {
  const { announcements, settings } = snapshot;
  for (let name = normal(language); name !== ''; name = name.slice(0, Math.max(0, name.lastIndexOf('_')))) {
    const sound = announcements.get(`${reason} ${name}`);
    if (sound !== undefined) return sound;
  }
  const own = Object.hasOwn(settings.announcements, reason) ? settings.announcements[reason] : undefined;
  return own ?? stockSound(reason);
}

function stockSound(reason: AnnouncedReason): string {
  return reason === 'pin-prompt' || reason === 'pin-retry'
    ? pinAnnouncements[reason]
    : denyReasons[reason].announcement;
}

function normal(language: string): string {
  return language.toLowerCase().replaceAll('-', '_');
}
