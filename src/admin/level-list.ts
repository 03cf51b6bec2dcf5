// The barring levels as people look at them: what each opens from the home region, and why.
import { isOpenedBy } from '../barring/levels.ts';
import { levelNames, type LevelCountryRow, type LevelName } from '../barring/policy.ts';
import type { Region } from '../numbering/destination.ts';
import type { Store } from '../store/open.ts';
import { readSettings } from '../store/settings.ts';
import { shippedLevels } from './level-file.ts';
import { levelListsOf, levelTableOf } from './open-regions.ts';
import { allRegions, regionName } from './regions.ts';

const words: Readonly<Record<LevelName, string>> = {
  closed: 'nothing abroad, but for what is allowed by name',
  low: 'low-cost, regulated countries, and neighbours that medium opens elsewhere',
  medium: 'ordinary business, and neighbours that high opens elsewhere',
  high: 'costly and risky countries too, but for those named first among the destinations of fraud',
  open: 'every country; satellites and global networks only by name',
};

export interface ListedLevelRow {
  readonly level: LevelName;
  /** Opened by it from the home region. */
  readonly countries: number;
  readonly regions: readonly Region[];
  /** It is the organisation's. */
  readonly holds: boolean;
  readonly opens: string;
}

export interface LevelCountry {
  readonly region: Region;
  readonly name: string;
  /** The list in which it stands; null for none. */
  readonly level: LevelCountryRow['level'] | null;
  /** Of the home region, so that it counts one level lower. */
  readonly neighbour: boolean;
  readonly reason: string;
  /** Where the shipped lists have it; null for none. */
  readonly shipped: Pick<LevelCountryRow, 'level' | 'reason'> | null;
}

export function listLevels(store: Store): readonly ListedLevelRow[] {
  const { level: own } = readSettings(store);
  const opened = levelNames.map((level) => [level, openedBy(store, level)] as const);
  return opened.map(([level, regions]) => ({
    level,
    countries: regions.length,
    regions,
    holds: level === own,
    opens: words[level],
  }));
}

/** The home region itself needs no level. */
function openedBy(store: Store, level: LevelName): readonly Region[] {
  const home = readSettings(store)['home-region'];
  const table = levelTableOf(store);
  return allRegions().filter((region) => region !== home && isOpenedBy(table, level, region));
}

/** In the order of the codes. */
export function showLevel(store: Store, level: LevelName): readonly LevelCountry[] {
  const home = readSettings(store)['home-region'];
  const { countries, neighbours } = levelListsOf(store);
  const rows = new Map(countries.map((row) => [row.region, row]));
  const shipped = new Map(shippedLevels().countries.map(({ region, ...place }) => [region, place]));
  const near = new Set(neighbours.filter((row) => row.home === home).map(({ region }) => region));
  return openedBy(store, level).map((region) => ({
    region,
    name: regionName(region),
    level: rows.get(region)?.level ?? null,
    neighbour: near.has(region),
    reason: rows.get(region)?.reason ?? '',
    shipped: shipped.get(region) ?? null,
  }));
}
