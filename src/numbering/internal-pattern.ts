// Internal extensions as Asterisk patterns of fixed length (`1XXX`, `[2-4]XX`) or as plain digits.
import { patternPlaces } from './asterisk-pattern.ts';
import type { Place } from './asterisk-pattern.ts';

export interface InternalPattern {
  /** As it stands in the settings, without a leading underscore. */
  readonly source: string;
  readonly places: readonly Place[];
  readonly pattern: RegExp;
  /** A plain extension, written out: wins over everything but emergency numbers. */
  readonly literal: boolean;
}

/** Longer internal numbers would look like numbers of the public network. */
const internalDigitsMax = 12;

/** The compiled pattern, or null where it is not one: open ends (`.`, `!`) would take numbers of the public network. */
export function compileInternalPattern(text: string): InternalPattern | null {
  const source = text.startsWith('_') ? text.slice(1) : text;
  const places = patternPlaces(source);
  if (places === null || places.length > internalDigitsMax) return null;
  return {
    source,
    places,
    pattern: new RegExp(`^${places.map((place) => `[${place}]`).join('')}$`),
    literal: places.every((place) => place.length === 1),
  };
}
