// The people of one authorised-number list from a CSV file: what each line would do, and the change as a whole.
import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import type { CompiledPlan } from '../numbering/compile-plan.ts';
import { entryWriter, readAuthorisedRecords, type AuthorisedRecord } from '../store/authorised-entries.ts';
import type { Store } from '../store/open.ts';
import { readPins } from '../store/pins.ts';
import { policyVersion } from '../store/policy.ts';
import { inReadTransaction } from '../store/transaction.ts';
import { readEntryRow, readPeopleFile, type PeopleRow } from './authorised-csv.ts';
import { listSubject, requireList } from './authorised-lists.ts';
import { addedPerson, changedPerson, refuseTooManyPeople, removedPerson } from './authorised-people.ts';
import { entryState, fullName, shownEntry, type NewEntry } from './authorised-person.ts';
import { readPlan } from './stored-plan.ts';
import { changePolicy, type AdminContext, type Change } from './change.ts';
import { isSame } from './same.ts';
import { someLines, someNames } from './some-of.ts';

/** Up to so many people, each has an audit record of its own beside that of the import. */
const RECORDS_OF_IMPORT_MAX = 1_000;
/** Numbers that one notice names. */
const NAMED_MAX = 5;

export interface ImportOptions {
  /** People whom the file does not name are taken off the list. */
  readonly replace: boolean;
  /** Lines that are refused do not hold back the others. */
  readonly skipBad: boolean;
  /** Nothing is changed; the report says what would be. */
  readonly dryRun: boolean;
}

export type LineOutcome = 'added' | 'changed' | 'unchanged' | 'refused';

export interface ImportedLine {
  readonly line: number;
  readonly outcome: LineOutcome;
  /** As it is kept; as it was written where it is refused. */
  readonly number: string;
  readonly name: string;
  /** Why it is refused; '' for all others. */
  readonly problem: string;
}

export interface ImportReport {
  /** False: it was a dry run, or refused lines held it back. */
  readonly applied: boolean;
  readonly lines: readonly ImportedLine[];
  /** Numbers that leave the list. */
  readonly removed: readonly string[];
  readonly notices: readonly string[];
  readonly policyVersion: number;
}

/** How many people each outcome has, with those that leave the list. */
export function importCounts({ lines, removed }: ImportReport) {
  const count = (outcome: LineOutcome) => lines.filter((line) => line.outcome === outcome).length;
  return {
    added: count('added'),
    changed: count('changed'),
    unchanged: count('unchanged'),
    refused: count('refused'),
    removed: removed.length,
  };
}

/** What was refused comes first, and what is as it was before tells nobody anything. */
export function tellingLines({ lines }: ImportReport): readonly ImportedLine[] {
  const told = lines.filter(({ outcome }) => outcome !== 'unchanged');
  const isRefused = ({ outcome }: ImportedLine) => outcome === 'refused';
  return [...told.filter(isRefused), ...told.filter((line) => !isRefused(line))];
}

/** What one line comes to; `before` is null for somebody new. */
interface Wanted {
  readonly before: AuthorisedRecord | null;
  readonly after: NewEntry;
}

interface Plan {
  readonly lines: readonly ImportedLine[];
  readonly wanted: readonly Wanted[];
  readonly removed: readonly AuthorisedRecord[];
  readonly notices: readonly string[];
}

/**
 * Takes in the people of a file, all or, with `skipBad`, those whose lines are right. Throws `AppError` for a file
 * that is no such table, and for an unknown list; lines that are refused stand in the report.
 */
export function importPeople(
  context: AdminContext,
  list: string,
  bytes: Uint8Array,
  options: ImportOptions,
): ImportReport {
  const { store } = context;
  const rows = readPeopleFile(bytes);
  if (options.dryRun) {
    return inReadTransaction(store, () => {
      const plan = planImport(context, list, rows, options.replace);
      return reportOf(plan, false, policyVersion(store));
    });
  }
  const done: { plan: Plan; applied: boolean } = { plan: nothing, applied: false };
  const outcome = changePolicy(context, () => {
    done.plan = planImport(context, list, rows, options.replace);
    if (!options.skipBad && done.plan.lines.some((line) => line.outcome === 'refused'))
      return { changes: [] };
    done.applied = true;
    return { changes: carryOut(context, list, done.plan, createHash('sha256').update(bytes).digest('hex')) };
  });
  return reportOf(done.plan, done.applied, outcome.policyVersion);
}

const nothing: Plan = { lines: [], wanted: [], removed: [], notices: [] };

function reportOf(plan: Plan, applied: boolean, version: number): ImportReport {
  const removed = plan.removed.map(({ number }) => number);
  return { applied, lines: plan.lines, removed, notices: plan.notices, policyVersion: version };
}

