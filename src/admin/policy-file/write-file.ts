// Turns the rows of a policy into the text of a policy file, in one canonical order, so that two exports can be compared.
import { stringify } from 'smol-toml';
import type { CountryRow, ExceptionRow, LimitRow, RuleRow, ScheduleRow } from '../../barring/policy.ts';
import type { AuthorisedListRow, GroupRow } from '../../barring/policy.ts';
import type { PickupGroupRow, PickupProtectionRow, PickupRightRow } from '../../pickup/call.ts';
import type { ExtensionRecord } from '../../store/extensions.ts';
import { defaultSettings, settingKeys } from '../../store/settings.ts';
import { partyWord, roleOf, type PickupRole } from '../pickup-words.ts';
import { isSame } from '../same.ts';
import { windowText } from '../schedule-words.ts';
import type { PolicyRows } from './rows.ts';

/** What a TOML document of ours is made of; undefined keys are left out. */
export type Plain =
  | string
  | number
  | boolean
  | Date
  | undefined
  | readonly Plain[]
  | { readonly [key: string]: Plain };

const HEAD = `# A policy of Callwarden. \`callwarden policy plan <file>\` shows what it would change, \`apply\` makes it so.
# PINs stand in no file. Settings that are not named have their defaults.
`;

/** The text of a policy file; reading it gives the same rows again, ids aside. */
export function policyFileText(rows: PolicyRows): string {
  return documentText(policyDocument(rows));
}

/** The text of a document, or of what JSON has kept of it. */
export function documentText(document: Plain): string {
  return `${HEAD}\n${stringify(clean(document))}`;
}

/** What the file says, before it is text: made in a fraction of the time. */
export function policyDocument(rows: PolicyRows): { readonly [key: string]: Plain } {
  return {
    format: 1,
    settings: settingsOf(rows.settings),
    countries: countriesOf(rows.countries),
    schedules: named(rows.schedules, scheduleOf),
    groups: named(rows.groups, groupOf),
    extensions: Object.fromEntries(rows.extensions.map((row) => [row.extension, extensionOf(row)])),
    'pickup-groups': named(rows.pickupGroups, pickupGroupOf),
    'pickup-rights': rows.pickupRights.map(pickupRightOf),
    'pickup-protections': rows.pickupProtections.map(pickupProtectionOf),
    announcements: announcementsOf(rows),
    lists: named(rows.lists, listOf),
    rules: rows.rules.map(ruleOf),
    exceptions: rows.exceptions.map(exceptionOf),
    limits: rows.limits.map(limitOf),
    levels: levelsOf(rows),
    neighbours: Object.fromEntries(
      [...Map.groupBy(rows.neighbours, ({ home }) => home)].map(([home, list]) => [
        home,
        list.map(({ region }) => region),
      ]),
    ),
  };
}

function named<Row extends { readonly name: string }>(rows: readonly Row[], of: (row: Row) => Plain) {
  return Object.fromEntries(rows.map((row) => [row.name, of(row)]));
}

/** Only what differs from the defaults, and always the home region. */
function settingsOf(settings: PolicyRows['settings']): Plain {
  return Object.fromEntries(
    settingKeys
      .filter((key) => key === 'home-region' || !isSame(settings[key], defaultSettings[key]))
      .map((key) => [key, settings[key] ?? 'auto']),
  );
}

function countriesOf(rows: readonly CountryRow[]) {
  const of = (state: CountryRow['state']) =>
    rows.filter((row) => row.state === state).map(({ region }) => region);
  return { allow: of('allow'), deny: of('deny') };
}

function levelsOf({ levels }: PolicyRows): Plain {
  const of = (level: string) =>
    Object.fromEntries(levels.filter((row) => row.level === level).map((row) => [row.region, row.reason]));
  return { low: of('low'), medium: of('medium'), high: of('high') };
}

const momentOf = (ms: number | null) => (ms === null ? undefined : new Date(ms).toISOString());
const filled = (value: string) => (value === '' ? undefined : value);
const validityOf = (row: { readonly fromMs: number | null; readonly untilMs: number | null }) => ({
  from: momentOf(row.fromMs),
  until: momentOf(row.untilMs),
});

function scheduleOf(row: ScheduleRow): Plain {
  return {
    'time-zone': row.timeZone,
    open: row.weekly.map(windowText),
    holidays: row.holidays,
  };
}

function layerOf(row: GroupRow | ExtensionRecord) {
  return {
    international: row.right === 'inherit' ? undefined : row.right,
    level: row.level ?? undefined,
    schedule: row.schedule ?? undefined,
    pin: row.pin ?? undefined,
    'pin-entry': row.pinEntry ?? undefined,
  };
}

