// Whose the extensions are, as answers and events have told: a name stands beside its extension wherever that is shown.
import { signal } from '@preact/signals';

/** Beyond so many, those that were told longest ago are forgotten. */
const NAMES_MAX = 20_000;

const known = signal<ReadonlyMap<string, string>>(new Map());

/** The `names` of an answer or an event, where it has any. */
export function learnNames(told: unknown): void {
  if (typeof told !== 'object' || told === null || !('names' in told)) return;
  const { names } = told;
  if (typeof names !== 'object' || names === null) return;
  const fresh = Object.entries(names).filter(
    (entry): entry is [string, string] =>
      typeof entry[1] === 'string' && known.peek().get(entry[0]) !== entry[1],
  );
  if (fresh.length === 0) return;
  const all = [...known.peek(), ...fresh];
  known.value = new Map(all.slice(-NAMES_MAX));
}

/** Of users as they are shown, one or a page of them: who has no name any more is called by none from then on. */
export function learnUsers(told: unknown): void {
  if (typeof told !== 'object' || told === null) return;
  const rows: readonly unknown[] = 'rows' in told && Array.isArray(told.rows) ? told.rows : [told];
  const names = rows.flatMap((row) => {
    if (typeof row !== 'object' || row === null || !('extension' in row) || !('name' in row)) return [];
    const { extension, name } = row;
    return typeof extension === 'string' && (name !== '' || nameOf(extension) !== '')
      ? [[extension, name]]
      : [];
  });
  learnNames({ names: Object.fromEntries(names) });
}

/** '' where none is known. */
export const nameOf = (extension: string): string => known.value.get(extension) ?? '';

/** `1003 Eva Brown`; what is no extension, or has no name, as it is. */
export function withName(extension: string): string {
  const name = nameOf(extension);
  return name === '' ? extension : `${extension} ${name}`;
}
