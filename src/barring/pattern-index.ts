// Numbers and prefixes of many rules, found by the digits of one call: longest first, the same cost for ten and for 100,000.
import type { Entry } from './entry.ts';

export interface PatternIndex {
  /** By pattern; one entry stands alone, as most do. */
  readonly byPattern: Map<string, Entry | Entry[]>;
  /** Bit n is set where a pattern of n characters exists. */
  lengths: number;
  /** How the longer patterns begin: a number that begins otherwise is not looked up at their lengths. */
  readonly heads: Set<string>;
}

/** An entry whose pattern a number begins with, or is. */
export interface Hit {
  readonly entry: Entry;
  readonly pattern: string;
}

/** Patterns are at most this long, `+` included: E.164 has 15 digits; it is also what the bits of `lengths` can hold. */
const PATTERN_LENGTH_MAX = 30;
/** Long enough that few numbers share the head of a rule, short enough that many rules share one. */
const HEAD_LENGTH = 7;

export function createPatternIndex(): PatternIndex {
  return { byPattern: new Map(), lengths: 0, heads: new Set() };
}

/** Adds while the policy is compiled; a pattern that no number can begin with is left out. */
export function addPattern(index: PatternIndex, pattern: string, entry: Entry): void {
  if (pattern === '' || pattern.length > PATTERN_LENGTH_MAX) return;
  const there = index.byPattern.get(pattern);
  if (there === undefined) index.byPattern.set(pattern, entry);
  else if (Array.isArray(there)) there.push(entry);
  else index.byPattern.set(pattern, [there, entry]);
  index.lengths |= 1 << pattern.length;
  if (pattern.length > HEAD_LENGTH) index.heads.add(pattern.slice(0, HEAD_LENGTH));
}

/** All entries for a number, the longest pattern first; an exact one only where it is the whole number. */
export function hitsOf(index: PatternIndex, number: string): Hit[] {
  const hits: Hit[] = [];
  const isHead = index.heads.has(number.slice(0, HEAD_LENGTH));
  const longest = Math.min(number.length, isHead ? PATTERN_LENGTH_MAX : HEAD_LENGTH);
  for (let length = longest; length > 0; length -= 1) {
    if ((index.lengths & (1 << length)) === 0) continue;
    const pattern = length === number.length ? number : number.slice(0, length);
    const found = index.byPattern.get(pattern);
    if (found === undefined) continue;
    for (const entry of Array.isArray(found) ? found : [found]) {
      if (!entry.exact || length === number.length) hits.push({ entry, pattern });
    }
  }
  return hits;
}
