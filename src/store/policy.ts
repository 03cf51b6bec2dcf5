// The policy as one piece: its version, its checksum, and the plain data that the daemon compiles.
import { createHash } from 'node:crypto';
import type { PolicyData } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import type { NumberingPlan } from '../numbering/plan.ts';
import type { PickupPolicyData } from '../pickup/call.ts';
import { readAnnouncements } from './announcements.ts';
import { readAuthorisedLists } from './authorised-lists.ts';
import { readCountries } from './countries.ts';
import { readExceptions } from './exceptions.ts';
import { readExtensions } from './extensions.ts';
import { readGroups } from './groups.ts';
import { readLevelCountries, readLevelNeighbours } from './levels.ts';
import { readLimits } from './limits.ts';
import type { Store } from './open.ts';
import { readPickupGroups } from './pickup-groups.ts';
import { readPins } from './pins.ts';
import { readRules } from './rules.ts';
import { readSchedules } from './schedules.ts';
import { openClasses, readSettings, type Settings } from './settings.ts';
import { inReadTransaction } from './transaction.ts';

/** Everything that decides, in one canonical order. Raw rows, so that any flipped bit in a value shows. */
const CONTENT = [
  'SELECT key, value FROM settings ORDER BY key',
  'SELECT region, state FROM countries ORDER BY region',
  'SELECT extension, name, international, any_pickup FROM extensions ORDER BY extension',
  'SELECT name FROM pickup_groups ORDER BY name',
  `SELECT group_name, extension, interceptor, target FROM pickup_group_members
   ORDER BY group_name, extension`,
];

/** Of later schemas: where they hold nothing they change no checksum, so one from before is still right. */
const LATER_CONTENT = [
  `SELECT extension, barred, level, schedule, pin, pin_entry FROM extensions
   WHERE barred = 1 OR level IS NOT NULL OR schedule IS NOT NULL OR pin IS NOT NULL OR pin_entry IS NOT NULL
   ORDER BY extension`,
  'SELECT region, level, reason FROM level_countries ORDER BY region',
  'SELECT home, region FROM level_neighbours ORDER BY home, region',
  'SELECT name, time_zone, weekly, holidays FROM schedules ORDER BY name',
  'SELECT name, international, level, premium, schedule, pin, pin_entry FROM groups ORDER BY name',
  'SELECT group_name, extension FROM group_members ORDER BY group_name, extension',
  'SELECT group_name, region, state FROM group_countries ORDER BY group_name, region',
  `SELECT id, group_name, action, pattern, exact, premium, observe, reason, from_ms, until_ms FROM rules
   ORDER BY id`,
  `SELECT id, extension, action, region, pattern, exact, premium, reason, owner, from_ms, until_ms
   FROM exceptions ORDER BY id`,
  'SELECT name, enabled, admits, premium, countries FROM authorised_lists ORDER BY name',
  `SELECT id, list_name, first_name, last_name, number, enabled, from_ms, until_ms, added_ms
   FROM authorised_entries ORDER BY id`,
  'SELECT list_name, kind, name FROM authorised_attachments ORDER BY list_name, kind, name',
  `SELECT id, layer, name, counted, measure, class, max, window_ms, warn_percent, action, quarantine_ms, observe
   FROM limits ORDER BY id`,
  'SELECT id, name, hash, enabled, from_ms, until_ms, max_uses, entry_id FROM pins ORDER BY id',
  'SELECT pin_id, kind, name FROM pin_holders ORDER BY pin_id, kind, name',
  'SELECT reason, language, sound FROM announcements ORDER BY reason, language',
];

interface VersionRow {
  readonly version: number;
  readonly checksum: string;
}

/** SQLite does not notice a flipped bit inside a value, so the policy vouches for itself. */
function checksumOf(store: Store, version: number): string {
  const hash = createHash('sha256').update(`callwarden-policy ${version}\n`);
  for (const sql of CONTENT) {
    hash.update(JSON.stringify(store.db.prepare(sql).raw().all()));
    hash.update('\n');
  }
  LATER_CONTENT.forEach((sql, index) => {
    const rows = store.db.prepare(sql).raw().all();
    if (rows.length > 0) hash.update(`${index} ${JSON.stringify(rows)}\n`);
  });
  return hash.digest('hex');
}

