// The authorised-number lists as administrators look at them: with how many people, and the people page by page.
import {
  countEntries,
  readAuthorisedRecords,
  recordsAfter,
  type AuthorisedRecord,
} from '../store/authorised-entries.ts';
import { readListHeads, type AuthorisedListHead } from '../store/authorised-lists.ts';
import type { Store } from '../store/open.ts';
import { AppError } from '../errors.ts';
import { requireList } from './authorised-lists.ts';
import { findPerson } from './authorised-people.ts';
import { entryState, type EntryState } from './authorised-person.ts';
import { personSearch } from './authorised-reports.ts';

export type CountedList = AuthorisedListHead & { readonly people: number };

/** All lists by name. */
export function countedLists(store: Store): readonly CountedList[] {
  const people = countEntries(store);
  return readListHeads(store).map((head) => Object.assign({ people: people.get(head.name) ?? 0 }, head));
}

/** Throws `AppError('not-found')` with the nearest name. */
export function countedList(store: Store, name: string): CountedList {
  return { people: countEntries(store).get(name) ?? 0, ...requireList(store, name) };
}

/** Everybody on one list. Throws `AppError('not-found')` with the nearest name. */
export function listPeople(store: Store, list: string): readonly AuthorisedRecord[] {
  requireList(store, list);
  return readAuthorisedRecords(store, list);
}

export type PersonWithState = AuthorisedRecord & { readonly state: EntryState };

export const personWithState = (entry: AuthorisedRecord, atMs: number): PersonWithState => ({
  ...entry,
  state: entryState(entry, atMs),
});

/** The person of that number. Throws `AppError('not-found')`. */
export function onePerson(store: Store, list: string, number: string, atMs: number): PersonWithState {
  return personWithState(findPerson(store, list, number), atMs);
}

export interface PeopleQuery {
  /** Null for all lists. */
  readonly list: string | null;
  /** In names and numbers; '' for everybody. */
  readonly search: string;
  /** Null for any. */
  readonly state: EntryState | null;
  readonly limit: number;
  /** The `next` of the page before; null for the first page. */
  readonly cursor: string | null;
}

export interface PeoplePage {
  readonly rows: readonly PersonWithState[];
  readonly next: string | null;
}

/** By list, in the order in which they were added. Throws `AppError` for an unknown list or cursor. */
export function peoplePage(store: Store, query: PeopleQuery, atMs: number): PeoplePage {
  const { list, search, state, limit, cursor } = query;
  if (list !== null) requireList(store, list);
  const isMeant = personSearch(store, search);
  const rows: PersonWithState[] = [];
  for (const entry of recordsAfter(store, list, placeOf(cursor))) {
    if (!isMeant(entry)) continue;
    const person = personWithState(entry, atMs);
    if (state !== null && person.state !== state) continue;
    if (rows.length === limit) return { rows, next: cursorOf(rows.at(-1)) };
    rows.push(person);
  }
  return { rows, next: null };
}

/** No name of a list holds a colon. */
const cursorOf = (last: AuthorisedRecord | undefined) => (last ? `${last.list}:${last.id}` : null);

function placeOf(cursor: string | null): { readonly list: string; readonly id: number } {
  if (cursor === null) return { list: '', id: 0 };
  const [, list, id] = /^([^:]{1,40}):(\d{1,15})$/.exec(cursor) ?? [];
  if (list !== undefined) return { list, id: Number(id) };
  throw new AppError('invalid', 'The cursor is not one that a page gave. Begin again without it.');
}
