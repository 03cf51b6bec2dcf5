// The settings as stored: their typed shape, what holds where nothing is stored, and the rows behind them.
import {
  levelNames,
  pinEntries,
  pinUses,
  premiumClasses,
  type BarringSettings,
  type PremiumClass,
} from '../barring/policy.ts';
import { denyReasons, pinAnnouncements } from '../barring/reasons.ts';
import type { DenyReason } from '../barring/verdict.ts';
import { AppError } from '../errors.ts';
import type { Choice } from '../pickup/call.ts';
import type { Store } from './open.ts';

/** What somebody may have to be told: why a call is refused, or a pickup. */
type ToldReason = DenyReason | keyof typeof pinAnnouncements | Exclude<Choice['kind'], 'take'>;

/** `announcement-<reason>`: Asterisk sound names, several joined by `&`; '' for silence. */
type Announcements = { readonly [Reason in ToldReason as `announcement-${Reason}`]: string };

/** Every setting by the key that administrators use. */
export interface Settings extends Announcements {
  readonly 'home-region': string;
  readonly 'international-prefixes': readonly string[];
  readonly 'outside-prefixes': readonly string[];
  /** null: the home region's own. */
  readonly 'national-prefix': string | null;
  readonly 'carrier-codes': readonly string[];
  readonly 'internal-patterns': readonly string[];
  readonly 'emergency-numbers': readonly string[];
  readonly 'service-numbers': readonly string[];
  readonly 'shared-codes': 'region' | 'code';
  readonly unmatched: 'continue' | 'deny';
  readonly protection: boolean;
  readonly mode: BarringSettings['mode'];
  readonly level: BarringSettings['level'];
  /** All classes. */
  readonly premium: boolean;
  /** The classes that are on while not all are. */
  readonly 'premium-classes': readonly string[];
  /** '' for none. */
  readonly schedule: string;
  readonly pin: BarringSettings['pin'];
  readonly 'pin-entry': BarringSettings['pinEntry'];
  readonly 'fraud-signs': BarringSettings['fraudSigns'];
  readonly guard: BarringSettings['guard'];
  /** Endpoints that lead outside; none: every endpoint that is no known extension. */
  readonly trunks: readonly string[];
  readonly 'pickup-group-code': string;
  readonly 'pickup-directed-code': string;
  readonly 'pickup-any-code': string;
  /** Whether a picker without the right may show by a PIN of his own that he is trusted. */
  readonly 'pickup-pin': 'never' | 'when-denied';
  /** Whether somebody who comes too late hears the extension that has the call. */
  readonly 'pickup-say-taker': boolean;
  /** What the caller's phone shows once his call was taken: who took it, or what it showed before. */
  readonly 'pickup-connected-line': 'show' | 'keep';
  /** How somebody is told whose call was taken: ways of `pickupWays`; extensions may say otherwise. */
  readonly 'pickup-notice': readonly string[];
  /** Seconds of ringing after which those who may take the call are told; 0: they are not. Groups may say otherwise. */
  readonly 'pickup-alert-after': number;
  /** How they are told, beside the event stream and webhooks: ways of `pickupWays`. */
  readonly 'pickup-alert-by': readonly string[];
  /** The schedule inside which nobody is alerted; '' for none. */
  readonly 'pickup-quiet-hours': string;
}

export type SettingKey = keyof Settings;

/**
 * What holds where no row is stored. Protection is on and no country is allowed, so that an empty database
 * opens nothing. The sounds are in every installation of Asterisk's core sounds; none of them says
 * "international".
 */
