// When two pieces of plain data say the same.

/** For data whose keys stand in the same order. */
export function isSame(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

/** For data from two sources, whose keys may stand in any order. */
export function saysTheSame(before: unknown, after: unknown): boolean {
  return isSame(canonical(before), canonical(after));
}

/** With the keys of every object in one order. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, canonical(item)] as const);
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
