// The lists of the barring levels in a database that has none yet.
import { readLevelCountries, writeLevelCountry, writeLevelNeighbour } from '../store/levels.ts';
import type { Store } from '../store/open.ts';
import type { Change } from './change.ts';
import { shippedLevels, type LevelLists, type ListedLevel } from './level-file.ts';

/** Inside a change: puts the shipped lists into a database that has none. One record tells of all of them. */
export function seedLevels(store: Store, lists?: LevelLists): readonly Change[] {
  if (readLevelCountries(store).length > 0) return [];
  const { countries, neighbours, sha256 } = lists ?? shippedLevels();
  for (const row of countries) writeLevelCountry(store, row);
  for (const row of neighbours) writeLevelNeighbour(store, row);
  const count = (level: ListedLevel) => countries.filter((row) => row.level === level).length;
  const after = {
    low: count('low'),
    medium: count('medium'),
    high: count('high'),
    neighbours: neighbours.length,
    sha256,
  };
  return [{ action: 'levels-loaded', subject: 'levels', before: null, after }];
}
