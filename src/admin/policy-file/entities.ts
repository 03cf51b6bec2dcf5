// A policy as a map of its single things, each under a name of its own: what two policies are compared by.
import type {
  AnnouncementRow,
  AuthorisedEntry,
  AuthorisedListRow,
  CountryRow,
  ExceptionRow,
  GroupRow,
  LevelCountryRow,
  LimitRow,
  RuleRow,
  ScheduleRow,
} from '../../barring/policy.ts';
import type { Region } from '../../numbering/destination.ts';
import type { PickupGroupRow, PickupProtectionRow, PickupRightRow } from '../../pickup/call.ts';
import type { ExtensionRecord } from '../../store/extensions.ts';
import type { PickupMemberGroup } from '../../store/pickup-groups.ts';
import { settingKeys, type SettingKey, type Settings } from '../../store/settings.ts';
import { partyWord } from '../pickup-words.ts';
import { regionName } from '../regions.ts';
import type { PolicyRows } from './rows.ts';

export const entityKinds = [
  'setting',
  'country',
  'level-country',
  'neighbours',
  'schedule',
  'group',
  'extension',
  'pickup-group',
  'pickup-member-group',
  'pickup-right',
  'pickup-protection',
  'announcement',
  'list',
  'person',
  'rule',
  'exception',
  'limit',
] as const;
export type EntityKind = (typeof entityKinds)[number];

/** The row behind each kind of thing; ids in it are those of the database that it came from. */
interface RowOf {
  readonly setting: { readonly key: SettingKey; readonly value: Settings[SettingKey] };
  readonly country: CountryRow;
  readonly 'level-country': LevelCountryRow;
  readonly neighbours: { readonly home: Region; readonly regions: readonly Region[] };
  readonly schedule: ScheduleRow;
  readonly group: GroupRow;
  readonly extension: ExtensionRecord;
  /** Without the groups in it, which are things of their own: each may stand before the other. */
  readonly 'pickup-group': PickupGroupRow;
  readonly 'pickup-member-group': { readonly name: string; readonly member: PickupMemberGroup };
  readonly 'pickup-right': PickupRightRow;
  readonly 'pickup-protection': PickupProtectionRow;
  readonly announcement: AnnouncementRow;
  /** Without its people, who are things of their own. */
  readonly list: AuthorisedListRow;
  readonly person: { readonly list: string; readonly entry: AuthorisedEntry };
  readonly rule: RuleRow;
  readonly exception: ExceptionRow;
  readonly limit: LimitRow;
}

interface EntityOf<Kind extends EntityKind> {
  readonly kind: Kind;
  readonly key: string;
  /** What the audit and a plan call it. */
  readonly subject: string;
  /** Everything that can change about it, as plain data. */
  readonly value: unknown;
  readonly row: RowOf[Kind];
}

/** One thing of a policy. Two with the same kind and key are the same thing, which may have changed. */
export type Entity = { [Kind in EntityKind]: EntityOf<Kind> }[EntityKind];

/** Every thing of the policy by kind and key. A file that names one twice keeps the last. */
export function entitiesOf(rows: PolicyRows): ReadonlyMap<string, Entity> {
  const all: readonly Entity[] = [
    ...settingKeys.map((key) => {
      const value = rows.settings[key];
      return entity('setting', key, key, value, { key, value });
    }),
    ...rows.countries.map((row) =>
      entity('country', row.region, `country ${row.region} (${regionName(row.region)})`, row.state, row),
    ),
    ...rows.levels.map(({ region, level, reason }) =>
      entity(
        'level-country',
        region,
        `level of ${region} (${regionName(region)})`,
        { level, reason },
        {
          region,
          level,
          reason,
        },
      ),
    ),
    ...neighboursOf(rows),
    ...rows.schedules.map(({ name, ...value }) =>
      entity('schedule', name, `schedule ${name}`, value, { name, ...value }),
    ),
    ...rows.groups.map(({ name, ...value }) =>
      entity('group', name, `group ${name}`, setsInOrder(value, ['premium', 'members', 'countries']), {
        name,
        ...value,
      }),
    ),
    ...rows.extensions.map(({ extension, ...value }) =>
      entity('extension', extension, `extension ${extension}`, value, { extension, ...value }),
    ),
    ...rows.pickupGroups.flatMap(pickupGroupEntities),
    ...rows.pickupRights.map(pickupRightEntity),
    ...rows.pickupProtections.map((row) => {
      const key = `${row.kind} ${row.value}`;
      const value = { allowed: inOrder(row.allowed.map(partyWord)), reason: row.reason };
      return entity('pickup-protection', key, `pickup protection of ${key}`, value, row);
    }),
    ...rows.announcements.map((row) =>
      entity(
        'announcement',
        `${row.reason} ${row.language}`,
        `announcement ${row.reason} in ${row.language}`,
        row.sound,
        row,
      ),
    ),
    ...listsOf(rows),
    ...rows.rules.map(ruleEntity),
    ...rows.exceptions.map(exceptionEntity),
    ...rows.limits.map((row) => {
      const { id: _id, layer, name, counted, measure, class: of, windowMs, ...value } = row;
      const whose = [layer, name].filter(Boolean).join(' ');
      const key = [layer, name, counted, measure, of, windowMs].join('|');
      return entity('limit', key, `limit of ${measure}, ${of}, ${whose}`, value, row);
    }),
  ];
  return new Map(all.map((one) => [`${one.kind} ${one.key}`, one]));
}