function groupOf(row: GroupRow): Plain {
  return {
    ...layerOf(row),
    premium: row.premium ?? undefined,
    members: row.members,
    ...countriesOf(row.countries),
  };
}

function extensionOf(row: ExtensionRecord): Plain {
  return {
    name: filled(row.name),
    'any-pickup': row.anyPickup || undefined,
    mail: filled(row.mail),
    'pickup-notice': row.pickupNotice ?? undefined,
    ...layerOf(row),
  };
}

/** `premium` stands there only where it is not what the kind of entry has by itself. */
function numbersOf(
  row: Pick<RuleRow | ExceptionRow, 'pattern' | 'exact' | 'premium' | 'reason' | 'fromMs' | 'untilMs'>,
) {
  return {
    [row.exact ? 'number' : 'prefix']: row.pattern ?? undefined,
    premium: row.premium === row.exact ? undefined : row.premium,
    reason: filled(row.reason),
    ...validityOf(row),
  };
}

function ruleOf(row: RuleRow): Plain {
  return {
    action: row.action,
    ...numbersOf(row),
    group: row.group ?? undefined,
    observe: row.observe || undefined,
  };
}

function exceptionOf(row: ExceptionRow): Plain {
  return {
    extension: row.extension,
    action: row.action,
    country: row.region ?? undefined,
    ...numbersOf(row),
    owner: filled(row.owner),
  };
}

function listOf(row: AuthorisedListRow): Plain {
  return {
    enabled: row.enabled,
    admits: row.admits,
    premium: row.premium,
    countries: row.countries,
    extensions: row.extensions,
    groups: row.groups,
    people: row.entries.map((entry) => ({
      'first-name': filled(entry.firstName),
      'last-name': filled(entry.lastName),
      number: entry.number,
      enabled: entry.enabled ? undefined : false,
      ...validityOf(entry),
    })),
  };
}

function limitOf(row: LimitRow): Plain {
  return {
    measure: row.measure,
    max: row.max,
    class: row.class,
    counted: row.counted,
    group: row.layer === 'group' ? row.name : undefined,
    extension: row.layer === 'extension' ? row.name : undefined,
    'window-seconds': row.windowMs === null ? undefined : Math.round(row.windowMs / 1000),
    'warn-percent': row.warnPercent,
    action: row.action,
    'quarantine-seconds': Math.round(row.quarantineMs / 1000),
    observe: row.observe || undefined,
  };
}

function announcementsOf({ announcements }: PolicyRows): Plain {
  return Object.fromEntries(
    [...Map.groupBy(announcements, ({ language }) => language)].map(([language, rows]) => [
      language,
      Object.fromEntries(rows.map(({ reason, sound }) => [reason, sound])),
    ]),
  );
}

function pickupGroupOf({ number, alertAfterS, members, memberGroups }: PickupGroupRow): Plain {
  const byRole = Map.groupBy(members, roleOf);
  const partsByRole = Map.groupBy(memberGroups, roleOf);
  const of = (role: PickupRole) => (byRole.get(role) ?? []).map(({ extension }) => extension);
  const partsOf = (role: PickupRole) => (partsByRole.get(role) ?? []).map(({ group }) => group);
  return {
    number: number ?? undefined,
    'alert-after': alertAfterS ?? undefined,
    members: of('both'),
    interceptors: of('interceptor'),
    targets: of('target'),
    'member-groups': partsOf('both'),
    'interceptor-groups': partsOf('interceptor'),
    'target-groups': partsOf('target'),
  };
}

function pickupRightOf(row: PickupRightRow): Plain {
  return {
    picker: partyWord(row.picker),
    target: partyWord(row.target),
    schedule: filled(row.schedule),
    reason: filled(row.reason),
    ...validityOf(row),
  };
}

function pickupProtectionOf({ kind, value, allowed, reason }: PickupProtectionRow): Plain {
  return { [kind]: value, allow: allowed.map(partyWord), reason: filled(reason) };
}

/** Lists that say something where they are empty: no class at all, in no way. */
const TELLING = new Set(['premium', 'pickup-notice']);

/** Without undefined keys and empty lists that say nothing. */
function clean(value: Plain): Plain {
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value !== 'object' || value instanceof Date) return value;
  const kept: [string, Plain][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined || (Array.isArray(item) && item.length === 0 && !TELLING.has(key))) continue;
    kept.push([key, clean(item)]);
  }
  return Object.fromEntries(kept);
}
