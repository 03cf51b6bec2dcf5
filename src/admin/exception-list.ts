// The exceptions as people look for them: those that count, that end soon, that have ended.
import type { ExceptionRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { readException, readExceptions, readExceptionsOf } from '../store/exceptions.ts';
import { readExtensionNames } from '../store/extension-names.ts';
import type { Store } from '../store/open.ts';
import { targetText } from './exceptions.ts';
import { regionName } from './regions.ts';
import { validityState, type ValidityState } from './validity-state.ts';

export interface ShownException extends ExceptionRow {
  /** `FR`, `+33*` for a prefix, `+33140205050`. */
  readonly target: string;
  readonly state: ValidityState;
}

export interface ExceptionFilter {
  readonly extension: string | null;
  /** Only those that count, or will, and end within so long. */
  readonly endsWithinMs: number | null;
  readonly show: 'current' | 'expired' | 'all';
}

/** In the order of their ids; those that end within a time by their ends. */
export function listExceptions(
  store: Store,
  atMs: number,
  filter: ExceptionFilter,
): readonly ShownException[] {
  const { extension, endsWithinMs, show } = filter;
  const rows = extension === null ? readExceptions(store) : readExceptionsOf(store, extension);
  const shown = rows.map((row) => shownException(row, atMs));
  const wanted = shown.filter(({ state }) => {
    if (show === 'all') return true;
    return (state === 'expired') === (show === 'expired');
  });
  if (endsWithinMs === null) return wanted;
  return wanted
    .filter(({ untilMs, state }) => state !== 'expired' && untilMs !== null && untilMs <= atMs + endsWithinMs)
    .toSorted((a, b) => (a.untilMs ?? 0) - (b.untilMs ?? 0));
}

/** When it ends, null for never; undefined where there is none of that id. */
export const exceptionEnd = (store: Store, id: number): number | null | undefined =>
  readException(store, id)?.untilMs;

/** With the name of whose it is; '' for none. */
export interface ListedException extends ShownException {
  readonly name: string;
}

/** What a page of them leaves out, and how it is ordered. */
export interface PageFilter extends ExceptionFilter {
  /** Of those that have ended: only those that did so at least so long ago. */
  readonly endedForMs: number | null;
  /** Part of the extension, its name, the target, the reason or the owner, whatever its case. */
  readonly search: string;
  /** By their ends, those without one last; or by their ids. */
  readonly order: 'end' | 'id';
}

/** No moment of a calendar has so many digits. */
const WITHOUT_END = '9'.repeat(17);

/** A page of the same; `cursor` is the `next` of the page before it, whose last row may be gone. */
export function pageExceptions(
  store: Store,
  atMs: number,
  { endedForMs, search, order, ...filter }: PageFilter,
  { cursor, limit }: { readonly cursor: string | undefined; readonly limit: number },
): { readonly rows: readonly ListedException[]; readonly next: string | null; readonly count: number } {
  const endedBeforeMs = endedForMs === null ? Number.POSITIVE_INFINITY : atMs - endedForMs;
  const found = listExceptions(store, atMs, filter).filter(
    ({ state, untilMs }) => state !== 'expired' || (untilMs ?? 0) <= endedBeforeMs,
  );
  const names = new Map(
    readExtensionNames(
      store,
      found.map(({ extension }) => extension),
    ).map(({ extension, name }) => [extension, name]),
  );
  const nameOf = (extension: string) => names.get(extension) ?? '';
  const word = search.trim().toLowerCase();
  const wanted = word === '' ? found : found.filter((row) => searched(row, nameOf).includes(word));
  const byEnd = order === 'end' || filter.endsWithinMs !== null;
  const keyed = wanted
    .map((row) => ({ row, key: byEnd ? `${endKey(row)}-${idKey(row)}` : idKey(row) }))
    .toSorted((left, right) => (left.key < right.key ? -1 : 1));
  const after = keyed.filter(({ key }) => cursor === undefined || key > cursor);
  const page = after.slice(0, limit);
  return {
    rows: page.map(({ row }) => ({ ...row, name: nameOf(row.extension) })),
    next: after.length > limit ? (page.at(-1)?.key ?? null) : null,
    count: wanted.length,
  };
}

const idKey = ({ id }: ShownException) => String(id).padStart(WITHOUT_END.length, '0');
const endKey = ({ untilMs }: ShownException) =>
  untilMs === null ? WITHOUT_END : String(untilMs).padStart(WITHOUT_END.length, '0');

function searched(row: ShownException, nameOf: (extension: string) => string): string {
  const { extension, region, target, reason, owner } = row;
  const country = region === null ? '' : regionName(region);
  return [extension, nameOf(extension), target, country, reason, owner].join('\n').toLowerCase();
}

/** Throws `AppError('not-found')`. */
export function requireException(store: Store, id: number, atMs: number): ShownException {
  const row = readException(store, id);
  if (row) return shownException(row, atMs);
  throw new AppError('not-found', `There is no exception ${id}. It may have been removed.`);
}

/** One exception as the tables show it. */
export function shownException(row: ExceptionRow, atMs: number): ShownException {
  return { ...row, target: targetText(row), state: validityState(row, atMs) };
}
