// Country rows of a layer as entries.
import type { Region } from '../numbering/destination.ts';
import type { Entry } from './entry.ts';
import type { CountryRow } from './policy.ts';

const entryOf = (action: CountryRow['state']): Entry =>
  Object.freeze({
    kind: 'country',
    id: 0,
    action,
    exact: false,
    premium: false,
    observe: false,
    fromMs: null,
    untilMs: null,
    reason: '',
  });

const allowed = entryOf('allow');
const denied = entryOf('deny');

/** By region; null where there are none. Should two rows name one region, both stand, and the refusal wins the tie. */
export function countryEntries(rows: readonly CountryRow[]): Map<Region, Entry[]> | null {
  if (rows.length === 0) return null;
  const entries = new Map<Region, Entry[]>();
  for (const { region, state } of rows) {
    const entry = state === 'allow' ? allowed : denied;
    const there = entries.get(region);
    if (there) there.push(entry);
    else entries.set(region, [entry]);
  }
  return entries;
}
