// The whole policy as rows, between the database and the policy file: what both can be turned into.
import type { PolicyData } from '../../barring/policy.ts';
import type { PickupGroupRow, PickupProtectionRow, PickupRightRow } from '../../pickup/call.ts';
import { readAnnouncements } from '../../store/announcements.ts';
import { readAuthorisedLists } from '../../store/authorised-lists.ts';
import { readCountries } from '../../store/countries.ts';
import { readExceptions } from '../../store/exceptions.ts';
import { readExtensions, type ExtensionRecord } from '../../store/extensions.ts';
import { readGroups } from '../../store/groups.ts';
import { readLevelCountries, readLevelNeighbours } from '../../store/levels.ts';
import { readLimits } from '../../store/limits.ts';
import type { Store } from '../../store/open.ts';
import { readPickupGroups } from '../../store/pickup-groups.ts';
import { readPickupProtections } from '../../store/pickup-protections.ts';
import { readPickupRights } from '../../store/pickup-rights.ts';
import { readRules } from '../../store/rules.ts';
import { readSchedules } from '../../store/schedules.ts';
import { readSettings, type Settings } from '../../store/settings.ts';

/** Everything that a policy file holds. Ids are those of the database, or the places in the file. */
export interface PolicyRows extends Omit<
  PolicyData,
  'version' | 'plan' | 'settings' | 'pins' | 'extensions'
> {
  readonly settings: Settings;
  readonly extensions: readonly ExtensionRecord[];
  readonly pickupGroups: readonly PickupGroupRow[];
  readonly pickupRights: readonly PickupRightRow[];
  readonly pickupProtections: readonly PickupProtectionRow[];
}

/** To be called inside a transaction, so that all of it is of one moment. */
export function readPolicyRows(store: Store): PolicyRows {
  return {
    settings: readSettings(store),
    countries: readCountries(store),
    levels: readLevelCountries(store),
    neighbours: readLevelNeighbours(store),
    schedules: readSchedules(store),
    groups: readGroups(store),
    extensions: readExtensions(store),
    rules: readRules(store),
    exceptions: readExceptions(store),
    lists: readAuthorisedLists(store),
    limits: readLimits(store),
    announcements: readAnnouncements(store),
    pickupGroups: readPickupGroups(store),
    pickupRights: readPickupRights(store),
    pickupProtections: readPickupProtections(store),
  };
}
