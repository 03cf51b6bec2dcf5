// Countries and regions as people look at them: what was said by name, and what holds in the end.
import type { CountryRow, LevelCountryRow } from '../barring/policy.ts';
import type { Region } from '../numbering/destination.ts';
import { regionData, regionsOfCallingCode } from '../numbering/region-data.ts';
import type { Store } from '../store/open.ts';
import { readSettings } from '../store/settings.ts';
import { continentOf, type Continent } from './continents.ts';
import {
  layersOf,
  levelListsOf,
  levelTableOf,
  regionStates,
  type LayerOwner,
  type RegionState,
} from './open-regions.ts';
import { regionName } from './regions.ts';

export interface ShownCountry {
  readonly region: Region;
  readonly name: string;
  /** Said by name at this layer; null for nothing. */
  readonly state: CountryRow['state'] | null;
  /** Open in the end, for somebody with the right to call abroad. */
  readonly open: boolean;
  /** Why: `by name`, `level low`, `home region`; with the layer where it is another one. */
  readonly from: string;
}

/** In the order of the codes; only those named at this layer unless `all`. */
export function listCountries(
  store: Store,
  owner: LayerOwner,
  all: boolean,
  nowMs: number,
): readonly ShownCountry[] {
  const layers = layersOf(store, owner, nowMs);
  const own = layers[0]?.countries;
  const states = regionStates(layers, levelTableOf(store), readSettings(store)['home-region']);
  return states
    .filter(({ region }) => all || own?.has(region) === true)
    .map((state) => ({
      region: state.region,
      name: regionName(state.region),
      state: own?.get(state.region) ?? null,
      open: state.open,
      from: fromText(state, layers[0]?.name),
    }));
}

/** All about one region that a table of countries shows. */
export interface CountryOfTable {
  readonly region: Region;
  readonly name: string;
  /** With `+`. */
  readonly callingCode: string;
  readonly continent: Continent;
  /** The other regions behind the calling code, the main one first. */
  readonly sharedWith: readonly Region[];
  /** The list of the levels in which it stands; null: the level open alone opens it. */
  readonly risk: LevelCountryRow['level'] | null;
  /** Said by name at this layer; null for nothing. */
  readonly state: CountryRow['state'] | null;
  readonly open: boolean;
  readonly from: Pick<RegionState, 'by' | 'layer' | 'level'>;
}

/** Every region, in the order of the codes. */
export function countryTable(store: Store, owner: LayerOwner, nowMs: number): readonly CountryOfTable[] {
  const layers = layersOf(store, owner, nowMs);
  const own = layers[0]?.countries;
  const lists = levelListsOf(store);
  const risks = new Map(lists.countries.map(({ region, level }) => [region, level]));
  const states = regionStates(layers, levelTableOf(store), readSettings(store)['home-region']);
  return states.map(({ region, open, by, layer, level }) => {
    const code = regionData(region)?.callingCode ?? '';
    return {
      region,
      name: regionName(region),
      callingCode: `+${code}`,
      continent: continentOf(region),
      sharedWith: (regionsOfCallingCode(code) ?? []).filter((other) => other !== region),
      risk: risks.get(region) ?? null,
      state: own?.get(region) ?? null,
      open,
      from: { by, layer, level },
    };
  });
}

function fromText({ by, level, layer }: RegionState, own: string | undefined): string {
  if (by === 'home') return 'home region';
  const what = by === 'country' ? 'by name' : `level ${level ?? 'closed'}`;
  return layer === own ? what : `${layer}, ${what}`;
}
