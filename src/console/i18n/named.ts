// What the daemon calls by a key, in the words that its page has for it: settings, and what callers are told of.
import { t, tOr } from './t.tsx';
import type { WordKey } from './words.ts';

/** Settings of pickup, whose page calls them otherwise. */
const pickupWords: Readonly<Record<string, WordKey>> = {
  'pickup-group-code': 'pickup.fieldGroupCode',
  'pickup-directed-code': 'pickup.fieldDirectedCode',
  'pickup-any-code': 'pickup.fieldAnyCode',
  'pickup-pin': 'pickup.fieldPin',
  'pickup-say-taker': 'pickup.fieldSayTaker',
  'pickup-connected-line': 'pickup.fieldConnected',
  'pickup-notice': 'pickup.fieldNotice',
  'pickup-alert-after': 'pickup.fieldAlert',
  'pickup-alert-by': 'pickup.fieldAlertBy',
  'pickup-quiet-hours': 'pickup.fieldQuiet',
};
const ANNOUNCEMENT = 'announcement-';

/** `home-region` is `Home country`; the key where there are no words for it. */
export function settingName(key: string): string {
  if (key.startsWith(ANNOUNCEMENT))
    return `${t('announcements.title')}: ${refusalName(key.slice(ANNOUNCEMENT.length))}`;
  return tOr(pickupWords[key] ?? `barring.${settingWord(key)}`, key);
}

/** `home-region` is `setHomeRegion`. */
export function settingWord(key: string): string {
  return `set${camel(key)}`;
}

/** `home-region` is `HomeRegion`. */
export function camel(name: string): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** Why an announcement is heard: `country-denied` is `Country denied`. */
export const refusalName = (reason: string): string =>
  tOr(`announcements.${reason}`, tOr(`reasons.${reason}`, reason));

/** A source of numbering data: `shortNumbers` is `Short and emergency numbers`. */
export const dataName = (source: string): string => tOr(`barring.data-${source}`, source);

/** What a member of a pickup group may do, or let others do. */
export const pickupRoles = ['both', 'interceptor', 'target'] as const;
export type PickupRole = (typeof pickupRoles)[number];

const roleWords = {
  both: 'pickup.roleBoth',
  interceptor: 'pickup.roleInterceptor',
  target: 'pickup.roleTarget',
} as const satisfies Readonly<Record<PickupRole, WordKey>>;

export const pickupRoleName = (role: PickupRole): string => t(roleWords[role]);

/** The role of a member that may take (`interceptor`), may be taken from (`target`), or both. */
export const pickupRoleOf = (member: {
  readonly interceptor: boolean;
  readonly target: boolean;
}): PickupRole =>
  member.interceptor && member.target ? 'both' : member.interceptor ? 'interceptor' : 'target';
