// The exceptions as people look for them: those that count, that end soon, that have ended.
import type { ExceptionRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { readException, readExceptions, readExceptionsOf } from '../store/exceptions.ts';
import type { Store } from '../store/open.ts';
import { targetText } from './exceptions.ts';
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

/** A page of the same; `cursor` is the id of the last one before it, which may be gone where ids order them. */
export function pageExceptions(
  store: Store,
  atMs: number,
  filter: ExceptionFilter,
  { cursor, limit }: { readonly cursor: string | undefined; readonly limit: number },
): { readonly rows: readonly ShownException[]; readonly next: string | null } {
  const found = listExceptions(store, atMs, filter);
  const last = cursor === undefined ? -1 : found.findIndex(({ id }) => id === Number(cursor));
  const after =
    filter.endsWithinMs === null ? found.filter(({ id }) => id > Number(cursor ?? 0)) : found.slice(last + 1);
  const rows = after.slice(0, limit);
  return { rows, next: after.length > limit ? String(rows.at(-1)?.id ?? '') : null };
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
