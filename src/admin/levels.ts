// Changing barring levels: which level holds where, and which country stands in which list.
import {
  levelNames,
  type LevelCountryRow,
  type LevelName,
  type LevelNeighbourRow,
} from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import type { Region } from '../numbering/destination.ts';
import { writeExtension } from '../store/extensions.ts';
import { writeGroup } from '../store/groups.ts';
import {
  deleteLevelCountry,
  deleteLevelNeighbour,
  readLevelCountries,
  readLevelNeighbours,
  writeLevelCountry,
  writeLevelNeighbour,
} from '../store/levels.ts';
import type { Store } from '../store/open.ts';
import { readSettings, writeSetting } from '../store/settings.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { isSame } from './same.ts';
import { requireGroup } from './groups.ts';
import { requireExtension } from './known-extension.ts';
import { readChoice } from './known-word.ts';
import { levelEffect, type LevelEffect } from './level-effect.ts';
import { isReason, listedLevels, type LevelLists, type ListedLevel } from './level-file.ts';
import { seedLevels } from './level-seed.ts';
import type { LayerOwner } from './open-regions.ts';
import { readRegionWords, regionName } from './regions.ts';

/** Throws `AppError('invalid')` with the level that was most likely meant. */
export function readLevelName(word: string): LevelName {
  return readChoice(word, levelNames, 'A barring level');
}

/** The same for a level that has a list. */
export function readListedLevel(word: string): ListedLevel {
  return readChoice(word, listedLevels, 'A level with a list');
}

/** Gives the owner this level, and tells what that does. Lists are loaded where none are. */
export function setLevel(
  context: AdminContext,
  owner: LayerOwner,
  level: LevelName,
): { readonly outcome: ChangeOutcome; readonly effect: LevelEffect } {
  let effect: LevelEffect = { opened: [], closed: [], open: 0, extensions: 0 };
  const outcome = changePolicy(context, () => {
    const { store, nowMs } = context;
    effect = levelEffect(store, owner, level, nowMs);
    return { changes: [...seedLevels(store), ...writeLevel(store, owner, level)] };
  });
  return { outcome, effect };
}

/** Inside a change. Throws `AppError('not-found')` where the owner is not known. */
export function writeLevel(store: Store, owner: LayerOwner, level: LevelName): readonly Change[] {
  const told = (subject: string, action: string, before: LevelName | null): Change[] =>
    before === level ? [] : [{ action, subject, before: { level: before }, after: { level } }];
  if (owner.kind === 'organisation') {
    const before = readSettings(store).level;
    if (before === level) return [];
    writeSetting(store, 'level', level);
    return [{ action: 'setting-changed', subject: 'level', before, after: level }];
  }
  if (owner.kind === 'group') {
    const group = requireGroup(store, owner.name);
    writeGroup(store, { ...group, level });
    return told(`group ${owner.name}`, 'group-changed', group.level);
  }
  const extension = requireExtension(store, owner.name);
  writeExtension(store, { ...extension, level });
  return told(`extension ${owner.name}`, 'extension-changed', extension.level);
}

/** One country whose place differs; null where it has none. */
export interface LevelDifference {
  readonly region: Region;
  readonly name: string;
  readonly before: Pick<LevelCountryRow, 'level' | 'reason'> | null;
  readonly after: Pick<LevelCountryRow, 'level' | 'reason'> | null;
}

export interface NeighbourDifference {
  readonly home: Region;
  readonly before: readonly Region[];
  readonly after: readonly Region[];
}

export interface ListDifferences {
  readonly countries: readonly LevelDifference[];
  readonly neighbours: readonly NeighbourDifference[];
}

