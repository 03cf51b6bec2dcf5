// Which countries are open at a layer of the policy, and what opens or closes each: its entry, or the level.
import { compileLevels, isOpenedBy, narrowestLevel, type LevelTable } from '../barring/levels.ts';
import type { CountryRow, ExceptionRow, GroupRow, LevelName } from '../barring/policy.ts';
import type { Region } from '../numbering/destination.ts';
import { readCountries } from '../store/countries.ts';
import { readExceptionsOf } from '../store/exceptions.ts';
import { readGroups } from '../store/groups.ts';
import { readLevelCountries, readLevelNeighbours } from '../store/levels.ts';
import type { Store } from '../store/open.ts';
import { readSettings } from '../store/settings.ts';
import { requireGroup } from './groups.ts';
import { requireExtension } from './known-extension.ts';
import { shippedLevels, type LevelLists } from './level-file.ts';
import { allRegions } from './regions.ts';

/** What one layer says about countries. */
export interface CountryLayer {
  /** `organisation`, `group sales`, `extension 1001`. */
  readonly name: string;
  readonly countries: ReadonlyMap<Region, CountryRow['state']>;
  /** Null: it says nothing about countries that it does not name. */
  readonly level: LevelName | null;
}

export interface RegionState {
  readonly region: Region;
  readonly open: boolean;
  /** `home`, `country` for an entry by name, or `level`. */
  readonly by: 'home' | 'country' | 'level';
  readonly layer: string;
  readonly level: LevelName | null;
}

/** Whose countries are asked for. */
export type LayerOwner =
  | { readonly kind: 'organisation' }
  | { readonly kind: 'group' | 'extension'; readonly name: string };

/** The lists of the levels; the shipped ones where the database has none. */
export function levelListsOf(store: Store): Omit<LevelLists, 'sha256'> {
  const countries = readLevelCountries(store);
  return countries.length > 0 ? { countries, neighbours: readLevelNeighbours(store) } : shippedLevels();
}

/** The same as the home region sees them. */
export function levelTableOf(store: Store): LevelTable {
  const { countries, neighbours } = levelListsOf(store);
  return compileLevels(countries, neighbours, readSettings(store)['home-region']);
}

/** The layers that count for the owner, the nearest first. Without rights: who may call abroad is asked elsewhere. */
export function layersOf(store: Store, owner: LayerOwner, nowMs: number): readonly CountryLayer[] {
  const organisation: CountryLayer = {
    name: 'organisation',
    countries: new Map(readCountries(store).map((row) => [row.region, row.state])),
    level: readSettings(store).level,
  };
  if (owner.kind === 'organisation') return [organisation];
  const { name } = owner;
  if (owner.kind === 'group') requireGroup(store, name);
  const groups = readGroups(store).filter((group) =>
    owner.kind === 'group' ? group.name === name : group.members.includes(name),
  );
  const shared = groups.length === 0 ? [organisation] : [layerOfGroups(groups), organisation];
  if (owner.kind === 'group') return shared;
  const exceptions = readExceptionsOf(store, name).filter((row) => counts(row, nowMs));
  const own: CountryLayer = {
    name: `extension ${name}`,
    countries: new Map(exceptions.flatMap((row) => statesOf(row)).sort(denialsLast)),
    level: requireExtension(store, name).level,
  };
  return [own, ...shared];
}

/** Several groups are one layer: a denial wins, and the narrowest level. */
function layerOfGroups(groups: readonly GroupRow[]): CountryLayer {
  const rows = groups.flatMap(({ countries }) =>
    countries.map(({ region, state }) => [region, state] as const),
  );
  const names = groups.map((group) => group.name).join(', ');
  return {
    name: `${groups.length === 1 ? 'group' : 'groups'} ${names}`,
    countries: new Map(rows.toSorted(denialsLast)),
    level: narrowestLevel(groups.map(({ level }) => level)),
  };
}

type State = readonly [Region, CountryRow['state']];

const denialsLast = (a: State, b: State) => Number(a[1] === 'deny') - Number(b[1] === 'deny');

const counts = ({ fromMs, untilMs }: ExceptionRow, nowMs: number) =>
  (fromMs ?? 0) <= nowMs && nowMs < (untilMs ?? Number.POSITIVE_INFINITY);

/** What asks for a PIN does not open by itself. */
const statesOf = ({ region, action }: ExceptionRow): State[] =>
  region === null ? [] : [[region, action === 'allow' ? 'allow' : 'deny']];

/** What the layers come to for each region that there is, in the order of the codes. */
export function regionStates(
  layers: readonly CountryLayer[],
  table: LevelTable,
  home: Region,
): readonly RegionState[] {
  return allRegions().map((region) => {
    if (region === home) return { region, open: true, by: 'home', layer: 'system', level: null };
    for (const { name, countries, level } of layers) {
      const state = countries.get(region);
      if (state !== undefined) {
        return { region, open: state === 'allow', by: 'country', layer: name, level: null };
      }
      if (level !== null) {
        return { region, open: isOpenedBy(table, level, region), by: 'level', layer: name, level };
      }
    }
    return { region, open: false, by: 'level', layer: 'organisation', level: 'closed' };
  });
}

/** The regions that are open, the home region aside. */
export function openRegions(
  layers: readonly CountryLayer[],
  table: LevelTable,
  home: Region,
): ReadonlySet<Region> {
  const states = regionStates(layers, table, home);
  return new Set(states.filter(({ open, by }) => open && by !== 'home').map(({ region }) => region));
}