function versionRow(store: Store): VersionRow | undefined {
  return store.db
    .prepare<[], VersionRow>('SELECT version, checksum FROM policy_version WHERE only_row = 1')
    .get();
}

/** 0 for a database in which nothing was ever set. */
export function policyVersion(store: Store): number {
  return versionRow(store)?.version ?? 0;
}

/**
 * Throws `AppError('unavailable')` where the stored policy is not the one that was last written by us. A
 * database in which nothing was ever set has no checksum yet, and must then be empty.
 */
export function verifyPolicy(store: Store): void {
  const row = versionRow(store);
  const whole = row ? checksumOf(store, row.version) === row.checksum : isEmpty(store);
  if (whole) return;
  throw new AppError(
    'unavailable',
    `The policy in ${store.path} does not match its checksum: it was damaged, or edited by another ` +
      'program. Stop callwarden and put the last backup in its place.',
  );
}

function isEmpty(store: Store): boolean {
  return [...CONTENT, ...LATER_CONTENT].every((sql) => store.db.prepare(sql).get() === undefined);
}

/**
 * Gives the changed policy its next version and checksum, in the transaction of the change. Returns the
 * version.
 */
export function sealPolicy(store: Store): number {
  const version = policyVersion(store) + 1;
  store.db
    .prepare(
      `INSERT INTO policy_version (only_row, version, checksum) VALUES (1, ?, ?)
       ON CONFLICT (only_row) DO UPDATE SET version = excluded.version, checksum = excluded.checksum`,
    )
    .run(version, checksumOf(store, version));
  return version;
}

/**
 * The policy of one moment, verified. Throws `AppError`: `unavailable` where it cannot be read or does not
 * match its checksum, `not-found` where it cannot decide yet because no home region is set.
 */
export function loadPolicy(store: Store): { barring: PolicyData; pickup: PickupPolicyData } {
  return inReadTransaction(store, () => {
    verifyPolicy(store);
    const settings = readSettings(store);
    const extensions = readExtensions(store);
    return {
      barring: {
        version: policyVersion(store),
        plan: planOf(settings),
        settings: {
          protection: settings.protection,
          mode: settings.mode,
          level: settings.level,
          premium: openClasses(settings),
          unmatched: settings.unmatched,
          schedule: settings.schedule,
          pin: settings.pin,
          pinEntry: settings['pin-entry'],
          fraudSigns: settings['fraud-signs'],
          announcements: announcementsOf(settings),
        },
        extensions,
        countries: readCountries(store),
        levels: readLevelCountries(store),
        neighbours: readLevelNeighbours(store, settings['home-region']),
        groups: readGroups(store),
        rules: readRules(store),
        exceptions: readExceptions(store),
        lists: readAuthorisedLists(store),
        schedules: readSchedules(store),
        limits: readLimits(store),
        pins: readPins(store),
        announcements: readAnnouncements(store),
      },
      pickup: {
        groups: readPickupGroups(store),
        anyRight: extensions.filter((row) => row.anyPickup).map((row) => row.extension),
        announcements: announcementsOf(settings),
      },
    };
  });
}

/** The numbering plan of the settings. Throws `AppError('not-found')` while no home region is set. */
export function planOf(settings: Settings): NumberingPlan {
  if (settings['home-region'] === '') {
    throw new AppError(
      'not-found',
      'No home region is set, so no number can be read. ' +
        'Set it with `callwarden settings set home-region MX`.',
    );
  }
  return {
    homeRegion: settings['home-region'],
    internationalPrefixes: settings['international-prefixes'],
    outsidePrefixes: settings['outside-prefixes'],
    nationalPrefix: settings['national-prefix'],
    carrierCodes: settings['carrier-codes'],
    internalPatterns: settings['internal-patterns'],
    emergencyNumbers: settings['emergency-numbers'],
    serviceNumbers: settings['service-numbers'],
    sharedCodes: settings['shared-codes'],
  };
}

const ANNOUNCEMENT = 'announcement-';

function announcementsOf(settings: Settings): Readonly<Record<string, string>> {
  const named = Object.entries(settings).filter(([key]) => key.startsWith(ANNOUNCEMENT));
  return Object.fromEntries(named.map(([key, sound]) => [key.slice(ANNOUNCEMENT.length), String(sound)]));
}
