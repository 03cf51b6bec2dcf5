// A chart over time has every day, also those in which nothing was.

const DAY_MS = 86_400_000;
/** More than a year of bars is no chart. */
const DAYS_MAX = 400;

/** Fewer days are told by the figures above. */
export const CHART_DAYS_MIN = 2;

export interface Days<Row> {
  /** Midnight of each day by the clock of the browser. */
  readonly moments: readonly number[];
  /** Undefined where nothing was. */
  readonly rows: readonly (Row | undefined)[];
}

/** `dayOf`: such as `2026-11-21`. `since` in milliseconds; without it from the first row on. To today. */
export function everyDay<Row>(
  rows: readonly Row[],
  dayOf: (row: Row) => string,
  since: number | undefined,
  nowMs: number,
): Days<Row> {
  const known = new Map(rows.map((row) => [dayOf(row), row] as const));
  const first = since === undefined ? [...known.keys()].toSorted()[0] : localDay(since);
  const days: string[] = [];
  const last = localDay(nowMs);
  // By UTC, where every day has 24 hours.
  for (let at = Date.parse(last); days.length < DAYS_MAX; at -= DAY_MS) {
    const day = new Date(at).toISOString().slice(0, last.length);
    if (first === undefined || day < first) break;
    days.unshift(day);
  }
  return {
    moments: days.map((day) => new Date(`${day}T00:00`).getTime()),
    rows: days.map((day) => known.get(day)),
  };
}

function localDay(atMs: number): string {
  const at = new Date(atMs);
  const two = (value: number) => String(value).padStart(2, '0');
  return [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join('-');
}
