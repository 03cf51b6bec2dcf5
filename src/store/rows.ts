// How values of the policy stand in columns: switches as 0 and 1, lists as JSON.

/** 0 or 1, as SQLite has no booleans. */
export const asBit = (value: boolean): 0 | 1 => (value ? 1 : 0);

/** A column that holds a JSON list of words; anything else in it reads as none. */
export function wordsOf<Word extends string>(json: string, known?: readonly Word[]): readonly Word[] {
  const parsed: unknown = JSON.parse(json);
  if (!Array.isArray(parsed)) return [];
  const isWord = (item: unknown): item is Word =>
    typeof item === 'string' && (known === undefined || (known as readonly string[]).includes(item));
  return parsed.filter(isWord);
}

/** The rows by the value of one of their columns, in their order. */
export function groupedBy<Row, Key>(
  rows: Iterable<Row>,
  keyOf: (row: Row) => Key,
): ReadonlyMap<Key, readonly Row[]> {
  return Map.groupBy(rows, keyOf);
}

/** What stands under a name in a table: the other's name, or its id. */
export interface Tie<Other = string> {
  readonly name: string;
  readonly tie: Other;
}

/** Numbers as people sort them: shorter ones first, so that 999 stands before 1000. */
export function shorterFirst(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : Number(left > right));
}
