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

/** Gives the region this place, whatever it had before. */
export function writeLevelCountry(store: Store, row: LevelCountryRow): void {
  store.db
    .prepare(
      `INSERT INTO level_countries (region, level, reason) VALUES (?, ?, ?)
       ON CONFLICT (region) DO UPDATE SET level = excluded.level, reason = excluded.reason`,
    )
    .run(row.region, row.level, row.reason);
}

/** The region is then opened by `open` alone. */
export function deleteLevelCountry(store: Store, region: string): void {
  store.db.prepare('DELETE FROM level_countries WHERE region = ?').run(region);
}

export function writeLevelNeighbour(store: Store, { home, region }: LevelNeighbourRow): void {
  store.db.prepare('INSERT OR IGNORE INTO level_neighbours (home, region) VALUES (?, ?)').run(home, region);
}

export function deleteLevelNeighbour(store: Store, { home, region }: LevelNeighbourRow): void {
  store.db.prepare('DELETE FROM level_neighbours WHERE home = ? AND region = ?').run(home, region);
}