/** What is a set stands in one order, so that another order is no change. */
function inOrder<Item>(items: readonly Item[]): readonly Item[] {
  const keyed = items.map((item) => [JSON.stringify(item), item] as const);
  return keyed.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

function setsInOrder<Value extends object>(value: Value, sets: readonly (keyof Value)[]): Value {
  const ordered = sets.map((key) => {
    const set: unknown = value[key];
    return [key, Array.isArray(set) ? inOrder(set) : set] as const;
  });
  return { ...value, ...Object.fromEntries(ordered) };
}

function entity<Kind extends EntityKind>(
  kind: Kind,
  key: string,
  subject: string,
  value: unknown,
  row: RowOf[Kind],
): EntityOf<Kind> {
  return { kind, key, subject, value, row };
}

function pickupGroupEntities(group: PickupGroupRow): Entity[] {
  const { name, number, alertAfterS, members, memberGroups } = group;
  const subject = `pickup group ${name}`;
  return [
    entity('pickup-group', name, subject, { number, alertAfterS, members: inOrder(members) }, group),
    ...memberGroups.map((member) => {
      const { group: part, ...role } = member;
      return entity('pickup-member-group', `${name} ${part}`, `${subject}: group ${part}`, role, {
        name,
        member,
      });
    }),
  ];
}

/** By all that tells two rights apart; only its reason may change. */
function pickupRightEntity(row: PickupRightRow): Entity {
  const { picker, target, fromMs, untilMs, schedule, reason } = row;
  const whose = `${partyWord(picker)} for ${partyWord(target)}`;
  const key = [whose, schedule, fromMs ?? '', untilMs ?? ''].join('|');
  return entity('pickup-right', key, `pickup right of ${whose}`, { fromMs, untilMs, schedule, reason }, row);
}

function neighboursOf({ neighbours }: PolicyRows): Entity[] {
  return [...Map.groupBy(neighbours, ({ home }) => home)].map(([home, rows]) => {
    const regions = rows.map(({ region }) => region).sort();
    return entity('neighbours', home, `neighbours of ${home}`, regions, { home, regions });
  });
}

function listsOf({ lists }: PolicyRows): Entity[] {
  return lists.flatMap(({ name, entries, ...value }) => [
    entity(
      'list',
      name,
      `list ${name}`,
      setsInOrder(value, ['premium', 'countries', 'extensions', 'groups']),
      {
        name,
        ...value,
        entries: [],
      },
    ),
    ...entries.map((row) => {
      const { id: _id, number, ...person } = row;
      return entity('person', `${name} ${number}`, `list ${name}: ${number}`, person, {
        list: name,
        entry: row,
      });
    }),
  ]);
}

const numbersOf = (row: RuleRow | ExceptionRow) => `${row.pattern ?? ''}${row.exact ? '' : '…'}`;

/** By whose it is, what it does and to which numbers; its time, its reason and its switches may change. */
function ruleEntity(row: RuleRow): Entity {
  const { id: _id, group, action, pattern: _pattern, exact: _exact, ...value } = row;
  const numbers = numbersOf(row);
  const whose = group === null ? '' : ` of group ${group}`;
  return entity(
    'rule',
    `${group ?? ''}|${action}|${numbers}`,
    `rule ${action} ${numbers}${whose}`,
    value,
    row,
  );
}

function exceptionEntity(row: ExceptionRow): Entity {
  const { id: _id, extension, action, region, pattern: _pattern, exact: _exact, fromMs, ...value } = row;
  const what = region ?? numbersOf(row);
  const key = [extension, action, what, fromMs ?? ''].join('|');
  return entity('exception', key, `exception of ${extension}: ${action} ${what}`, { fromMs, ...value }, row);
}
