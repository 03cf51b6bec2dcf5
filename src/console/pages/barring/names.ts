// Countries, codes of no country, kinds of numbers and levels as the page calls them.
import type { Country } from '../../../http/api/region-forms.ts';
import { countryName, plainText } from '../../i18n/format.ts';
import { camel } from '../../i18n/named.ts';
import { t, tOr } from '../../i18n/t.tsx';

/** `France`; `+870 · Inmarsat satellite`. */
export function regionLabel(region: string): string {
  if (!region.startsWith('+')) return countryName(region);
  const name = tOr(`barring.code${region.slice(1)}`, '');
  return name === '' ? region : `${region} · ${name}`;
}

/** An item of a preview: a region, or a kind of number at home. */
export function itemLabel(item: string): string {
  const [kind = '', name = ''] = item.split(':');
  if (kind === 'premium') return t('barring.itemPremium', { what: tOr(`barring.${classKey(name)}`, name) });
  if (kind === 'home') return tOr(`barring.home_${name}`, name);
  return regionLabel(item);
}

/** `shared-cost` is `classSharedCost`. */
export function classKey(name: string): string {
  return `class${camel(name)}`;
}

export const levelLabel = (level: string): string => tOr(`barring.level${camel(level)}`, level);
/** The list in which a country stands. */
export const placeLabel = (level: string | null): string =>
  level === null ? t('barring.inNoList') : levelLabel(level);
export const continentLabel = (continent: string): string =>
  tOr(`barring.continent${camel(continent)}`, continent);

/** Where the state of a country comes from. */
export function originLabel({ by, level }: Country['from']): string {
  if (by === 'home') return t('barring.fromHome');
  if (by === 'country') return t('barring.fromDecision');
  return t('barring.fromLevel', { level: levelLabel(level ?? 'closed') });
}

/** By name in any writing, by ISO code, by dialling code with `+`, `00` or bare, and by continent. */
export function isFound(country: Country, text: string): boolean {
  const wanted = plainText(text.trim());
  if (wanted === '') return true;
  const { region, name, callingCode, continent } = country;
  const digits = wanted.replace(/^(?:\+|00)/, '');
  if (/^\d+$/.test(digits)) return callingCode.slice(1).startsWith(digits);
  const words = [regionLabel(region), name, continentLabel(continent)].map(plainText);
  return words.some((word) => word.includes(wanted)) || region.toLowerCase() === wanted;
}
