// Countries and regions in the administrator's words: codes, names, and the codes that belong to no country.
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import type { Region } from '../numbering/destination.ts';
import { knownRegions } from '../numbering/region-data.ts';

/** ITU-T E.164's list of assigned country codes names them; CLDR does not. */
const namesOfPseudoRegions: Readonly<Record<Region, string>> = {
  '+800': 'International freephone',
  '+808': 'International shared cost',
  '+870': 'Inmarsat satellite',
  '+878': 'Universal personal numbers',
  '+881': 'Global mobile satellite',
  '+882': 'International networks',
  '+883': 'International networks',
  '+888': 'Disaster relief',
  '+979': 'International premium rate',
};

/** What people write where ISO has another code. */
const otherCodes: Readonly<Record<string, Region>> = { UK: 'GB', USA: 'US', UAE: 'AE' };

const english = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });

/** The English name, or the code itself where it has none. */
export function regionName(region: Region): string {
  if (region.startsWith('+')) return namesOfPseudoRegions[region] ?? region;
  return english.of(region) ?? region;
}

/** Every region that a call can lead to, in the order of the codes; those without a country come first. */
export function allRegions(): readonly Region[] {
  return [...knownRegions()].sort();
}

/** Letters and digits only, without accents, so that "Cote d'Ivoire" finds Côte d’Ivoire. */
const plain = (text: string) =>
  text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9+]/g, '');

/**
 * The regions that the words mean: ISO codes in any case, `+870`, or English names; each once, in the order
 * given. Throws one `AppError('invalid')` that names every word that is none, with what it may have meant.
 */
export function readRegionWords(words: readonly string[]): readonly Region[] {
  const regions = knownRegions();
  const byPlainName = new Map(regions.map((region) => [plain(regionName(region)), region]));
  const found = new Set<Region>();
  const problems: string[] = [];
  const find = (word: string): Region | undefined => {
    const code = word.toUpperCase();
    if (regions.includes(code)) return code;
    return otherCodes[code] ?? byPlainName.get(plain(word));
  };
  const parts = words.flatMap((text) => text.split(',')).map((part) => part.trim());
  for (const word of parts.flatMap((part) => (find(part) ? [part] : part.split(/\s+/)))) {
    if (word === '') continue;
    const region = find(word);
    if (region === undefined) problems.push(unknownRegion(word, regions));
    else found.add(region);
  }
  const [first] = problems;
  if (problems.length === 1 && first !== undefined) throw new AppError('invalid', first);
  if (problems.length > 1) {
    throw new AppError('invalid', 'Some of these are no countries. Nothing was changed.', {
      details: problems,
    });
  }
  if (found.size === 0) throw new AppError('invalid', 'Name at least one country, such as AR or +870.');
  return [...found];
}

function unknownRegion(word: string, regions: readonly Region[]): string {
  const names = new Map(regions.map((region) => [regionName(region), region]));
  const near = word.length > 3 ? nearestWord(word, [...names.keys()]) : null;
  const hint =
    near === null
      ? '`callwarden country list --all` shows all codes.'
      : `Did you mean ${names.get(near) ?? ''} (${near})?`;
  return `${JSON.stringify(word)} is no country code. ${hint}`;
}
