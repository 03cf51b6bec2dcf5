// The rows of the barring levels: which country opens from which level on, and who is whose neighbour.
import type { LevelCountryRow, LevelNeighbourRow } from '../barring/policy.ts';
import type { Store } from './open.ts';

/** In the order of the codes. */
export function readLevelCountries(store: Store): readonly LevelCountryRow[] {
  const sql = 'SELECT region, level, reason FROM level_countries ORDER BY region';
  return store.db.prepare<[], LevelCountryRow>(sql).all();
}

/** Of all home regions, or of one. */
export function readLevelNeighbours(store: Store, home?: string): readonly LevelNeighbourRow[] {
  const sql =
    'SELECT home, region FROM level_neighbours WHERE @home IS NULL OR home = @home ORDER BY home, region';
  return store.db.prepare<[{ home: string | null }], LevelNeighbourRow>(sql).all({ home: home ?? null });
}
