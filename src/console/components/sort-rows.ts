// Rows in the order of one column: text as the language sorts it, numbers by size, what is missing last.
import { compareText } from '../i18n/format.ts';

export type SortKey = string | number | null;

export function sortRows<Row>(
  rows: readonly Row[],
  by: (row: Row) => SortKey,
  down: boolean,
): readonly Row[] {
  const sign = down ? -1 : 1;
  return rows.toSorted((one, other) => {
    const [left, right] = [by(one), by(other)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * compareText(String(left), String(right));
  });
}
