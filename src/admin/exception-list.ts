// The exceptions as people look for them: those that count, that end soon, that have ended.
import type { ExceptionRow } from '../barring/policy.ts';
import { readExceptions, readExceptionsOf } from '../store/exceptions.ts';
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

/** One exception as the tables show it. */
export function shownException(row: ExceptionRow, atMs: number): ShownException {
  return { ...row, target: targetText(row), state: validityState(row, atMs) };
}
