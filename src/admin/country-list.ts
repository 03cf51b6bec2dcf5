// Countries and regions as people look at them: what was said by name, and what holds in the end.
import type { CountryRow } from '../barring/policy.ts';
import type { Region } from '../numbering/destination.ts';
import type { Store } from '../store/open.ts';
import { readSettings } from '../store/settings.ts';
import { layersOf, levelTableOf, regionStates, type LayerOwner, type RegionState } from './open-regions.ts';
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

function fromText({ by, level, layer }: RegionState, own: string | undefined): string {
  if (by === 'home') return 'home region';
  const what = by === 'country' ? 'by name' : `level ${level ?? 'closed'}`;
  return layer === own ? what : `${layer}, ${what}`;
}
