// How the effective policy of an extension is shown: a few facts, then tables from home to abroad.
import { counted } from '../counted.ts';
import { groupRegions, layerWords, type RegionGroup } from '../admin/effective-groups.ts';
import { someNames } from '../admin/some-of.ts';
import type { Told, ToldKind, ToldRegion, ToldSchedule } from '../admin/effective-policy.ts';
import type { ShownExtension } from '../admin/extension-list.ts';
import { amountWord } from '../admin/limit-words.ts';
import { noticeWord } from '../admin/pickup-person.ts';
import type { Membership, ShownPolicy } from '../admin/shown-policy.ts';
import type { LimitRow } from '../barring/policy.ts';
import { isoOrNull, isoTime, momentOrNull, momentText } from './moment.ts';
import { tableLines, type Column } from './table.ts';

/** Regions that a line names; all of them with --countries. */
const REGIONS_NAMED_MAX = 20;
/** Rules that are shown; all that are told with --json. */
const RULES_SHOWN_MAX = 20;

export interface ShownEffective {
  readonly shown: ShownExtension;
  readonly isKnown: boolean;
  readonly pickupGroups: readonly Membership[];
  readonly atMs: number;
  readonly effective: ShownPolicy | null;
  /** Each country by itself. */
  readonly isEach: boolean;
}

const words = { continue: 'allowed', challenge: 'with PIN', deny: 'refused' } as const;

const kindColumns: readonly Column<ToldKind>[] = [
  { title: 'NUMBERS', cell: (row) => row.what },
  { title: 'VERDICT', cell: (row) => words[row.verdict] },
  { title: 'BY', cell: (row) => layerWords(row.rule) },
];

const groupColumns: readonly Column<RegionGroup>[] = [
  { title: 'ABROAD', cell: (row) => words[row.verdict] },
  { title: 'COUNT', cell: (row) => row.regions.length, right: true },
  { title: 'REASON', cell: (row) => row.instead ?? row.reason },
  { title: 'BY', cell: (row) => row.by },
  { title: 'COUNTRIES AND REGIONS', cell: (row) => someOf(row.regions) },
];

const regionColumns: readonly Column<ToldRegion>[] = [
  { title: 'CODE', cell: (row) => row.region },
  { title: 'COUNTRY OR REGION', cell: (row) => row.name },
  { title: 'VERDICT', cell: (row) => words[row.verdict] },
  { title: 'REASON', cell: (row) => row.instead ?? row.reason },
  { title: 'RULE', cell: (row) => row.rule.id },
];

const exceptionColumns: readonly Column<ShownPolicy['exceptions'][number]>[] = [
  { title: 'EXCEPTION', cell: (row) => row.id, right: true },
  { title: 'ACTION', cell: (row) => row.action },
  { title: 'FOR', cell: (row) => row.target },
  { title: 'PREMIUM', cell: (row) => row.premium },
  { title: 'STATE', cell: (row) => row.state },
  { title: 'UNTIL', cell: (row) => momentOrNull(row.untilMs) },
  { title: 'REASON', cell: (row) => row.reason },
];

const ruleColumns: readonly Column<ShownPolicy['rules'][number]>[] = [
  { title: 'RULE', cell: (row) => row.id, right: true },
  { title: 'ACTION', cell: (row) => row.action },
  { title: 'FOR', cell: (row) => `${row.pattern}${row.exact ? '' : '*'}` },
  { title: 'OF', cell: (row) => (row.group === null ? 'the organisation' : `group ${row.group}`) },
  { title: 'STATE', cell: (row) => (row.observe && row.state === 'active' ? 'observed' : row.state) },
  { title: 'REASON', cell: (row) => row.reason },
];

const listColumns: readonly Column<ShownPolicy['lists'][number]>[] = [
  { title: 'LIST', cell: (row) => row.name },
  { title: 'PEOPLE', cell: (row) => row.people, right: true },
  { title: 'COUNTRIES', cell: (row) => row.countries.join(' ') },
  { title: 'PREMIUM', cell: (row) => row.premium.join(' ') },
];

const someOf = (names: readonly string[]) => someNames(names, REGIONS_NAMED_MAX, ' ');

/** For programs: every country, grouped as for people beside. */
export function effectiveJson(policy: ShownPolicy) {
  const { quarantine, schedules, ...rest } = policy;
  return {
    ...rest,
    abroad: groupRegions(policy.countries),
    abroadWhenOpen: policy.countriesWhenOpen && groupRegions(policy.countriesWhenOpen),
    schedules: schedules.map(({ nextChangeMs, ...schedule }) =>
      Object.assign(schedule, { nextChange: isoOrNull(nextChangeMs) }),
    ),
    quarantine: quarantine && {
      reason: quarantine.reason,
      by: quarantine.by,
      since: isoTime(quarantine.sinceMs),
      until: isoOrNull(quarantine.untilMs),
    },
  };
}

