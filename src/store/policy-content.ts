// Everything that decides, in one canonical order, and the checksum over it: SQLite does not notice a flipped bit.
import { createHash, type Hash } from 'node:crypto';
import type { Store } from './open.ts';
import { rawPages, type Listing } from './pages.ts';
import { finish, type Steps } from './steps.ts';

const list = (table: string, columns: string, key: string, where?: string): Listing => ({
  table,
  columns,
  key: key.split(', '),
  ...(where === undefined ? {} : { where }),
});

/** Raw rows, so that any flipped bit in a value shows. Never altered: checksums in databases stand on it. */
const CONTENT: readonly Listing[] = [
  list('settings', 'key, value', 'key'),
  list('countries', 'region, state', 'region'),
  list('extensions', 'extension, name, international, any_pickup', 'extension'),
  list('pickup_groups', 'name', 'name'),
  list('pickup_group_members', 'group_name, extension, interceptor, target', 'group_name, extension'),
];

const OF_LATER_SCHEMAS =
  'barred = 1 OR level IS NOT NULL OR schedule IS NOT NULL OR pin IS NOT NULL OR pin_entry IS NOT NULL';

/**
 * Of later schemas: where they hold nothing they change no checksum, so one from before is still right. New ones are
 * added at the end, as their position is part of the checksum.
 */
const LATER_CONTENT: readonly Listing[] = [
  list('extensions', 'extension, barred, level, schedule, pin, pin_entry', 'extension', OF_LATER_SCHEMAS),
  list('level_countries', 'region, level, reason', 'region'),
  list('level_neighbours', 'home, region', 'home, region'),
  list('schedules', 'name, time_zone, weekly, holidays', 'name'),
  list('groups', 'name, international, level, premium, schedule, pin, pin_entry', 'name'),
  list('group_members', 'group_name, extension', 'group_name, extension'),
  list('group_countries', 'group_name, region, state', 'group_name, region'),
  list('rules', 'id, group_name, action, pattern, exact, premium, observe, reason, from_ms, until_ms', 'id'),
  list(
    'exceptions',
    'id, extension, action, region, pattern, exact, premium, reason, owner, from_ms, until_ms',
    'id',
  ),
  list('authorised_lists', 'name, enabled, admits, premium, countries', 'name'),
  list(
    'authorised_entries',
    'id, list_name, first_name, last_name, number, enabled, from_ms, until_ms, added_ms',
    'id',
  ),
  list('authorised_attachments', 'list_name, kind, name', 'list_name, kind, name'),
  list(
    'limits',
    'id, layer, name, counted, measure, class, max, window_ms, warn_percent, action, quarantine_ms, observe',
    'id',
  ),
  list('pins', 'id, name, hash, enabled, from_ms, until_ms, max_uses, entry_id', 'id'),
  list('pin_holders', 'pin_id, kind, name', 'pin_id, kind, name'),
  list('announcements', 'reason, language, sound', 'reason, language'),
  list(
    'pickup_groups',
    'name, number, alert_after_s',
    'name',
    'number IS NOT NULL OR alert_after_s IS NOT NULL',
  ),
  list('pickup_group_groups', 'group_name, member, interceptor, target', 'group_name, member'),
  list(
    'pickup_rights',
    'id, picker_kind, picker, target_kind, target, from_ms, until_ms, schedule, reason',
    'id',
  ),
  list('pickup_protections', 'kind, value, allowed, reason', 'kind, value'),
  list(
    'extensions',
    'extension, mail, pickup_notice',
    'extension',
    "mail <> '' OR pickup_notice IS NOT NULL",
  ),
];

/** Hashes the rows as one JSON list, `head` in front; nothing at all where there are none and `head` is not ''. */
function* hashRows(store: Store, listing: Listing, head: string, hash: Hash): Steps<void> {
  let before = `${head}[`;
  for (const page of rawPages(store, listing)) {
    // Without the brackets of the page: those of the whole list count.
    hash.update(before + JSON.stringify(page).slice(1, -1));
    before = ',';
    yield;
  }
  if (before === ',') hash.update(']\n');
  else if (head === '') hash.update('[]\n');
}

/** The checksum that a policy of this version with the content of the database has. */
export function* checksumSteps(store: Store, version: number): Steps<string> {
  const hash = createHash('sha256').update(`callwarden-policy ${version}\n`);
  for (const listing of CONTENT) yield* hashRows(store, listing, '', hash);
  for (const [index, listing] of LATER_CONTENT.entries()) yield* hashRows(store, listing, `${index} `, hash);
  return hash.digest('hex');
}

export function checksumOf(store: Store, version: number): string {
  return finish(checksumSteps(store, version));
}

/** Whether nothing was ever set. */
export function isEmpty(store: Store): boolean {
  return [...CONTENT, ...LATER_CONTENT].every((listing) => rawPages(store, listing).next().done === true);
}
