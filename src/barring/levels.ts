// Barring levels: which regions a level opens, as seen from the home region.
import type { Region } from '../numbering/destination.ts';
import { levelNames, type LevelCountryRow, type LevelName, type LevelNeighbourRow } from './policy.ts';

/** Region -> how far a level must reach to open it: 1 low to 4 open. A region that is not here needs 4. */
export type LevelTable = ReadonlyMap<Region, number>;

const LOW = levelNames.indexOf('low');
const OPEN = levelNames.indexOf('open');

/** A neighbour of the home region counts one level lower. Should two rows name a region, the narrower one counts. */
export function compileLevels(
  rows: readonly LevelCountryRow[],
  neighbours: readonly LevelNeighbourRow[],
  home: Region,
): LevelTable {
  const table = new Map<Region, number>();
  for (const { region, level } of rows) {
    table.set(region, Math.max(table.get(region) ?? 0, levelNames.indexOf(level)));
  }
  const near = new Set(neighbours.filter((row) => row.home === home).map(({ region }) => region));
  for (const region of near) table.set(region, Math.max(LOW, (table.get(region) ?? OPEN) - 1));
  return table;
}

/** Codes without a country, and what belongs to no region, are opened by no level: they must be allowed by name. */
export function isOpenedBy(table: LevelTable, level: LevelName, region: Region): boolean {
  if (!/^[A-Z]/.test(region)) return false;
  return levelNames.indexOf(level) >= (table.get(region) ?? OPEN);
}

/** Of several levels the one that opens least; null for none. */
export function narrowestLevel(levels: readonly (LevelName | null)[]): LevelName | null {
  return levelNames.find((name) => levels.includes(name)) ?? null;
}