export function effectiveLines(asked: ShownEffective): readonly string[] {
  const { shown, pickupGroups, effective } = asked;
  const pickup = pickupGroups.map(({ group }) => group).join(', ');
  const title = `Extension ${shown.extension}${shown.name === '' ? '' : `, ${shown.name}`}`;
  const facts: (readonly [string, string])[] = [
    ['groups', shown.groups.join(', ') || 'none'],
    ...(effective === null ? [] : factsOf(effective)),
    ['pickup groups', pickup || 'none'],
    ['any pickup', shown.anyPickup ? 'on' : 'off'],
    ['mail', shown.mail || 'none'],
    ['pickup notice', noticeWord(shown.pickupNotice)],
  ];
  const known = asked.isKnown ? '' : ' (known by other parts of the policy only)';
  const when =
    effective === null ? '' : `, at ${momentText(asked.atMs)}, policy version ${effective.policyVersion}`;
  return [
    `${title}${known}${when}`,
    ...(effective === null ? ['No home region is set, so no call can be judged: set home-region.'] : []),
    '',
    ...factLines(facts),
    ...(effective === null ? [] : tablesOf(effective, asked.isEach)),
  ];
}

function factLines(facts: readonly (readonly [string, string])[]): readonly string[] {
  const [first] = facts.map(([name]) => name.length).sort((a, b) => b - a);
  return facts.map(([name, value]) => `${name.padEnd(first ?? 0)}  ${value}`);
}

function factsOf(policy: ShownPolicy): (readonly [string, string])[] {
  const { right, pin, quarantine, limits } = policy;
  return [
    ...(policy.protection ? [] : [['protection', 'off: everything readable goes out'] as const]),
    ...(policy.mode === 'observe'
      ? [['mode', 'observe: what would be refused is recorded, and goes out'] as const]
      : []),
    ['calls abroad', `${right.on ? 'on' : 'off'} (${right.rule.origin}): ${right.rule.text}`],
    ['schedule', policy.schedules.map(scheduleText).join('; ') || 'at any time'],
    ['PIN', pinText(pin)],
    ['limits', limits.map(limitText).join('; ') || 'none'],
    ['quarantine', quarantine === null ? 'none' : quarantineText(quarantine)],
  ];
}

function scheduleText({ name, origin, isOpen, nextChangeMs }: ToldSchedule): string {
  const until = nextChangeMs === null ? '' : ` until ${momentText(nextChangeMs)}`;
  return `${name} (${origin}): ${isOpen ? 'open' : 'closed'}${until}`;
}

function pinText({ use, entry, pins }: ShownPolicy['pin']): string {
  const count =
    pins.length === 0 ? 'no PIN counts here' : `${counted(pins.length, 'PIN')}: ${pins.join(' ')}`;
  return `${use}, entry ${entry}, ${count}`;
}

function limitText(limit: LimitRow): string {
  const { id, measure, layer, name } = limit;
  const whose = layer === 'organisation' ? layer : `${layer} ${name}`;
  return `limit ${id} (${whose}): ${measure} ${amountWord(limit, measure)}, ${limit.class}${limit.observe ? ', observes' : ''}`;
}

function quarantineText({ reason, untilMs }: NonNullable<ShownPolicy['quarantine']>): string {
  return `${reason}, ${untilMs === null ? 'until it is released' : `until ${momentText(untilMs)}`}`;
}

function tablesOf(policy: ShownPolicy, isEach: boolean): readonly string[] {
  const { countries, countriesWhenOpen } = policy;
  const rules = policy.rules.slice(0, RULES_SHOWN_MAX);
  const blocked =
    policy.blockCount === 0 ? [] : [`${counted(policy.blockCount, 'entry')} on the block-list.`];
  const more = policy.ruleCount - rules.length;
  return [
    ...table(kindColumns, [...policy.home, ...policy.premium]),
    ...(countriesWhenOpen === null ? [] : ['', 'Closed by the schedule now. While it is open:']),
    ...regionLines(countriesWhenOpen ?? countries, isEach),
    ...premiumAbroadLines(policy.premiumAbroad),
    ...table(exceptionColumns, policy.exceptions),
    ...table(ruleColumns, rules),
    ...(more > 0 ? [`... and ${more} more rules`] : []),
    ...table(listColumns, policy.lists),
    ...(blocked.length === 0 ? [] : ['', ...blocked]),
  ];
}

function table<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): readonly string[] {
  return rows.length === 0 ? [] : ['', ...tableLines(columns, rows)];
}

function regionLines(told: readonly ToldRegion[], isEach: boolean): readonly string[] {
  return isEach ? table(regionColumns, told) : table(groupColumns, groupRegions(told));
}

/** In few words, as premium is off nearly everywhere. */
function premiumAbroadLines(told: readonly ToldRegion[]): readonly string[] {
  if (told.length === 0) return [];
  const open = (each: Told) => each.verdict !== 'deny';
  const regions = told.filter(open).map(({ region }) => region);
  const where = regions.length === 0 ? 'refused in all of them' : `allowed in ${someOf(regions)}`;
  return ['', `Premium numbers in ${counted(told.length, 'country')} that may be called: ${where}.`];
}
