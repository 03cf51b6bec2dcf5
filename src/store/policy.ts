// The policy as one piece: its version, its checksum, and the plain data that the daemon compiles.
import { createHash } from 'node:crypto';
import type { PolicyData } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import type { NumberingPlan } from '../numbering/plan.ts';
import type { PickupPolicyData } from '../pickup/call.ts';
import { readCountries } from './countries.ts';
import { readExtensions } from './extensions.ts';
import type { Store } from './open.ts';
import { readPickupGroups } from './pickup-groups.ts';
import { readSettings, type Settings } from './settings.ts';
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
  return CONTENT.every((sql) => store.db.prepare(sql).get() === undefined);
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
          premium: settings.premium,
          unmatched: settings.unmatched,
          announcements: announcementsOf(settings),
        },
        extensions: extensions.map(({ extension, name, international }) => ({
          extension,
          name,
          international,
        })),
        countries: readCountries(store),
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
