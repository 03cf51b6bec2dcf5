// Numbers and prefixes of many rules, found by the digits of one call: longest first, the same cost for ten and for 100,000.
import type { Entry } from './entry.ts';
import { createPackedEntries, type PackedEntries } from './packed-entries.ts';

export interface PatternIndex {
  /** By pattern; one entry stands alone, as most do. */
  readonly byPattern: Map<string, Entry | Entry[]>;
  /** Those that came when there were many already; null for none. */
  packed: PackedEntries | null;
  /** Bit n is set where a pattern of n characters exists, n up to the length of a head. */
  shortLengths: number;
  /** How longer patterns begin, and the bits of their lengths: no other length is looked up behind a head. */
  readonly longLengths: Map<string, number>;
}

/** An entry whose pattern a number begins with, or is. */
export interface Hit {
  readonly entry: Entry;
  readonly pattern: string;
}

/** Patterns are at most this long, `+` included: E.164 has 15 digits; it is also what the bits of lengths can hold. */
const PATTERN_LENGTH_MAX = 30;
/** Long enough that few numbers share the head of a rule, short enough that many rules share one. */
const HEAD_LENGTH = 7;
/** From so many patterns on, entries are packed. */
const PACKED_FROM = 256;

export function createPatternIndex(): PatternIndex {
  return { byPattern: new Map(), packed: null, shortLengths: 0, longLengths: new Map() };
}

/** Adds while the policy is compiled; a pattern that no number can begin with is left out. */
export function addPattern(index: PatternIndex, pattern: string, entry: Entry): void {
  const { length } = pattern;
  if (length === 0 || length > PATTERN_LENGTH_MAX) return;
  if (index.byPattern.size >= PACKED_FROM) index.packed ??= createPackedEntries();
  if (index.packed?.add(pattern, entry) !== true) addUnpacked(index, pattern, entry);
  if (length <= HEAD_LENGTH) {
    index.shortLengths |= 1 << length;
    return;
  }
  const head = pattern.slice(0, HEAD_LENGTH);
  index.longLengths.set(head, (index.longLengths.get(head) ?? 0) | (1 << length));
}

function addUnpacked({ byPattern }: PatternIndex, pattern: string, entry: Entry): void {
  const there = byPattern.get(pattern);
  if (there === undefined) byPattern.set(pattern, entry);
  else if (Array.isArray(there)) there.push(entry);
  else byPattern.set(pattern, [there, entry]);
}

/** All entries for a number, the longest pattern first; an exact one only where it is the whole number. */
export function hitsOf(index: PatternIndex, number: string): Hit[] {
  const hits: Hit[] = [];
  const behindHead = index.longLengths.size === 0 ? 0 : index.longLengths.get(number.slice(0, HEAD_LENGTH));
  const lengths = index.shortLengths | (behindHead ?? 0);
  for (let length = Math.min(number.length, PATTERN_LENGTH_MAX); length > 0; length -= 1) {
    if ((lengths & (1 << length)) === 0) continue;
    const pattern = length === number.length ? number : number.slice(0, length);
    for (const entry of entriesAt(index, pattern)) {
      if (!entry.exact || length === number.length) hits.push({ entry, pattern });
    }
  }
  return hits;
}

const none: readonly Entry[] = [];

function entriesAt({ byPattern, packed }: PatternIndex, pattern: string): readonly Entry[] {
  const found = byPattern.get(pattern);
  const unpacked = found === undefined ? none : Array.isArray(found) ? found : [found];
  if (packed === null) return unpacked;
  const more = packed.at(pattern);
  return unpacked.length === 0 ? more : [...unpacked, ...more];
}
