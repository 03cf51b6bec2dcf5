// Whose a PIN is: extensions, groups or one person on a list, and which other PINs count for the same callers.
import type { GroupRow, PinRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { readAuthorisedRecords, type AuthorisedRecord } from '../store/authorised-entries.ts';
import { readExtension } from '../store/extensions.ts';
import { readGroups } from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import { requireList } from './authorised-lists.ts';
import { requireListedNumber } from './authorised-number.ts';
import { readExtensionWords } from './extension-words.ts';
import { requireGroup } from './groups.ts';
import { readPlan } from './stored-plan.ts';

/** PINs that count for one caller: each of them is tried at each check. */
const PINS_OF_CALLER_MAX = 20;
/** Extensions that one PIN names; more of them are a group. */
const EXTENSIONS_MAX = 100;

/** As they were given. */
export interface HolderWords {
  readonly extensions: readonly string[];
  readonly groups: readonly string[];
  /** `partners/+541143211234`. */
  readonly entry: string | null;
}

export interface Holders extends Pick<PinRow, 'extensions' | 'groups' | 'entryId'> {
  readonly entry: AuthorisedRecord | null;
  /** Sentences that the administrator should read. */
  readonly notices: readonly string[];
}

/** Throws `AppError` where somebody is not known, and where nobody is named. */
export function readHolders(store: Store, words: HolderWords): Holders {
  const extensions = words.extensions.length > 0 ? readExtensionWords(words.extensions) : [];
  const groups = words.groups.map((name) => requireGroup(store, name).name);
  const entry = words.entry === null ? null : requireEntry(store, words.entry);
  if (entry !== null && extensions.length + groups.length > 0) {
    throw new AppError(
      'invalid',
      'A PIN of a list is for outside calls alone. Make another for the extension.',
    );
  }
  if (entry === null && extensions.length + groups.length === 0) {
    throw new AppError(
      'invalid',
      'Say where the PIN counts: --extension 1001, --group sales, or --entry list/number.',
    );
  }
  if (extensions.length > EXTENSIONS_MAX) {
    throw new AppError('invalid', `A PIN names ${EXTENSIONS_MAX} extensions at most. Make a group of them.`);
  }
  const unknown = extensions.filter((extension) => readExtension(store, extension) === null);
  return {
    extensions,
    groups: [...new Set(groups)],
    entry,
    entryId: entry?.id ?? null,
    notices: [
      ...(unknown.length > 0
        ? [`Not known yet, check that it is no slip: extension ${unknown.join(', ')}.`]
        : []),
      ...(entry !== null && !requireList(store, entry.list).admits
        ? [`The list ${entry.list} admits nobody from outside, so this PIN has no use yet.`]
        : []),
    ],
  };
}

/** The person whom `list/number` means. Throws `AppError`. */
function requireEntry(store: Store, word: string): AuthorisedRecord {
  const [, list = '', number = ''] = /^([^/]+)\/(.+)$/.exec(word) ?? [];
  if (list === '') {
    throw new AppError('invalid', `--entry takes a list and a number, such as partners/+541143211234.`);
  }
  const { name } = requireList(store, list);
  const { e164 } = requireListedNumber(number, readPlan(store));
  const found = readAuthorisedRecords(store, name).find((record) => record.number === e164);
  if (found) return found;
  throw new AppError(
    'not-found',
    `${e164} is not on the list ${name}. \`callwarden list show ${name}\` shows who is.`,
  );
}

/** The person whose outside calls a PIN admits; null where it admits none. */
export function entryOf(store: Store, { entryId }: Pick<PinRow, 'entryId'>): AuthorisedRecord | null {
  if (entryId === null) return null;
  return readAuthorisedRecords(store, null).find((record) => record.id === entryId) ?? null;
}

type Whose = Pick<PinRow, 'extensions' | 'groups' | 'entryId'>;

/** The PINs that count for a caller for whom this one counts, too. */
export function rivalsOf(store: Store, holders: Whose, pins: readonly PinRow[]): readonly PinRow[] {
  const membersOf = memberships(store);
  const scope = callersOf(holders, membersOf);
  const groups = new Set(holders.groups);
  return pins.filter(
    (pin) =>
      pin.groups.some((group) => groups.has(group)) ||
      [...callersOf(pin, membersOf)].some((caller) => scope.has(caller)),
  );
}

/** Throws `AppError('invalid')` where a caller would have too many PINs. */
export function refuseTooManyPins(store: Store, holders: Whose, pins: readonly PinRow[]): void {
  const membersOf = memberships(store);
  const scope = callersOf(holders, membersOf);
  const counts = new Map<string, number>();
  for (const pin of pins) {
    for (const caller of callersOf(pin, membersOf)) counts.set(caller, (counts.get(caller) ?? 0) + 1);
  }
  const full = [...scope].find((caller) => (counts.get(caller) ?? 0) >= PINS_OF_CALLER_MAX);
  if (full === undefined) return;
  throw new AppError(
    'invalid',
    `${PINS_OF_CALLER_MAX} PINs count for ${full} already, which is the limit. Remove one that is no longer used.`,
  );
}

type Members = ReadonlyMap<string, GroupRow['members']>;

function memberships(store: Store): Members {
  return new Map(readGroups(store).map(({ name, members }) => [name, members]));
}

/** The extensions, and the person of a list as one caller of their own. */
function callersOf({ extensions, groups, entryId }: Whose, members: Members): ReadonlySet<string> {
  return new Set([
    ...extensions,
    ...groups.flatMap((group) => members.get(group) ?? []),
    ...(entryId === null ? [] : [`entry ${entryId}`]),
  ]);
}
