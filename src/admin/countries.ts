// Changing which countries and regions may be called.
import type { CountryRow } from '../barring/policy.ts';
import { readCountries, writeCountry } from '../store/countries.ts';
import { readSettings } from '../store/settings.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { readRegionWords, regionName } from './regions.ts';

/** Allows, denies, or with null forgets the regions that the words mean. */
export function setCountries(
  context: AdminContext,
  words: readonly string[],
  state: CountryRow['state'] | null,
): ChangeOutcome {
  const regions = readRegionWords(words);
  return changePolicy(context, () => {
    const { store } = context;
    const stored = new Map(readCountries(store).map((row) => [row.region, row.state]));
    const changes: Change[] = [];
    for (const region of regions) {
      const before = stored.get(region) ?? null;
      if (before === state) continue;
      writeCountry(store, region, state);
      const subject = `country ${region} (${regionName(region)})`;
      changes.push({ action: 'country-changed', subject, before, after: state });
    }
    return { changes, notices: noticesOf(readSettings(store), regions) };
  });
}

function noticesOf(settings: ReturnType<typeof readSettings>, regions: readonly string[]): readonly string[] {
  const home = settings['home-region'];
  return [
    ...(regions.includes(home)
      ? [`${home} is the home region: calls within it are national, whatever its entry says.`]
      : []),
    ...(settings.protection
      ? []
      : ['Protection is off, so no country is refused until `callwarden settings set protection on`.']),
  ];
}
