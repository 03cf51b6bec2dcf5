// Pages of a list that is read as a whole.

interface Page {
  readonly limit: number;
  /** The `next` of the page before, whose last row may be gone. */
  readonly cursor?: string | undefined;
}

/** In the order of the keys, of which no two are the same. */
export function pageRows<Row>(
  rows: readonly Row[],
  keyOf: (row: Row) => string,
  { limit, cursor }: Page,
): { readonly rows: readonly Row[]; readonly next: string | null } {
  const keyed = rows
    .map((row) => ({ row, key: keyOf(row) }))
    .filter(({ key }) => cursor === undefined || key > cursor)
    .toSorted((left, right) => (left.key < right.key ? -1 : 1));
  const page = keyed.slice(0, limit);
  return {
    rows: page.map(({ row }) => row),
    next: keyed.length > limit ? (page.at(-1)?.key ?? null) : null,
  };
}

/** Keys of numbers in their order. */
export const numberKey = (number: number): string => String(number).padStart(15, '0');