function planImport(
  { store, nowMs }: AdminContext,
  list: string,
  rows: readonly PeopleRow[],
  replace: boolean,
): Plan {
  const head = requireList(store, list);
  const plan = readPlan(store);
  const known = new Map(readAuthorisedRecords(store, list).map((entry) => [entry.number, entry]));
  const judge = lineJudge(known, plan);
  const judged = rows.map((row) => judge(row));
  const lines = judged.map(({ told }) => told);
  const wanted = judged.flatMap((line) => line.wanted ?? []);
  const kept = new Set(wanted.map(({ after }) => after.number));
  const unnamed = replace ? [...known.values()].filter(({ number }) => !kept.has(number)) : [];
  // A line that cannot be read may name anybody: nobody is taken off the list while there is one.
  const isSure = lines.every(({ outcome }) => outcome !== 'refused');
  const removed = isSure ? unnamed : [];
  refuseToLosePins(store, removed);
  const added = wanted.filter(({ before }) => before === null).length;
  if (added > removed.length) refuseTooManyPeople(store, added - removed.length);
  const notices = [
    ...someLines(
      judged.flatMap(({ notice }) => (notice === '' ? [] : [notice])),
      NAMED_MAX,
      ' of that kind.',
    ),
    ...elsewhereNotices(store, list, kept),
    ...expiredNotices(wanted, nowMs),
    ...(unnamed.length > removed.length ? [notRemoved(unnamed.length)] : []),
    ...(head.admits && added > 0 ? [`${list} admits its people from outside; the new ones need a PIN.`] : []),
  ];
  return { lines, wanted, removed, notices };
}

const notRemoved = (count: number) =>
  `Lines were refused, so nobody is taken off the list; the file does not name ${count} on it.`;

interface Judged {
  readonly told: ImportedLine;
  readonly wanted: Wanted | null;
  readonly notice: string;
}

/** Judges line after line; a number that comes twice, however it is written, is refused the second time. */
function lineJudge(
  known: ReadonlyMap<string, AuthorisedRecord>,
  plan: CompiledPlan,
): (row: PeopleRow) => Judged {
  const lineOf = new Map<string, number>();
  return (row) => {
    const { line } = row;
    const read = readEntryRow(row, plan, (number) => known.get(number) ?? null);
    const refuse = (problem: string, number: string, name: string): Judged => ({
      told: { line, outcome: 'refused', number, name, problem },
      wanted: null,
      notice: '',
    });
    if (!read.ok) return refuse(read.problem, row.cell('number'), '');
    const { entry, notice } = read;
    const name = fullName(entry);
    const earlier = lineOf.get(entry.number);
    if (earlier !== undefined) return refuse(`the same number as on line ${earlier}`, entry.number, name);
    lineOf.set(entry.number, line);
    const before = known.get(entry.number) ?? null;
    const outcome = outcomeOf(before, entry);
    return {
      told: { line, outcome, number: entry.number, name, problem: '' },
      wanted: { before, after: entry },
      notice: outcome === 'unchanged' ? '' : notice,
    };
  };
}

function outcomeOf(before: NewEntry | null, after: NewEntry): LineOutcome {
  if (before === null) return 'added';
  return isSame(shownEntry(before), shownEntry(after)) ? 'unchanged' : 'changed';
}

function carryOut({ store, nowMs }: AdminContext, list: string, plan: Plan, sha256: string): Change[] {
  const writer = entryWriter(store);
  const changes: Change[] = [];
  for (const entry of plan.removed) {
    writer.remove(entry.id);
    changes.push(removedPerson(list, entry));
  }
  for (const { before, after } of plan.wanted) {
    if (before === null) {
      writer.add(list, after, nowMs);
      changes.push(addedPerson(list, after));
    } else if (outcomeOf(before, after) === 'changed') {
      writer.change({ ...after, id: before.id });
      changes.push(changedPerson(list, before, after));
    }
  }
  if (changes.length === 0) return [];
  const count = (outcome: LineOutcome) => plan.lines.filter((line) => line.outcome === outcome).length;
  const imported: Change = {
    action: 'authorised-list-imported',
    subject: listSubject(list),
    before: null,
    after: {
      sha256,
      added: count('added'),
      changed: count('changed'),
      removed: plan.removed.length,
      refused: count('refused'),
    },
  };
  return changes.length > RECORDS_OF_IMPORT_MAX ? [imported] : [imported, ...changes];
}

/** A PIN would go with its entry, and nobody would have said so. */
function refuseToLosePins(store: Store, removed: readonly AuthorisedRecord[]): void {
  if (removed.length === 0) return;
  const holders = new Set(readPins(store).map(({ entryId }) => entryId));
  const held = removed.filter(({ id }) => holders.has(id)).map(({ number }) => number);
  if (held.length === 0) return;
  throw new AppError(
    'conflict',
    `The file does not name ${namesOf(held)}, who have PINs. Remove these PINs first, or name the people.`,
  );
}

function elsewhereNotices(store: Store, list: string, numbers: ReadonlySet<string>): readonly string[] {
  const twice = readAuthorisedRecords(store, null).filter(
    (entry) => entry.list !== list && numbers.has(entry.number),
  );
  if (twice.length === 0) return [];
  return [`Also on other lists: ${namesOf(twice.map((entry) => `${entry.number} (${entry.list})`))}.`];
}

function expiredNotices(wanted: readonly Wanted[], nowMs: number): readonly string[] {
  const expired = wanted.filter(({ after }) => entryState({ ...after, enabled: true }, nowMs) === 'expired');
  return expired.length === 0
    ? []
    : [`Expired already: ${namesOf(expired.map(({ after }) => after.number))}.`];
}

const namesOf = (names: readonly string[]) => someNames(names, NAMED_MAX);
