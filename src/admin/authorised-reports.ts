// What an administrator asks about all lists: who is never called, whose time runs out, where somebody stands.
import {
  readAuthorisedRecords,
  readRecordsOfNumber,
  type AuthorisedRecord,
} from '../store/authorised-entries.ts';
import type { Store } from '../store/open.ts';
import { readSettings } from '../store/settings.ts';
import { readListedNumber } from './authorised-number.ts';
import { entryState, fullName, type EntryState } from './authorised-person.ts';
import { isoMoment } from './moment-words.ts';
import { readPlan } from './stored-plan.ts';

/** Enabled entries that let nobody out since then and were on their list before, the longest unused first. */
export function unusedPeople(store: Store, sinceMs: number): readonly AuthorisedRecord[] {
  const idleSince = ({ lastUsedMs, addedMs }: AuthorisedRecord) => lastUsedMs ?? addedMs;
  return readAuthorisedRecords(store, null)
    .filter((entry) => entry.enabled && idleSince(entry) < sinceMs)
    .toSorted((left, right) => idleSince(left) - idleSince(right));
}

/** Enabled entries that end between the two moments, the first to end first. */
export function expiringPeople(store: Store, nowMs: number, beforeMs: number): readonly AuthorisedRecord[] {
  const endOf = ({ untilMs }: AuthorisedRecord) => untilMs ?? Number.POSITIVE_INFINITY;
  return readAuthorisedRecords(store, null)
    .filter((entry) => entry.enabled && endOf(entry) > nowMs && endOf(entry) <= beforeMs)
    .toSorted((left, right) => endOf(left) - endOf(right));
}

/** Without accents and case, so that "lopez" finds López. */
const plain = (text: string) => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Everybody with that number, however it is written, or with these digits or letters in number or name. */
export function findPeople(store: Store, text: string): readonly AuthorisedRecord[] {
  return readAuthorisedRecords(store, null).filter(personSearch(store, text));
}

/** Who is meant by a text: as `findPeople` finds them; everybody for ''. */
export function personSearch(store: Store, text: string): (entry: AuthorisedRecord) => boolean {
  const wanted = plain(text.trim());
  if (wanted === '') return () => true;
  const settled = readSettings(store)['home-region'] !== '';
  const reading = settled ? readListedNumber(text, readPlan(store)) : null;
  const exact = reading?.ok && readRecordsOfNumber(store, reading.e164).length > 0 ? reading.e164 : null;
  if (exact !== null) return ({ number }) => number === exact;
  const digits = text.replaceAll(/[\s().-]/g, '');
  const isDigits = /^\+?\d+$/.test(digits);
  return (entry) => (isDigits ? entry.number.includes(digits) : plain(fullName(entry)).includes(wanted));
}

/** A person as commands show it: for programs, times as ISO 8601. */
export interface ShownPerson {
  readonly id: number;
  readonly list: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly number: string;
  readonly enabled: boolean;
  readonly state: EntryState;
  readonly from: string | null;
  readonly until: string | null;
  readonly added: string;
  readonly uses: number;
  readonly lastUsed: string | null;
}

/** As it is at that moment. */
export function shownPerson(entry: AuthorisedRecord, atMs: number): ShownPerson {
  return {
    id: entry.id,
    list: entry.list,
    firstName: entry.firstName,
    lastName: entry.lastName,
    number: entry.number,
    enabled: entry.enabled,
    state: entryState(entry, atMs),
    from: isoMoment(entry.fromMs),
    until: isoMoment(entry.untilMs),
    added: isoMoment(entry.addedMs),
    uses: entry.uses,
    lastUsed: isoMoment(entry.lastUsedMs),
  };
}
