// Turns what a policy file says into rows.
import type {
  AuthorisedEntry,
  AuthorisedListRow,
  CountryRow,
  ExceptionRow,
  GroupRow,
  LevelName,
  LimitRow,
  PinEntry,
  PinUse,
  Right,
  RuleRow,
  ScheduleRow,
} from '../../barring/policy.ts';
import {
  pickupWays,
  type PickupGroupRow,
  type PickupProtectionRow,
  type PickupRightRow,
} from '../../pickup/call.ts';
import type { ExtensionRecord } from '../../store/extensions.ts';
import { defaultSettings, type Settings } from '../../store/settings.ts';
import { readParty, readTarget, sidesOf, type PickupRole } from '../pickup-words.ts';
import { readHolidays, readTimeZone, readWindows } from '../schedule-words.ts';
import { requireSettingKey } from '../settings.ts';
import { settingTable } from '../setting-table.ts';
import type { PolicyFile } from './form.ts';
import type { PolicyRows } from './rows.ts';

/** Settings that the file does not name have their defaults. Throws `AppError('invalid')` for a value without its form. */
export function rowsOfFile(file: PolicyFile): PolicyRows {
  return {
    settings: settingsOf(file.settings),
    countries: countriesOf(file.countries),
    levels: (['low', 'medium', 'high'] as const).flatMap((level) =>
      Object.entries(file.levels[level]).map(([region, reason]) => ({ region, level, reason })),
    ),
    neighbours: Object.entries(file.neighbours).flatMap(([home, regions]) =>
      regions.map((region) => ({ home, region })),
    ),
    schedules: Object.entries(file.schedules).map(scheduleOf),
    groups: Object.entries(file.groups).map(groupOf),
    extensions: Object.entries(file.extensions).map(extensionOf),
    rules: file.rules.map(ruleOf),
    exceptions: file.exceptions.map(exceptionOf),
    lists: listsOf(file.lists),
    limits: file.limits.map(limitOf),
    announcements: Object.entries(file.announcements).flatMap(([language, sounds]) =>
      Object.entries(sounds).map(([reason, sound]) => ({ reason, language, sound })),
    ),
    pickupGroups: Object.entries(file['pickup-groups']).map(pickupGroupOf),
    pickupRights: file['pickup-rights'].map(pickupRightOf),
    pickupProtections: file['pickup-protections'].map(pickupProtectionOf),
  };
}

function settingsOf(values: PolicyFile['settings']): Settings {
  const parsed = Object.entries(values).map(([name, value]) => {
    const key = requireSettingKey(name);
    return [key, settingTable[key].form.parse(wordsOf(value), key)] as const;
  });
  return { ...defaultSettings, ...Object.fromEntries(parsed) };
}

/** As they would stand on a command line. */
function wordsOf(value: PolicyFile['settings'][string]): readonly string[] {
  if (typeof value === 'boolean') return [value ? 'on' : 'off'];
  if (typeof value === 'string' || typeof value === 'number') return [String(value)];
  return value.length === 0 ? ['none'] : value;
}

function countriesOf({ allow, deny }: PolicyFile['countries']): CountryRow[] {
  return [
    ...allow.map((region) => ({ region, state: 'allow' as const })),
    ...deny.map((region) => ({ region, state: 'deny' as const })),
  ];
}

interface LayerKeys {
  readonly international: Right;
  readonly level?: LevelName | undefined;
  readonly schedule?: string | undefined;
  readonly pin?: PinUse | undefined;
  readonly 'pin-entry'?: PinEntry | undefined;
}

function layerOf(keys: LayerKeys) {
  return {
    right: keys.international,
    level: keys.level ?? null,
    schedule: keys.schedule ?? null,
    pin: keys.pin ?? null,
    pinEntry: keys['pin-entry'] ?? null,
  };
}

function scheduleOf([name, row]: [string, PolicyFile['schedules'][string]]): ScheduleRow {
  return {
    name,
    timeZone: readTimeZone(row['time-zone']),
    weekly: readWindows(row.open),
    holidays: readHolidays(row.holidays),
  };
}

function groupOf([name, group]: [string, PolicyFile['groups'][string]]): GroupRow {
  const { members, premium = null } = group;
  return { name, ...layerOf(group), premium, members, countries: countriesOf(group) };
}

