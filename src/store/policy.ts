// The policy as one piece: its version, its checksum, and the plain data that the daemon compiles.
import type { PolicyData, PolicySource } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import type { NumberingPlan } from '../numbering/plan.ts';
import type { PickupPolicyData } from '../pickup/call.ts';
import { readAnnouncements } from './announcements.ts';
import { authorisedListSteps } from './authorised-lists.ts';
import { announcementsOf, barringSettingsOf } from './barring-settings.ts';
import { readCountries } from './countries.ts';
import { exceptionSteps } from './exceptions.ts';
import { extensionSteps, pickupPersonOf, type ExtensionRecord } from './extensions.ts';
import { groupSteps } from './groups.ts';
import { readLevelCountries, readLevelNeighbours } from './levels.ts';
import { limitSteps } from './limits.ts';
import type { Store } from './open.ts';
import { pickupGroupSteps } from './pickup-groups.ts';
import { pickupProtectionSteps } from './pickup-protections.ts';
import { pickupRightSteps } from './pickup-rights.ts';
import { pickupSettingsOf } from './pickup-settings.ts';
import { pinSteps } from './pins.ts';
import { checksumOf, checksumSteps, isEmpty } from './policy-content.ts';
import { eachRule } from './rules.ts';
import { readSchedules } from './schedules.ts';
import { readSettings, type Settings } from './settings.ts';
import { finish, type Steps } from './steps.ts';
import { inReadTransaction } from './transaction.ts';

interface VersionRow {
  readonly version: number;
  readonly checksum: string;
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
  finish(verifySteps(store));
}

/** The same in steps. Returns what vouches for the policy: no two policies have the same. */
export function* verifySteps(store: Store): Steps<string> {
  const row = versionRow(store);
  const whole = row ? (yield* checksumSteps(store, row.version)) === row.checksum : isEmpty(store);
  if (whole) return row?.checksum ?? '';
  throw new AppError(
    'unavailable',
    `The policy in ${store.path} does not match its checksum: it was damaged, or edited by another ` +
      'program. Put the last backup in its place with `callwarden restore`.',
  );
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

/** The policy of one moment: for barring and for pickup. */
export interface LoadedPolicy {
  readonly barring: PolicyData;
  readonly pickup: PickupPolicyData;
  /** What vouches for it. */
  readonly checksum: string;
}

/** The same while it is being loaded. */
export interface LoadingPolicy extends Omit<LoadedPolicy, 'barring'> {
  readonly barring: PolicySource;
}

/**
 * The policy of one moment, verified. Throws `AppError`: `unavailable` where it cannot be read or does not
 * match its checksum, `not-found` where it cannot decide yet because no home region is set.
 */
export function loadPolicy(store: Store): LoadedPolicy {
  return inReadTransaction(store, () => {
    const { barring, ...rest } = finish(loadSteps(store));
    return { ...rest, barring: { ...barring, rules: [...barring.rules] } };
  });
}

/**
 * The same in steps, for one read transaction that the caller begins and ends. The rules, which may be very many, are
 * read from it as they are asked for.
 */
export function* loadSteps(store: Store): Steps<LoadingPolicy> {
  const checksum = yield* verifySteps(store);
  const settings = readSettings(store);
  const extensions = yield* extensionSteps(store);
  const barring: PolicySource = {
    version: policyVersion(store),
    plan: planOf(settings),
    settings: barringSettingsOf(settings),
    extensions,
    countries: readCountries(store),
    levels: readLevelCountries(store),
    neighbours: readLevelNeighbours(store, settings['home-region']),
    groups: yield* groupSteps(store),
    rules: { [Symbol.iterator]: () => eachRule(store) },
    exceptions: yield* exceptionSteps(store),
    lists: yield* authorisedListSteps(store),
    schedules: readSchedules(store),
    limits: yield* limitSteps(store),
    pins: yield* pinSteps(store),
    announcements: readAnnouncements(store),
  };
  const pickup = yield* pickupSteps(store, settings, extensions);
  return { barring, pickup, checksum };
}

function* pickupSteps(
  store: Store,
  settings: Settings,
  extensions: readonly ExtensionRecord[],
): Steps<PickupPolicyData> {
  return {
    groups: yield* pickupGroupSteps(store),
    rights: yield* pickupRightSteps(store),
    protections: yield* pickupProtectionSteps(store),
    anyRight: extensions.filter((row) => row.anyPickup).map((row) => row.extension),
    settings: pickupSettingsOf(settings),
    people: extensions.flatMap((row) => pickupPersonOf(row) ?? []),
    announcements: announcementsOf(settings),
  };
}

/** What decides about pickups alone, verified and of one moment. Throws `AppError('unavailable')` as `loadPolicy`. */
export function loadPickupPolicy(store: Store): {
  readonly pickup: PickupPolicyData;
  readonly schedules: PolicyData['schedules'];
} {
  return inReadTransaction(store, () => {
    verifyPolicy(store);
    const extensions = finish(extensionSteps(store));
    const pickup = finish(pickupSteps(store, readSettings(store), extensions));
    return { pickup, schedules: readSchedules(store) };
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
