// The part of Asterisk's extension patterns that numbering uses: places of fixed number, each a set of characters.

/** One place of a pattern: the characters that may stand there. */
export type Place = string;

const letters: Readonly<Record<string, Place>> = { X: '0123456789', Z: '123456789', N: '23456789' };
const atoms = /[0-9*#]|[XZN]|\[(?:[0-9](?:-[0-9])?)+\]/gi;

/** The places of a pattern without its underscore; null for anything else, open ends (`.`, `!`) included. */
export function patternPlaces(source: string): readonly Place[] | null {
  const found = source.match(atoms) ?? [];
  if (found.length === 0 || found.join('') !== source) return null;
  const places = found.map((atom) => placeOf(atom));
  return places.every((place) => place !== '') ? places : null;
}

/** The shortest way to write a set of digits: `7`, `X`, `N`, `[13-5]`. */
export function placeSource(place: Place): string {
  const digits = [...new Set(place.split(''))].sort();
  const joined = digits.join('');
  if (joined.length === 1) return joined;
  const letter = Object.keys(letters).find((name) => letters[name] === joined);
  if (letter !== undefined) return letter;
  return `[${withRanges(joined)}]`;
}

/** True where a string that the places match can begin with `beginning`, or be a beginning of it. */
export function canBeginWith(places: readonly Place[], beginning: string): boolean {
  return beginning.split('').every((char, index) => places[index]?.includes(char) ?? true);
}

function placeOf(atom: string): Place {
  const letter = letters[atom.toUpperCase()];
  if (letter !== undefined) return letter;
  if (!atom.startsWith('[')) return atom;
  return atom.slice(1, -1).replace(/(\d)-(\d)/g, (_, low: string, high: string) => digitsFrom(low, high));
}

/** Nothing for a range that runs backwards. */
function digitsFrom(low: string, high: string): string {
  return '0123456789'.slice(Number(low), Number(high) + 1);
}

/** Writes each run of three or more neighbours as a range. */
function withRanges(digits: string): string {
  let written = '';
  let start = 0;
  while (start < digits.length) {
    let end = start;
    while (Number(digits.charAt(end + 1)) === Number(digits.charAt(end)) + 1) end += 1;
    written +=
      end - start >= 2 ? `${digits.charAt(start)}-${digits.charAt(end)}` : digits.slice(start, end + 1);
    start = end + 1;
  }
  return written;
}
