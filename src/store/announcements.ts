// The rows of the announcements by language; those for every language are settings.
import type { AnnouncementRow } from '../barring/policy.ts';
import type { Store } from './open.ts';

export function readAnnouncements(store: Store): readonly AnnouncementRow[] {
  const sql = 'SELECT reason, language, sound FROM announcements ORDER BY reason, language';
  return store.db.prepare<[], AnnouncementRow>(sql).all();
}

export function writeAnnouncement(store: Store, row: AnnouncementRow): void {
  store.db
    .prepare(
      `INSERT INTO announcements (reason, language, sound) VALUES (?, ?, ?)
       ON CONFLICT (reason, language) DO UPDATE SET sound = excluded.sound`,
    )
    .run(row.reason, row.language, row.sound);
}

export function deleteAnnouncement(store: Store, reason: string, language: string): void {
  store.db.prepare('DELETE FROM announcements WHERE reason = ? AND language = ?').run(reason, language);
}