export const defaultSettings: Settings = {
  'home-region': '',
  'international-prefixes': [],
  'outside-prefixes': [],
  'national-prefix': null,
  'carrier-codes': [],
  'internal-patterns': [],
  'emergency-numbers': [],
  'service-numbers': [],
  'shared-codes': 'region',
  unmatched: 'continue',
  protection: true,
  mode: 'enforce',
  level: 'closed',
  premium: false,
  'premium-classes': [],
  schedule: '',
  pin: 'never',
  'pin-entry': 'auto',
  'fraud-signs': 'warn',
  guard: 'watch',
  trunks: [],
  'pickup-group-code': '*8',
  'pickup-directed-code': '**',
  'pickup-any-code': '*8*',
  'pickup-pin': 'never',
  'pickup-say-taker': true,
  'pickup-connected-line': 'show',
  'pickup-notice': [],
  'pickup-alert-after': 0,
  'pickup-alert-by': [],
  'pickup-quiet-hours': '',
  'announcement-unreadable': denyReasons.unreadable.announcement,
  'announcement-blocked-number': denyReasons['blocked-number'].announcement,
  'announcement-quarantined': denyReasons.quarantined.announcement,
  'announcement-no-international-right': denyReasons['no-international-right'].announcement,
  'announcement-country-not-allowed': denyReasons['country-not-allowed'].announcement,
  'announcement-country-denied': denyReasons['country-denied'].announcement,
  'announcement-number-denied': denyReasons['number-denied'].announcement,
  'announcement-premium-not-allowed': denyReasons['premium-not-allowed'].announcement,
  'announcement-unmatched-number': denyReasons['unmatched-number'].announcement,
  'announcement-unknown-payer': denyReasons['unknown-payer'].announcement,
  'announcement-outside-hours': denyReasons['outside-hours'].announcement,
  'announcement-limit-calls': denyReasons['limit-calls'].announcement,
  'announcement-limit-concurrent': denyReasons['limit-concurrent'].announcement,
  'announcement-limit-countries': denyReasons['limit-countries'].announcement,
  'announcement-pin-wrong': denyReasons['pin-wrong'].announcement,
  'announcement-pin-locked': denyReasons['pin-locked'].announcement,
  'announcement-pin-unavailable': denyReasons['pin-unavailable'].announcement,
  'announcement-pin-prompt': pinAnnouncements['pin-prompt'],
  'announcement-pin-retry': pinAnnouncements['pin-retry'],
  'announcement-no-right': 'feature-not-avail-line',
  'announcement-nothing-ringing': 'number-not-answering',
  'announcement-already-taken': 'beeperr',
  'announcement-own-call': 'beeperr',
};

export const settingKeys: readonly SettingKey[] = Object.keys(defaultSettings).filter(isSettingKey);

export function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(defaultSettings, key);
}

const choices: Partial<Record<SettingKey, readonly string[]>> = {
  'shared-codes': ['region', 'code'],
  unmatched: ['continue', 'deny'],
  mode: ['enforce', 'observe'],
  level: levelNames,
  pin: pinUses,
  'pin-entry': pinEntries,
  'fraud-signs': ['off', 'warn', 'quarantine'],
  guard: ['off', 'watch', 'enforce'],
  'pickup-pin': ['never', 'when-denied'],
  'pickup-connected-line': ['show', 'keep'],
};

/** The classes of premium numbers that are on. */
export function openClasses(settings: Settings): readonly PremiumClass[] {
  return premiumClasses.filter((name) => settings.premium || settings['premium-classes'].includes(name));
}

/** A stored value has the form of its default; `null` only where the default is `null`. */
function fits(key: SettingKey, value: unknown): boolean {
  const standard: unknown = defaultSettings[key];
  if (standard === null) return value === null || typeof value === 'string';
  if (Array.isArray(standard)) return Array.isArray(value) && value.every((item) => typeof item === 'string');
  if (typeof value !== typeof standard) return false;
  return choices[key]?.includes(String(value)) ?? true;
}

/**
 * All settings, stored or by default. Throws `AppError` where a row cannot be read: a damaged setting never
 * falls back to its default in silence. Rows of unknown keys are left alone.
 */
export function readSettings(store: Store): Settings {
  const rows = store.db.prepare<[], { key: string; value: string }>('SELECT key, value FROM settings').all();
  const stored: Record<string, unknown> = {};
  for (const { key, value } of rows) {
    if (!isSettingKey(key)) continue;
    const parsed: unknown = JSON.parse(value);
    if (!fits(key, parsed)) {
      throw new AppError(
        'unavailable',
        `The stored setting ${key} cannot be read. Set it again with \`callwarden settings set ${key} …\`.`,
      );
    }
    stored[key] = parsed;
  }
  return { ...defaultSettings, ...stored };
}

/** To be called inside a write transaction that also writes the audit record and the policy version. */
export function writeSetting<K extends SettingKey>(store: Store, key: K, value: Settings[K]): void {
  store.db
    .prepare(
      `INSERT INTO settings (key, value) VALUES (?, ?)
       ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
    )
    .run(key, JSON.stringify(value));
}
