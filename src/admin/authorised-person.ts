// The people of the authorised-number lists: how they are named, what the audit shows of them, whether they count now.
import type { AuthorisedEntry } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { isLine } from './line-text.ts';
import { isoMoment } from './moment-words.ts';
import { validityState, type ValidityState } from './validity-state.ts';

const PERSON_NAME_LENGTH_MAX = 60;

export type NewEntry = Omit<AuthorisedEntry, 'id'>;

/** Whether an entry lets calls out at a moment, and if not, why. */
export type EntryState = ValidityState | 'disabled';

export function entryState(entry: NewEntry, atMs: number): EntryState {
  return entry.enabled ? validityState(entry, atMs) : 'disabled';
}

/** Why the name cannot stand on a list, or null. */
export function personNameProblem({
  firstName,
  lastName,
}: Pick<NewEntry, 'firstName' | 'lastName'>): string | null {
  if (firstName === '' && lastName === '') return 'a person has a first or a last name';
  const wrong = [firstName, lastName].find(
    (name) => !isLine(name, PERSON_NAME_LENGTH_MAX) || /\p{Cs}/u.test(name),
  );
  return wrong === undefined ? null : `a name has ${PERSON_NAME_LENGTH_MAX} characters at most, on one line`;
}

/** Without the spaces around, in one Unicode form, so that equal names are equal. */
export const tidyName = (name: string): string => name.trim().normalize('NFC');

/** @throws AppError `invalid`. */
export function requirePersonName(name: Pick<NewEntry, 'firstName' | 'lastName'>): void {
  const problem = personNameProblem(name);
  if (problem !== null)
    throw new AppError('invalid', `${problem.charAt(0).toUpperCase()}${problem.slice(1)}.`);
}

export const fullName = ({ firstName, lastName }: Pick<NewEntry, 'firstName' | 'lastName'>): string =>
  [firstName, lastName].filter((part) => part !== '').join(' ');

/** What the audit shows of an entry. */
export const shownEntry = (entry: NewEntry) => ({
  firstName: entry.firstName,
  lastName: entry.lastName,
  number: entry.number,
  enabled: entry.enabled,
  from: isoMoment(entry.fromMs) ?? '',
  until: isoMoment(entry.untilMs) ?? '',
});
