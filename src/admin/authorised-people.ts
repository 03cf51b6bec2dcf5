// Changing the people of authorised-number lists, one at a time.
import type { AuthorisedEntry, RuleRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import type { CompiledPlan } from '../numbering/compile-plan.ts';
import {
  countEntries,
  entryWriter,
  readAuthorisedRecords,
  readRecordsOfNumber,
  type AuthorisedRecord,
} from '../store/authorised-entries.ts';
import type { AuthorisedListHead } from '../store/authorised-lists.ts';
import type { Store } from '../store/open.ts';
import { readPins } from '../store/pins.ts';
import { readRules } from '../store/rules.ts';
import { requireList, listSubject, withoutPin } from './authorised-lists.ts';
import { readListedNumber, requireListedNumber } from './authorised-number.ts';
import { fullName, requirePersonName, shownEntry, tidyName, type NewEntry } from './authorised-person.ts';
import { readPlan } from './stored-plan.ts';
import { changePolicy, type AdminContext, type Change, type ChangeOutcome } from './change.ts';
import { isSame } from './same.ts';

/** People on all lists together. */
const PEOPLE_MAX = 100_000;

/** As they stand on the command line; what is left out stays as it is. */
export interface PersonWords {
  readonly first?: string;
  readonly last?: string;
  readonly number?: string;
  readonly enabled?: boolean;
  /** Milliseconds since the epoch, null for no bound. */
  readonly fromMs?: number | null;
  readonly untilMs?: number | null;
}

/** Throws `AppError`: `invalid` for a name or number that cannot stand there, `conflict` for one that does. */
export function addPerson(
  context: AdminContext,
  list: string,
  words: PersonWords & { readonly number: string },
): ChangeOutcome {
  const entry = {
    firstName: tidyName(words.first ?? ''),
    lastName: tidyName(words.last ?? ''),
    enabled: words.enabled ?? true,
    fromMs: words.fromMs ?? null,
    untilMs: words.untilMs ?? null,
  };
  requirePersonName(entry);
  return changePolicy(context, () => {
    const { store } = context;
    const head = requireList(store, list);
    const reading = requireListedNumber(words.number, readPlan(store));
    const added: NewEntry = { ...entry, number: reading.e164 };
    const others = readRecordsOfNumber(store, reading.e164);
    refuseDuplicate(others, list, words.number);
    refuseTooManyPeople(store, 1);
    entryWriter(store).add(list, added, context.nowMs);
    const change = addedPerson(list, added);
    const notices = [
      ...numberNotices(store, head, reading, others),
      ...(head.admits ? withoutPin(store, list) : []),
    ];
    return { changes: [change], notices };
  });
}

/** Changes the person whom the number names. Throws `AppError('not-found')` where nobody on the list has it. */
export function setPerson(
  context: AdminContext,
  list: string,
  number: string,
  words: PersonWords,
): ChangeOutcome {
  return changePolicy(context, () => {
    const { store } = context;
    const head = requireList(store, list);
    const plan = readPlan(store);
    const before = requirePerson(store, list, number, plan);
    const reading = words.number === undefined ? null : requireListedNumber(words.number, plan);
    const after: AuthorisedEntry = {
      id: before.id,
      firstName: words.first === undefined ? before.firstName : tidyName(words.first),
      lastName: words.last === undefined ? before.lastName : tidyName(words.last),
      number: reading?.e164 ?? before.number,
      enabled: words.enabled ?? before.enabled,
      fromMs: words.fromMs === undefined ? before.fromMs : words.fromMs,
      untilMs: words.untilMs === undefined ? before.untilMs : words.untilMs,
    };
    requirePersonName(after);
    requireOrder(after);
    if (isSame(shownEntry(before), shownEntry(after))) return { changes: [] };
    const others = readRecordsOfNumber(store, after.number).filter(({ id }) => id !== before.id);
    refuseDuplicate(others, list, after.number);
    entryWriter(store).change(after);
    const notices = reading === null ? [] : numberNotices(store, head, reading, others);
    return { changes: [changedPerson(list, before, after)], notices };
  });
}

/** Throws `AppError`: `not-found` where nobody on the list has the number, `conflict` where a PIN would go with it. */
export function removePerson(context: AdminContext, list: string, number: string): ChangeOutcome {
  return changePolicy(context, () => {
    const { store } = context;
    requireList(store, list);
    const person = requirePerson(store, list, number, readPlan(store));
    const pin = readPins(store).find(({ entryId }) => entryId === person.id);
    if (pin) {
      throw new AppError(
        'conflict',
        `${fullName(person)} has the PIN ${pin.id}. Remove it first with \`callwarden pin remove ${pin.id}\`.`,
      );
    }
    entryWriter(store).remove(person.id);
    return { changes: [removedPerson(list, person)] };
  });
}

const personSubject = (list: string, number: string) => `${listSubject(list)} ${number}`;

export const addedPerson = (list: string, entry: NewEntry): Change => ({
  action: 'authorised-number-added',
  subject: personSubject(list, entry.number),
  before: null,
  after: shownEntry(entry),
});

export const changedPerson = (list: string, before: NewEntry, after: NewEntry): Change => ({
  action: 'authorised-number-changed',
  subject: personSubject(list, before.number),
  before: shownEntry(before),
  after: shownEntry(after),
});

export const removedPerson = (list: string, entry: NewEntry): Change => ({
  action: 'authorised-number-removed',
  subject: personSubject(list, entry.number),
  before: shownEntry(entry),
  after: null,
});

/** Throws `AppError('not-found')` where there is no such list, or nobody on it has the number. */
export function findPerson(store: Store, list: string, number: string): AuthorisedRecord {
  requireList(store, list);
  return requirePerson(store, list, number, readPlan(store));
}

/** A number that was valid once may no longer be readable: it is found as it stands, too. */
function requirePerson(store: Store, list: string, number: string, plan: CompiledPlan): AuthorisedRecord {
  const reading = readListedNumber(number, plan);
  const wanted = reading.ok ? reading.e164 : number.trim();
  const found = readAuthorisedRecords(store, list).find((entry) => entry.number === wanted);
  if (found) return found;
  throw new AppError(
    'not-found',
    `Nobody on the list ${list} has the number ${wanted}. \`callwarden list show ${list}\` shows who is on it.`,
  );
}

function requireOrder({ fromMs, untilMs }: NewEntry): void {
  if (fromMs === null || untilMs === null || fromMs < untilMs) return;
  throw new AppError('invalid', 'The entry would end before it begins. Nothing was changed.');
}

function refuseDuplicate(others: readonly AuthorisedRecord[], list: string, number: string): void {
  const same = others.find((entry) => entry.list === list);
  if (!same) return;
  throw new AppError(
    'conflict',
    `The list ${list} has ${same.number} already (${fullName(same)}), so ${number} is not added again.`,
  );
}

/** To be asked before so many are added. */
export function refuseTooManyPeople(store: Store, more: number): void {
  const people = [...countEntries(store).values()].reduce((sum, count) => sum + count, 0);
  if (people + more <= PEOPLE_MAX) return;
  const max = PEOPLE_MAX.toLocaleString('en');
  throw new AppError(
    'invalid',
    `There would be ${people + more} people on the lists, and ${max} is the limit.`,
  );
}

function numberNotices(
  store: Store,
  head: AuthorisedListHead,
  reading: ReturnType<typeof requireListedNumber>,
  others: readonly AuthorisedRecord[],
): readonly string[] {
  const { e164, notice, isHome } = reading;
  const elsewhere = others.filter(({ list }) => list !== head.name).map(({ list }) => list);
  const block = readRules(store).find((rule) => rule.action === 'block' && isAbout(rule, e164));
  return [
    ...(notice === '' ? [] : [notice]),
    ...(isHome && !head.admits
      ? [`${e164} is a national number without extra cost, which every extension may call without this list.`]
      : []),
    ...(elsewhere.length > 0 ? [`${e164} is also on ${elsewhere.join(', ')}.`] : []),
    ...(block ? [`${e164} stays refused: rule ${block.id} blocks it, and a block beats every list.`] : []),
  ];
}

const isAbout = ({ pattern, exact }: RuleRow, e164: string) =>
  exact ? e164 === pattern : e164.startsWith(pattern);
