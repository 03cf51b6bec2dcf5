// Tables as CSV: read with bounds and line numbers, written so that no spreadsheet takes a cell for a formula.
import { closeSync, openSync, readSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { counted } from '../counted.ts';
import { AppError } from '../errors.ts';
import { someLines } from './some-of.ts';

export interface CsvBounds {
  readonly bytesMax: number;
  /** Records, the heads among them. */
  readonly linesMax: number;
  readonly columnsMax: number;
}

export const csvBounds: CsvBounds = { bytesMax: 64 * 1024 * 1024, linesMax: 200_001, columnsMax: 50 };
/** Bytes of one record: a quotation mark that is never closed must not swallow the file. */
const RECORD_BYTES_MAX = 64 * 1024;
/** Problems that are told by line; the rest is counted. */
const PROBLEMS_MAX = 20;
const READ_CHUNK_BYTES = 1024 * 1024;

/** One record and the line on which it begins, from 1. */
export interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** What was wrong on which line. */
export interface LineProblem {
  readonly line: number;
  readonly problem: string;
}

export interface CsvColumn {
  /** As it stands in the heads, in lower case. */
  readonly name: string;
  /** Other words for it. */
  readonly aliases?: readonly string[];
  readonly required?: boolean;
}

/** One row of a table with heads. */
export interface CsvRow<Name extends string = string> {
  readonly line: number;
  /** The cell of a column, '' where there is none. */
  readonly cell: (name: Name) => string;
  /** Whether the file has that column at all. */
  readonly has: (name: Name) => boolean;
}

export interface WrittenColumn<Row> {
  readonly title: string;
  readonly cell: (row: Row) => string | number | null;
  /** Holds phone numbers, whose `+` is no formula. */
  readonly numbers?: boolean;
}

/** The bytes of a file, no more than the bound. Throws `AppError` for one that is larger or cannot be read. */
export function readBounded(file: string, bytesMax: number = csvBounds.bytesMax): Uint8Array {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (error) {
    throw cannotRead(file, error);
  }
  try {
    const chunks: Uint8Array[] = [];
    let total = 0;
    for (;;) {
      const chunk = new Uint8Array(READ_CHUNK_BYTES);
      const count = readSync(descriptor, chunk);
      if (count === 0) return Buffer.concat(chunks);
      total += count;
      if (total > bytesMax)
        throw new AppError('invalid', `${file} is larger than ${bytesMax} bytes. Split it.`);
      chunks.push(chunk.subarray(0, count));
    }
  } catch (error) {
    throw error instanceof AppError ? error : cannotRead(file, error);
  } finally {
    closeSync(descriptor);
  }
}

function cannotRead(file: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown';
  const kind = code === 'ENOENT' ? 'not-found' : 'unauthorized';
  return new AppError(kind, `${file} cannot be read (${code}). Check its name and its permissions.`, {
    cause,
  });
}

/**
 * The records of a file without assuming heads. A byte order mark is skipped, `;`, `,` or a tab told by the first
 * line. Throws `AppError('invalid')` with the line.
 */
export function parseCsv(bytes: Uint8Array, bounds: CsvBounds = csvBounds): readonly CsvRecord[] {
  const text = decode(bytes, bounds);
  const records: CsvRecord[] = [];
  try {
    parse(text, {
      delimiter: delimiterOf(text),
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
      max_record_size: RECORD_BYTES_MAX,
      to: bounds.linesMax + 1,
      on_record: (cells: readonly string[], { lines }) => {
        const inside = cells.reduce((count, cell) => count + (cell.split(/\r\n?|\n/).length - 1), 0);
        records.push({ line: lines - inside, cells: cells.map(withoutApostrophe) });
        return null;
      },
    });
  } catch (error) {
    throw translated(error);
  }
  if (records.length > bounds.linesMax) {
    throw new AppError(
      'invalid',
      `The file has more than ${bounds.linesMax.toLocaleString('en')} lines. Split it.`,
    );
  }
  const wide = records.find(({ cells }) => cells.length > bounds.columnsMax);
  if (wide) throw new AppError('invalid', `Line ${wide.line} has more than ${bounds.columnsMax} columns.`);
  return records;
}

/**
 * A table whose first line holds the heads, in any order and case. Throws `AppError('invalid')` where a required
 * column is missing, one is not known, or a line has more cells than the heads.
 */
export function parseCsvTable<const Column extends CsvColumn>(
  bytes: Uint8Array,
  columns: readonly Column[],
  bounds: CsvBounds = csvBounds,
): readonly CsvRow<Column['name']>[] {
  const [heads, ...records] = parseCsv(bytes, bounds);
  const expected = columns.map(({ name }) => name).join(', ');
  if (heads === undefined) {
    throw new AppError('invalid', `The file is empty. Its first line holds the heads: ${expected}.`);
  }
  const places = heads.cells.map((head) => {
    const word = head.toLowerCase();
    return columns.find(({ name, aliases = [] }) => name === word || aliases.includes(word)) ?? head;
  });
  refuseHeads(heads, places, columns, expected);
  const indexOf = new Map(
    places.map((place, index) => [typeof place === 'string' ? place : place.name, index]),
  );
  const problems: LineProblem[] = [];
  const rows = records.map(({ line, cells }): CsvRow<Column['name']> => {
    if (cells.slice(places.length).some((cell) => cell !== '')) {
      problems.push({
        line,
        problem: `${counted(cells.length, 'cell')}, but the heads name ${places.length}.`,
      });
    }
    return {
      line,
      cell: (name) => cells[indexOf.get(name) ?? -1] ?? '',
      has: (name) => indexOf.has(name),
    };
  });
  refuseLines(problems);
  return rows;
}

function refuseHeads(
  { line }: CsvRecord,
  places: readonly (CsvColumn | string)[],
  columns: readonly CsvColumn[],
  expected: string,
): void {
  const unknown = places.filter((place) => typeof place === 'string');
  const missing = columns.filter((column) => column.required === true && !places.includes(column));
  const twice = columns.filter((column) => places.filter((place) => place === column).length > 1);
  const said = [
    ...(missing.length > 0 ? [`without ${missing.map(({ name }) => name).join(', ')}`] : []),
    ...(unknown.length > 0
      ? [`with the unknown ${unknown.map((head) => JSON.stringify(head)).join(', ')}`]
      : []),
    ...(twice.length > 0 ? [`with ${twice.map(({ name }) => name).join(', ')} twice`] : []),
  ];
  if (said.length === 0) return;
  throw new AppError('invalid', `Line ${line} holds heads ${said.join(' and ')}. Expected are: ${expected}.`);
}

/** Throws one `AppError('invalid')` that tells every problem by its line; does nothing where there is none. */
export function refuseLines(problems: readonly LineProblem[]): void {
  if (problems.length === 0) return;
  const told = problems.map(({ line, problem }) => `line ${line}: ${problem}`);
  const count = problems.length === 1 ? 'One line is' : `${problems.length} lines are`;
  throw new AppError('invalid', `${count} wrong. Nothing was changed.`, {
    details: someLines(told, PROBLEMS_MAX),
  });
}

/** Any end of a line stands in quotation marks, whichever ends ours. */
const WRITTEN = { record_delimiter: 'windows', quoted_match: /[\r\n;\t]/ } as const;

/** The table as CSV with heads, lines ended as RFC 4180 has it. */
export function formatCsv<Row>(columns: readonly WrittenColumn<Row>[], rows: readonly Row[]): string {
  const heads = stringify([columns.map(({ title }) => title)], WRITTEN);
  return heads + formatCsvRows(columns, rows);
}

/** The same without heads, for what comes behind them. */
export function formatCsvRows<Row>(columns: readonly WrittenColumn<Row>[], rows: readonly Row[]): string {
  const records = rows.map((row) =>
    columns.map(({ cell, numbers }) => {
      const text = String(cell(row) ?? '');
      return numbers === true && /^\+?\d*$/.test(text) ? text : withApostrophe(text);
    }),
  );
  return stringify(records, WRITTEN);
}

/**
 * Spreadsheets compute what begins so (OWASP, "CSV injection"), in full width too; an apostrophe in front makes it text. Where
 * `;` parts the cells, as in Germany, France and Spain, a cell also begins behind one, quotation marks or not.
 */
const FORMULA = /(^|[;\t\r\n])(?='*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/g;
const NO_FORMULA = /(^|[;\t\r\n])'(?='*[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/g;

const withApostrophe = (text: string) => text.replaceAll(FORMULA, "$1'");
const withoutApostrophe = (text: string) => text.replaceAll(NO_FORMULA, '$1');

function decode(bytes: Uint8Array, { bytesMax }: CsvBounds): string {
  if (bytes.length > bytesMax)
    throw new AppError('invalid', `The file is larger than ${bytesMax} bytes. Split it.`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new AppError('invalid', 'The file is not written in UTF-8. Save it as "CSV UTF-8".', {
      cause: error,
    });
  }
}

function delimiterOf(text: string): string {
  const [first = ''] = text.trimStart().split('\n', 1);
  const bare = first.replaceAll(/"[^"]*"/g, '');
  const count = (delimiter: string) => bare.split(delimiter).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}

function translated(error: unknown): unknown {
  if (!(error instanceof CsvError)) return error;
  const line = 'lines' in error ? Number(error['lines']) : 0;
  const said =
    error.code === 'CSV_MAX_RECORD_SIZE'
      ? 'the line is too long: a quotation mark may not be closed'
      : 'the quotation marks do not fit';
  return new AppError('invalid', `Line ${line}: ${said}. Nothing was changed.`, { cause: error });
}
