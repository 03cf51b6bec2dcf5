// The rows of the announcements by language; those for every language are settings.
import type { AnnouncementRow } from '../barring/policy.ts';
import type { Store } from './open.ts';

export function readAnnouncements(store: Store): readonly AnnouncementRow[] {
  const sql = 'SELECT reason, language, sound FROM announcements ORDER BY reason, language';
  return store.db.prepare<[], AnnouncementRow>(sql).all();
}
