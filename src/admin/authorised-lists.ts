// Changing authorised-number lists: what they grant, to whom, and whether their people are admitted from outside.
import type { PremiumClass } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import type { Region } from '../numbering/destination.ts';
import { countEntries, readAuthorisedRecords } from '../store/authorised-entries.ts';
import {
  deleteAuthorisedList,
  readListHeads,
  writeAuthorisedList,
  type AuthorisedListHead,
} from '../store/authorised-lists.ts';
import type { Store } from '../store/open.ts';
import { readPins } from '../store/pins.ts';
import { fullName } from './authorised-person.ts';
import { changePolicy, whereFree, type AdminContext, type ChangeOutcome } from './change.ts';
import { isSame } from './same.ts';
import { notKnown } from './known-word.ts';
import { readPolicyName, refuseAlike } from './policy-name.ts';
import { someNames } from './some-of.ts';

const LISTS_MAX = 1_000;
/** People whom a notice names one by one. */
const NAMED_MAX = 10;

/** What is left out stays as it is. */
export interface ListAttributes {
  readonly enabled?: boolean;
  readonly admits?: boolean;
  readonly premium?: readonly PremiumClass[];
  readonly countries?: readonly Region[];
}

const newcomer = (name: string): AuthorisedListHead => ({
  name,
  enabled: true,
  admits: false,
  premium: [],
  countries: [],
  extensions: [],
  groups: [],
});

/** What the audit shows of a list; people and attachments have records of their own. */
const shownList = ({ enabled, admits, premium, countries }: AuthorisedListHead) => ({
  enabled,
  admits,
  premium,
  countries,
});

export const listSubject = (name: string): string => `list ${name}`;

/** Makes an empty list. Where one of that name is there, only the attributes are given to it. */
export function addList(context: AdminContext, given: string, attributes: ListAttributes): ChangeOutcome {
  const name = readPolicyName(given, 'a list');
  return changePolicy(context, () => {
    const lists = readListHeads(context.store);
    const before = lists.find((list) => list.name === name) ?? null;
    if (!before && lists.length >= LISTS_MAX) {
      const max = LISTS_MAX.toLocaleString('en');
      throw new AppError('invalid', `There are ${max} lists, which is the limit. Remove old ones.`);
    }
    if (!before) refuseAlike([name], lists, 'list');
    return writeList(context.store, before, { ...(before ?? newcomer(name)), ...attributes });
  });
}

/** Makes an empty list. Throws `AppError('conflict')` where one of that name is there. */
export function createList(context: AdminContext, given: string, attributes: ListAttributes): ChangeOutcome {
  const name = readPolicyName(given, 'a list');
  const taken = () => readListHeads(context.store).some((list) => list.name === name);
  return addList(whereFree(context, taken, `the list ${name}`), name, attributes);
}

/** Throws `AppError('not-found')` where there is no such list. */
export function setList(context: AdminContext, name: string, attributes: ListAttributes): ChangeOutcome {
  return changePolicy(context, () => {
    const before = requireList(context.store, name);
    return writeList(context.store, before, { ...before, ...attributes });
  });
}

function writeList(store: Store, before: AuthorisedListHead | null, after: AuthorisedListHead) {
  const notices = noticesOf(store, after);
  if (before && isSame(shownList(before), shownList(after))) return { changes: [], notices };
  writeAuthorisedList(store, after);
  const change = {
    action: before ? 'authorised-list-changed' : 'authorised-list-added',
    subject: listSubject(after.name),
    before: before && shownList(before),
    after: shownList(after),
  };
  return { changes: [change], notices };
}

/** Takes its people and attachments along. */
export function removeList(context: AdminContext, name: string): ChangeOutcome {
  return changePolicy(context, () => {
    const { store } = context;
    const list = requireList(store, name);
    const people = countEntries(store).get(name) ?? 0;
    refuseWithPins(store, name);
    deleteAuthorisedList(store, name);
    const { extensions, groups } = list;
    const change = {
      action: 'authorised-list-removed',
      subject: listSubject(name),
      before: { ...shownList(list), people, extensions, groups },
      after: null,
    };
    return { changes: [change] };
  });
}

/** A PIN would go with its entry, and nobody would have said so. */
function refuseWithPins(store: Store, name: string): void {
  const ids = new Set(readAuthorisedRecords(store, name).map((entry) => entry.id));
  const pins = readPins(store).filter(({ entryId }) => entryId !== null && ids.has(entryId));
  if (pins.length === 0) return;
  const named = pins.map(({ id }) => id);
  throw new AppError(
    'conflict',
    `People of the list ${name} have PINs (${someNames(named, NAMED_MAX)}). ` +
      'Remove these first with `callwarden pin remove`.',
  );
}

/** Throws `AppError('not-found')` with the nearest name. */
export function requireList(store: Store, name: string): AuthorisedListHead {
  const lists = readListHeads(store);
  const found = lists.find((list) => list.name === name);
  if (found) return found;
  const names = lists.map((list) => list.name);
  throw notKnown('list', name, names, 'list show');
}

function noticesOf(store: Store, list: AuthorisedListHead): readonly string[] {
  const notices: string[] = [];
  const idle = list.extensions.length + list.groups.length === 0 && !list.admits;
  if (idle) {
    notices.push(
      `Nobody uses ${list.name} yet: attach it with \`callwarden list attach ${list.name} --extension 1001\`.`,
    );
  }
  if (!list.enabled) notices.push(`The list ${list.name} is disabled, so nobody in it counts.`);
  if (list.admits) notices.push(...withoutPin(store, list.name));
  return notices;
}

/** Whoever is to be admitted from outside needs a PIN of their own. */
export function withoutPin(store: Store, name: string): readonly string[] {
  const holders = new Set(readPins(store).map(({ entryId }) => entryId));
  const people = readAuthorisedRecords(store, name).filter(({ id }) => !holders.has(id));
  if (people.length === 0) return [];
  const named = people.map((entry) => `${fullName(entry)} (${entry.number})`);
  return [
    `Not admitted from outside, because they have no PIN: ${someNames(named, NAMED_MAX)}. ` +
      `Give one with \`callwarden pin add --name <name> --entry ${name}/<number>\`.`,
  ];
}
