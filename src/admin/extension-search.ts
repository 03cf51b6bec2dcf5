// Extensions as people look for them: by number, name, right, group, level, exceptions and quarantine, page by page.
import type { LevelName } from '../barring/policy.ts';
import type { Quarantine } from '../barring/usage.ts';
import { readExceptions, readExceptionsOf } from '../store/exceptions.ts';
import { readExtensions, type ExtensionRecord } from '../store/extensions.ts';
import { readGroups } from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import { shorterFirst } from '../store/rows.ts';
import { shownException, type ShownException } from './exception-list.ts';
import { showExtensions, type ShownExtension } from './extension-list.ts';
import { groupsByMember, mayCallAbroad } from './international-right.ts';
import { INHERIT } from './layer-words.ts';
import { listQuarantines } from './quarantine.ts';
import { validityState } from './validity-state.ts';

/** Exceptions of one extension that a list shows; all of them are counted. */
const EXCEPTIONS_SHOWN_MAX = 5;

/** What is absent leaves nothing out. */
export interface ExtensionFilter {
  /** Part of the number, the name or the mail address, whatever its case. */
  readonly search?: string | undefined;
  /** Whether it may call abroad in the end. */
  readonly international?: 'on' | 'off' | undefined;
  readonly group?: string | undefined;
  /** Its own word. */
  readonly level?: LevelName | typeof INHERIT | undefined;
  /** Those with exceptions that count, or will. */
  readonly exceptions?: boolean | undefined;
  readonly quarantined?: boolean | undefined;
}

export interface ListedExtension extends ShownExtension {
  /** Those that count, or will: the first of them, the soonest end first. */
  readonly exceptions: readonly Pick<ShownException, 'id' | 'action' | 'target' | 'state' | 'untilMs'>[];
  readonly exceptionCount: number;
  readonly quarantine: Quarantine | null;
}

export interface ExtensionPage {
  readonly rows: readonly ListedExtension[];
  readonly next: string | null;
  /** Of all pages. */
  readonly total: number;
}

/** All that the filter leaves, shorter numbers first. */
export function findExtensions(
  store: Store,
  filter: ExtensionFilter,
  nowMs: number,
): readonly ExtensionRecord[] {
  const tests = testsOf(store, filter, nowMs);
  const all = readExtensions(store);
  return tests.length === 0 ? all : all.filter((row) => tests.every((test) => test(row)));
}

/** `cursor` is the last extension of the page before; it may be gone. */
export function pageExtensions(
  store: Store,
  filter: ExtensionFilter,
  { cursor, limit }: { readonly cursor: string | undefined; readonly limit: number },
  nowMs: number,
): ExtensionPage {
  const found = findExtensions(store, filter, nowMs);
  const behind =
    cursor === undefined ? found : found.filter(({ extension }) => shorterFirst(extension, cursor) > 0);
  const page = behind.slice(0, limit);
  const quarantines = byExtension(listQuarantines(store, nowMs));
  return {
    rows: showExtensions(store, page).map((row) =>
      listed(store, row, quarantines.get(row.extension) ?? null, nowMs),
    ),
    next: behind.length > limit ? (page.at(-1)?.extension ?? null) : null,
    total: found.length,
  };
}

type Test = (row: ExtensionRecord) => boolean;

function testsOf(store: Store, filter: ExtensionFilter, nowMs: number): readonly Test[] {
  const { search = '', international, group, level } = filter;
  const tests: Test[] = [];
  const word = search.trim().toLowerCase();
  if (word !== '') {
    tests.push((row) =>
      [row.extension, row.name, row.mail].some((text) => text.toLowerCase().includes(word)),
    );
  }
  if (international !== undefined || group !== undefined) {
    const groupsOf = groupsByMember(readGroups(store));
    const mine = ({ extension }: ExtensionRecord) => groupsOf.get(extension) ?? [];
    if (international !== undefined)
      tests.push((row) => mayCallAbroad(row.right, mine(row)) === (international === 'on'));
    if (group !== undefined) tests.push((row) => mine(row).some(({ name }) => name === group));
  }
  if (level !== undefined) tests.push((row) => (row.level ?? INHERIT) === level);
  if (filter.exceptions !== undefined) {
    const excepted = new Set(
      readExceptions(store)
        .filter((row) => validityState(row, nowMs) !== 'expired')
        .map(({ extension }) => extension),
    );
    tests.push((row) => excepted.has(row.extension) === filter.exceptions);
  }
  if (filter.quarantined !== undefined) {
    const quarantines = byExtension(listQuarantines(store, nowMs));
    tests.push((row) => quarantines.has(row.extension) === filter.quarantined);
  }
  return tests;
}

const byExtension = (rows: readonly Quarantine[]) => new Map(rows.map((row) => [row.extension, row]));

function listed(
  store: Store,
  row: ShownExtension,
  quarantine: Quarantine | null,
  nowMs: number,
): ListedExtension {
  const current = readExceptionsOf(store, row.extension)
    .map((each) => shownException(each, nowMs))
    .filter(({ state }) => state !== 'expired')
    .toSorted((a, b) => (a.untilMs ?? Infinity) - (b.untilMs ?? Infinity) || a.id - b.id);
  const exceptions = current
    .slice(0, EXCEPTIONS_SHOWN_MAX)
    .map(({ id, action, target, state, untilMs }) => ({ id, action, target, state, untilMs }));
  return { ...row, exceptions, exceptionCount: current.length, quarantine };
}
