// What the policy names: regions and numbers, each with the places that name them.
import type { Region } from '../numbering/destination.ts';
import { readAuthorisedLists } from '../store/authorised-lists.ts';
import { readCountries } from '../store/countries.ts';
import { readExceptions } from '../store/exceptions.ts';
import { readGroups } from '../store/groups.ts';
import { readLevelCountries } from '../store/levels.ts';
import type { Store } from '../store/open.ts';
import { eachRule } from '../store/rules.ts';
import { numbersText } from './rule-words.ts';

export interface NamedNumber {
  /** E.164 with `+`, or a short number as dialled. */
  readonly pattern: string;
  readonly exact: boolean;
  /** `+338921*`. */
  readonly text: string;
  /** `rule 12`, `exception 3 of 1001`, `list partners (Ana Gómez)`. */
  readonly by: string[];
}

/** `level low`, `country FR allowed`, `group sales: FR denied`, `list partners: FR`, `exception 3 of 1001`. */
export function namedRegions(store: Store): ReadonlyMap<Region, readonly string[]> {
  const named = new Map<Region, string[]>();
  const add = (region: Region, by: string) => {
    const places = named.get(region);
    if (places) places.push(by);
    else named.set(region, [by]);
  };
  const stateText = (state: 'allow' | 'deny') => (state === 'allow' ? 'allowed' : 'denied');
  for (const { region, level } of readLevelCountries(store)) add(region, `level ${level}`);
  for (const { region, state } of readCountries(store)) add(region, `country ${region} ${stateText(state)}`);
  for (const { name, countries } of readGroups(store)) {
    for (const { region, state } of countries) add(region, `group ${name}: ${region} ${stateText(state)}`);
  }
  for (const { name, countries } of readAuthorisedLists(store)) {
    for (const region of countries) add(region, `list ${name}: ${region}`);
  }
  for (const { id, extension, region } of readExceptions(store)) {
    if (region !== null) add(region, `exception ${id} of ${extension}`);
  }
  return named;
}

/** Every number and prefix of rules, exceptions and lists of which `wanted` says so, each once. */
export function namedNumbers(store: Store, wanted: (pattern: string) => boolean): readonly NamedNumber[] {
  const named = new Map<string, NamedNumber>();
  const add = (pattern: string, exact: boolean, by: string) => {
    if (!wanted(pattern)) return;
    const text = numbersText({ pattern, exact });
    const known = named.get(text);
    if (known) known.by.push(by);
    else named.set(text, { pattern, exact, text, by: [by] });
  };
  for (const { id, pattern, exact } of eachRule(store)) add(pattern, exact, `rule ${id}`);
  for (const { id, extension, pattern, exact } of readExceptions(store)) {
    if (pattern !== null) add(pattern, exact, `exception ${id} of ${extension}`);
  }
  for (const { name, entries } of readAuthorisedLists(store)) {
    for (const { number, firstName, lastName } of entries) {
      const person = [firstName, lastName].filter(Boolean).join(' ');
      add(number, true, person === '' ? `list ${name}` : `list ${name} (${person})`);
    }
  }
  return [...named.values()];
}