function extensionOf([extension, row]: [string, PolicyFile['extensions'][string]]): ExtensionRecord {
  const notice = row['pickup-notice'];
  return {
    extension,
    name: row.name,
    anyPickup: row['any-pickup'],
    mail: row.mail ?? '',
    pickupNotice: notice === undefined ? null : pickupWays.filter((way) => notice.includes(way)),
    ...layerOf(row),
  };
}

/** Exact numbers open premium ones too unless the file says otherwise, as the commands do. */
function ruleOf(row: PolicyFile['rules'][number], index: number): RuleRow {
  const exact = row.number !== undefined;
  return {
    id: index + 1,
    group: row.group ?? null,
    action: row.action,
    pattern: row.number ?? row.prefix ?? '',
    exact,
    premium: row.premium ?? exact,
    observe: row.observe,
    reason: row.reason,
    fromMs: row.from ?? null,
    untilMs: row.until ?? null,
  };
}

function exceptionOf(row: PolicyFile['exceptions'][number], index: number): ExceptionRow {
  const exact = row.number !== undefined;
  return {
    id: index + 1,
    extension: row.extension,
    action: row.action,
    region: row.country ?? null,
    pattern: row.number ?? row.prefix ?? null,
    exact,
    premium: row.premium ?? exact,
    reason: row.reason,
    owner: row.owner,
    fromMs: row.from ?? null,
    untilMs: row.until ?? null,
  };
}

function listsOf(lists: PolicyFile['lists']): AuthorisedListRow[] {
  let id = 0;
  const entryOf = (person: PolicyFile['lists'][string]['people'][number]): AuthorisedEntry => ({
    id: (id += 1),
    firstName: person['first-name'],
    lastName: person['last-name'],
    number: person.number,
    enabled: person.enabled,
    fromMs: person.from ?? null,
    untilMs: person.until ?? null,
  });
  return Object.entries(lists).map(([name, { people, ...row }]) =>
    Object.assign({ name, entries: people.map(entryOf) }, row),
  );
}

function limitOf(row: PolicyFile['limits'][number], index: number): LimitRow {
  const windowSeconds = row['window-seconds'];
  return {
    id: index + 1,
    layer: row.extension === undefined ? (row.group === undefined ? 'organisation' : 'group') : 'extension',
    name: row.extension ?? row.group ?? '',
    counted: row.counted,
    measure: row.measure,
    class: row.class,
    max: row.max,
    windowMs: windowSeconds === undefined ? null : windowSeconds * 1000,
    warnPercent: row['warn-percent'],
    action: row.action,
    quarantineMs: row['quarantine-seconds'] * 1000,
    observe: row.observe,
  };
}

function pickupGroupOf([name, row]: [string, PolicyFile['pickup-groups'][string]]): PickupGroupRow {
  const members = (role: PickupRole, extensions: readonly string[]) =>
    extensions.map((extension) => Object.assign({ extension }, sidesOf(role)));
  const parts = (role: PickupRole, groups: readonly string[]) =>
    groups.map((group) => Object.assign({ group }, sidesOf(role)));
  return {
    name,
    number: row.number ?? null,
    alertAfterS: row['alert-after'] ?? null,
    members: [
      ...members('both', row.members),
      ...members('interceptor', row.interceptors),
      ...members('target', row.targets),
    ],
    memberGroups: [
      ...parts('both', row['member-groups']),
      ...parts('interceptor', row['interceptor-groups']),
      ...parts('target', row['target-groups']),
    ],
  };
}

function pickupRightOf(row: PolicyFile['pickup-rights'][number], index: number): PickupRightRow {
  return {
    id: index + 1,
    picker: readParty(row.picker),
    target: readTarget(row.target),
    fromMs: row.from ?? null,
    untilMs: row.until ?? null,
    schedule: row.schedule ?? '',
    reason: row.reason,
  };
}

function pickupProtectionOf(row: PolicyFile['pickup-protections'][number]): PickupProtectionRow {
  const { reason, allow, extension, caller, dialled } = row;
  const allowed = allow.map(readParty);
  if (extension !== undefined) return { kind: 'extension', value: extension, allowed, reason };
  if (caller !== undefined) return { kind: 'caller', value: caller, allowed, reason };
  return { kind: 'dialled', value: dialled ?? '', allowed, reason };
}
