// Lengths of time as administrators write them: `90s`, `30m`, `2h`, `3d`, `2w`.

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** By the word of the unit; `min` is for those who take `m` for months. */
export const unitMs: Readonly<Record<string, number>> = {
  s: 1000,
  m: MINUTE_MS,
  min: MINUTE_MS,
  h: HOUR_MS,
  d: DAY_MS,
  w: 7 * DAY_MS,
};

/** Milliseconds; null for what is no length. Never throws. */
export function readLengthWord(word: string): number | null {
  const [, count, unit = ''] = /^([1-9]\d{0,5})(min|[smhdw])$/.exec(word) ?? [];
  return count === undefined ? null : Number(count) * (unitMs[unit] ?? 0);
}

/** The longest unit that it is a multiple of: `90s`, `15m`, `4h`, `7d`. */
export function lengthWord(ms: number): string {
  for (const [unit, size] of [['d', DAY_MS] as const, ['h', HOUR_MS] as const, ['m', MINUTE_MS] as const]) {
    if (ms % size === 0) return `${ms / size}${unit}`;
  }
  return `${Math.round(ms / 1000)}s`;
}
