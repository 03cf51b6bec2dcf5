// What commands say: JSON for programs, lines for people, errors on stderr.
import { escapeUnprintable } from '../config/log-line.ts';
import { AppError } from '../errors.ts';
import { tableLines, type Column } from './table.ts';

/** Every command has it. */
export interface JsonOption {
  readonly json?: boolean;
}

export function printJson(value: unknown): void {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
}

export function printLines(lines: readonly string[]): void {
  if (lines.length > 0) process.stdout.write(`${lines.join('\n')}\n`);
}

/** The rows below their heads, an empty line, and the footer with the count. */
export function printTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], footer: string): void {
  printLines(rows.length > 0 ? [...tableLines(columns, rows), '', footer] : [footer]);
}

/** One sentence with what to do, its details below; an error that nobody foresaw shows where it came from. */
export function tellError(error: unknown): void {
  const lines =
    error instanceof AppError
      ? [error.message, ...error.details.map((detail) => `  - ${detail}`)]
      : [`Unforeseen: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`];
  const safe = lines.flatMap((line) => line.split('\n')).map(escapeUnprintable);
  process.stderr.write(`callwarden: ${safe.join('\n')}\n`);
}
