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