/** From what the database holds to what the lists say. */
export function levelDifferences(store: Store, lists: LevelLists): ListDifferences {
  const placeOf = (rows: readonly LevelCountryRow[]) =>
    new Map(rows.map(({ region, level, reason }) => [region, { level, reason }]));
  const [old, wanted] = [placeOf(readLevelCountries(store)), placeOf(lists.countries)];
  const regions = [...new Set([...old.keys(), ...wanted.keys()])].sort();
  const nearOf = (rows: readonly LevelNeighbourRow[]) => Map.groupBy(rows, ({ home }) => home);
  const [oldNear, wantedNear] = [nearOf(readLevelNeighbours(store)), nearOf(lists.neighbours)];
  const homes = [...new Set([...oldNear.keys(), ...wantedNear.keys()])].sort();
  const named = (rows: readonly LevelNeighbourRow[] = []) => rows.map(({ region }) => region).sort();
  return {
    countries: regions
      .map((region) => ({
        region,
        name: regionName(region),
        before: old.get(region) ?? null,
        after: wanted.get(region) ?? null,
      }))
      .filter(({ before, after }) => !isSame(before, after)),
    neighbours: homes
      .map((home) => ({ home, before: named(oldNear.get(home)), after: named(wantedNear.get(home)) }))
      .filter(({ before, after }) => !isSame(before, after)),
  };
}

const subjectOf = (region: Region) => `level of ${region} (${regionName(region)})`;

/** Makes the database's lists those of the file; each difference is told. */
export function loadLevels(context: AdminContext, lists: LevelLists): ChangeOutcome {
  return changePolicy(context, () => {
    const { store } = context;
    const seeded = seedLevels(store, lists);
    if (seeded.length > 0) return { changes: seeded };
    const { countries, neighbours } = levelDifferences(store, lists);
    for (const { region, after } of countries) {
      if (after === null) deleteLevelCountry(store, region);
      else writeLevelCountry(store, { region, ...after });
    }
    for (const { home, before, after } of neighbours) {
      for (const region of before) deleteLevelNeighbour(store, { home, region });
      for (const region of after) writeLevelNeighbour(store, { home, region });
    }
    return {
      changes: [
        ...countries.map(({ region, before, after }) => {
          return { action: 'level-country-changed', subject: subjectOf(region), before, after };
        }),
        ...neighbours.map(({ home, before, after }) => {
          return { action: 'level-neighbours-changed', subject: `neighbours of ${home}`, before, after };
        }),
      ],
    };
  });
}

/** Countries that go into a list; null takes them out of all, so that `open` alone opens them. */
export interface LevelPlaces {
  readonly regions: readonly Region[];
  readonly level: ListedLevel | null;
  /** '' leaves the one that is there. */
  readonly reason: string;
}

/** Puts countries into a list. Throws `AppError('invalid')`. */
export function placeInLevel(
  context: AdminContext,
  words: readonly string[],
  level: ListedLevel | null,
  reason = '',
): ChangeOutcome {
  const places = readPlaces(words, level, reason);
  return changePolicy(context, () => ({ changes: changePlaces(context.store, places) }));
}

/** Throws `AppError('invalid')`: besides what is no country, codes that belong to none stand in no level. */
export function readPlaces(words: readonly string[], level: ListedLevel | null, reason: string): LevelPlaces {
  const regions = readRegionWords(words);
  if (!isReason(reason)) throw new AppError('invalid', 'A reason is one line of 300 characters at most.');
  const codes = regions.filter((region) => region.startsWith('+'));
  if (codes.length === 0) return { regions, level, reason };
  throw new AppError(
    'invalid',
    `${codes.join(', ')} belongs to no country and stands in no level. ` +
      `Allow it by name: \`callwarden country allow ${codes.join(' ')}\`.`,
  );
}

/** Inside a change. */
export function changePlaces(store: Store, { regions, level, reason }: LevelPlaces): readonly Change[] {
  const seeded = seedLevels(store);
  const stored = new Map(readLevelCountries(store).map((row) => [row.region, row]));
  const changes = regions.flatMap((region): Change[] => {
    const row = stored.get(region);
    const before = row ? { level: row.level, reason: row.reason } : null;
    const after = level === null ? null : { level, reason: reason === '' ? (row?.reason ?? '') : reason };
    if (isSame(before, after)) return [];
    if (after === null) deleteLevelCountry(store, region);
    else writeLevelCountry(store, { region, ...after });
    return [{ action: 'level-country-changed', subject: subjectOf(region), before, after }];
  });
  return [...seeded, ...changes];
}
