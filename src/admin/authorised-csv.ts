// The people of an authorised-number list as CSV: the columns, how a line is read, how a list is written.
import type { CompiledPlan } from '../numbering/compile-plan.ts';
import type { AuthorisedRecord } from '../store/authorised-entries.ts';
import { readListedNumber } from './authorised-number.ts';
import { personNameProblem, tidyName, type NewEntry } from './authorised-person.ts';
import { csvBounds, formatCsv, parseCsvTable, type CsvRow, type WrittenColumn } from './csv.ts';
import { isoMoment, momentWord, readMomentWord, type DayEdge } from './moment-words.ts';

const PEOPLE_OF_FILE_MAX = 50_000;

const columns = [
  { name: 'first_name', aliases: ['first name', 'firstname', 'first'] },
  { name: 'last_name', aliases: ['last name', 'lastname', 'last'] },
  { name: 'number', aliases: ['phone', 'phone number', 'phone_number'], required: true },
  { name: 'enabled', aliases: ['active', 'status', 'state'] },
  { name: 'valid_from', aliases: ['valid from', 'from'] },
  { name: 'valid_until', aliases: ['valid until', 'until', 'valid_to', 'valid to'] },
] as const;

export type PeopleRow = CsvRow<(typeof columns)[number]['name']>;

/** A line as an entry, or why it is none. `notice` is '' where nothing is odd about the number. */
export type ReadEntry =
  | { readonly ok: true; readonly entry: NewEntry; readonly notice: string }
  | { readonly ok: false; readonly problem: string };

/** @throws AppError `invalid` where the file is no such table, or longer than one may be. */
export function readPeopleFile(bytes: Uint8Array): readonly PeopleRow[] {
  return parseCsvTable(bytes, columns, { ...csvBounds, linesMax: PEOPLE_OF_FILE_MAX + 1 });
}

/**
 * Reads one line. A column that the file does not have leaves what `known` says of the number as it is; an empty cell
 * means no name, enabled, and no bound.
 */
export function readEntryRow(
  row: PeopleRow,
  plan: CompiledPlan,
  known: (number: string) => AuthorisedRecord | null,
): ReadEntry {
  const number = readListedNumber(row.cell('number'), plan);
  if (!number.ok) return number;
  const before = known(number.e164);
  const name = {
    firstName: row.has('first_name') ? tidyName(row.cell('first_name')) : (before?.firstName ?? ''),
    lastName: row.has('last_name') ? tidyName(row.cell('last_name')) : (before?.lastName ?? ''),
  };
  const enabled = row.has('enabled') ? readEnabled(row.cell('enabled')) : (before?.enabled ?? true);
  const fromMs = row.has('valid_from') ? readCell(row, 'valid_from', 'start') : (before?.fromMs ?? null);
  const untilMs = row.has('valid_until') ? readCell(row, 'valid_until', 'end') : (before?.untilMs ?? null);
  const problem =
    personNameProblem(name) ??
    (enabled === undefined ? `enabled is on or off, not ${JSON.stringify(row.cell('enabled'))}` : null) ??
    (fromMs === undefined ? noMoment(row, 'valid_from') : null) ??
    (untilMs === undefined ? noMoment(row, 'valid_until') : null);
  if (problem !== null || enabled === undefined || fromMs === undefined || untilMs === undefined) {
    return { ok: false, problem: problem ?? 'it cannot be read' };
  }
  if (fromMs !== null && untilMs !== null && untilMs <= fromMs) {
    return { ok: false, problem: 'valid_until must come after valid_from' };
  }
  const entry = { ...name, number: number.e164, enabled, fromMs, untilMs };
  return { ok: true, entry, notice: number.notice };
}

const ON = new Set(['', 'on', 'yes', 'true', '1', 'enabled', 'active']);
const OFF = new Set(['off', 'no', 'false', '0', 'disabled', 'inactive']);

/** Undefined for a word that is neither. */
function readEnabled(cell: string): boolean | undefined {
  const word = cell.toLowerCase();
  if (ON.has(word)) return true;
  return OFF.has(word) ? false : undefined;
}

/** Null for an empty cell, undefined for what is no time. */
function readCell(
  row: PeopleRow,
  column: 'valid_from' | 'valid_until',
  edge: DayEdge,
): number | null | undefined {
  const cell = row.cell(column);
  return cell === '' ? null : (readMomentWord(cell, edge) ?? undefined);
}

const noMoment = (row: PeopleRow, column: 'valid_from' | 'valid_until') =>
  `${column} is a day such as 2026-12-31 or a time such as 2026-12-31 18:00, not ${JSON.stringify(row.cell(column))}`;

const written: readonly WrittenColumn<NewEntry>[] = [
  { title: 'first_name', cell: (entry) => entry.firstName },
  { title: 'last_name', cell: (entry) => entry.lastName },
  { title: 'number', cell: (entry) => entry.number, numbers: true },
  { title: 'enabled', cell: (entry) => (entry.enabled ? 'on' : 'off') },
  { title: 'valid_from', cell: ({ fromMs }) => (fromMs === null ? '' : momentWord(fromMs, 'start')) },
  { title: 'valid_until', cell: ({ untilMs }) => (untilMs === null ? '' : momentWord(untilMs, 'end')) },
];

/** What `readPeopleFile` reads as the same people again. */
export function formatPeople(entries: readonly NewEntry[]): string {
  return formatCsv(written, entries);
}

const reported: readonly WrittenColumn<AuthorisedRecord>[] = [
  { title: 'list', cell: ({ list }) => list },
  ...written,
  { title: 'added', cell: ({ addedMs }) => isoMoment(addedMs) },
  { title: 'uses', cell: ({ uses }) => String(uses) },
  { title: 'last_used', cell: ({ lastUsedMs }) => isoMoment(lastUsedMs) ?? '' },
];

/** People of several lists, with how they were used. */
export function formatReport(people: readonly AuthorisedRecord[]): string {
  return formatCsv(reported, people);
}
