// What somebody has changed on the page and not saved yet: kept apart from what holds, so that it can be shown, sent and dropped.
import type { Barring, BarringProposal } from '../../../http/api/routes/barring.ts';

export type CountryState = 'allow' | 'deny';
/** The levels that have a list. */
export type ListedLevel = Barring['places'][number]['level'];

/** In which list a country stands, and why; in none, the level open alone opens it. */
export interface Place {
  readonly level: ListedLevel | null;
  readonly reason: string;
}

export interface Draft {
  /** Words by key; only what differs from what holds. */
  readonly settings: ReadonlyMap<string, readonly string[]>;
  /** Null: nothing is to be said by name any more. */
  readonly countries: ReadonlyMap<string, CountryState | null>;
  readonly places: ReadonlyMap<string, Place>;
}

export const emptyDraft: Draft = { settings: new Map(), countries: new Map(), places: new Map() };

export const draftSize = ({ settings, countries, places }: Draft): number =>
  settings.size + countries.size + places.size;

const isList = (value: unknown): value is readonly string[] => Array.isArray(value);

/** The words of a setting that holds. */
export function wordsOf({ settings }: Barring, key: string): readonly string[] {
  const found = settings.find((row) => row.key === key);
  if (found === undefined) return [];
  if (isList(found.value)) return found.value;
  return [found.text];
}

/** With what is not saved yet. */
export function draftWords(held: Barring, draft: Draft, key: string): readonly string[] {
  return draft.settings.get(key) ?? wordsOf(held, key);
}

const same = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((word, place) => word === other[place]);

export function withWords(held: Barring, draft: Draft, key: string, words: readonly string[]): Draft {
  const settings = new Map(draft.settings);
  if (same(words, wordsOf(held, key))) settings.delete(key);
  else settings.set(key, words);
  return { ...draft, settings };
}

const heldState = ({ countries }: Barring, region: string): CountryState | null =>
  countries.find((row) => row.region === region)?.state ?? null;

/** Said by name, with what is not saved yet. */
export function draftState(held: Barring, draft: Draft, region: string): CountryState | null {
  const wanted = draft.countries.get(region);
  return wanted === undefined ? heldState(held, region) : wanted;
}

export function withCountries(
  held: Barring,
  draft: Draft,
  regions: Iterable<string>,
  state: CountryState | null,
): Draft {
  const countries = new Map(draft.countries);
  for (const region of regions) {
    if (heldState(held, region) === state) countries.delete(region);
    else countries.set(region, state);
  }
  return { ...draft, countries };
}

const NOWHERE: Place = { level: null, reason: '' };

/** The list that holds. */
export const heldPlace = ({ places }: Barring, region: string): Place =>
  places.find((row) => row.region === region) ?? NOWHERE;

/** With what is not saved yet. */
export const draftPlace = (held: Barring, draft: Draft, region: string): Place =>
  draft.places.get(region) ?? heldPlace(held, region);

/** An empty reason leaves the one that is there. */
export function withPlaces(held: Barring, draft: Draft, regions: Iterable<string>, place: Place): Draft {
  const places = new Map(draft.places);
  for (const region of regions) {
    const before = heldPlace(held, region);
    const reason = place.level === null || place.reason !== '' ? place.reason : before.reason;
    const isSame = before.level === place.level && (place.level === null || before.reason === reason);
    if (isSame) places.delete(region);
    else places.set(region, { level: place.level, reason });
  }
  return { ...draft, places };
}

/** What was saved by others meanwhile is no difference any more. */
export function rebased(held: Barring, draft: Draft): Draft {
  let next = emptyDraft;
  for (const [key, words] of draft.settings) next = withWords(held, next, key, words);
  for (const [region, state] of draft.countries) next = withCountries(held, next, [region], state);
  for (const [region, place] of draft.places) next = withPlaces(held, next, [region], place);
  return next;
}

/** As the API takes it. An empty list is written as `none`. */
export function proposalOf({ settings, countries, places }: Draft): BarringProposal {
  const named = (state: CountryState | null) =>
    [...countries].filter(([, wanted]) => wanted === state).map(([region]) => region);
  const [allow, deny, reset] = [named('allow'), named('deny'), named(null)];
  return {
    ...(settings.size === 0
      ? {}
      : {
          settings: Object.fromEntries(
            [...settings].map(([key, words]) => [key, words.length === 0 ? ['none'] : [...words]]),
          ),
        }),
    ...(countries.size === 0
      ? {}
      : {
          countries: {
            ...(allow.length === 0 ? {} : { allow }),
            ...(deny.length === 0 ? {} : { deny }),
            ...(reset.length === 0 ? {} : { reset }),
          },
        }),
    ...(places.size === 0 ? {} : { places: placesOf(places) }),
  };
}

/** Those with the same list and reason together. */
function placesOf(places: Draft['places']): NonNullable<BarringProposal['places']> {
  const groups = Map.groupBy(places, ([, { level, reason }]) => `${level ?? ''} ${reason}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const [, { level, reason }] = first;
    return [{ regions: group.map(([region]) => region), level, ...(reason === '' ? {} : { reason }) }];
  });
}

export const premiumClasses = ['premium', 'shared-cost', 'personal', 'satellite', 'directory'] as const;
export type PremiumClass = (typeof premiumClasses)[number];

/** The classes that are on, with what is not saved yet. */
export function draftClasses(held: Barring, draft: Draft): readonly PremiumClass[] {
  if (draftWords(held, draft, 'premium')[0] === 'on') return premiumClasses;
  const on = draftWords(held, draft, 'premium-classes');
  return premiumClasses.filter((name) => on.includes(name));
}

export function withClasses(held: Barring, draft: Draft, on: readonly PremiumClass[]): Draft {
  const all = on.length === premiumClasses.length;
  const next = withWords(held, draft, 'premium', [all ? 'on' : 'off']);
  return withWords(held, next, 'premium-classes', all ? [] : on);
}

/** A draft with what it is about, and the way to change it. */
export interface Editing {
  readonly held: Barring;
  readonly draft: Draft;
  readonly setDraft: (draft: Draft) => void;
  /** False for who may only look. */
  readonly editable: boolean;
}
