// The rows of the allowed and denied countries and regions.
import type { CountryRow } from '../barring/policy.ts';
import type { Region } from '../numbering/destination.ts';
import type { Store } from './open.ts';

/** In the order of their codes. */
export function readCountries(store: Store): readonly CountryRow[] {
  return store.db.prepare<[], CountryRow>('SELECT region, state FROM countries ORDER BY region').all();
}

/** `null` takes the row away: the region is then neither allowed nor denied by name. */
export function writeCountry(store: Store, region: Region, state: CountryRow['state'] | null): void {
  if (state === null) {
    store.db.prepare('DELETE FROM countries WHERE region = ?').run(region);
    return;
  }
  store.db
    .prepare(
      `INSERT INTO countries (region, state) VALUES (?, ?)
       ON CONFLICT (region) DO UPDATE SET state = excluded.state`,
    )
    .run(region, state);
}

/** The same for one group, which must exist. */
export function writeGroupCountry(
  store: Store,
  group: string,
  region: Region,
  state: CountryRow['state'] | null,
): void {
  if (state === null) {
    store.db.prepare('DELETE FROM group_countries WHERE group_name = ? AND region = ?').run(group, region);
    return;
  }
  store.db
    .prepare(
      `INSERT INTO group_countries (group_name, region, state) VALUES (?, ?, ?)
       ON CONFLICT (group_name, region) DO UPDATE SET state = excluded.state`,
    )
    .run(group, region, state);
}
