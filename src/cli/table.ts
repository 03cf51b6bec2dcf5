// Tables for people: aligned columns, nothing from the network that a terminal would act upon.
import { escapeUnprintable } from '../config/log-line.ts';

const GAP = '  ';
const ABSENT = '-';

type Cell = string | number | boolean | null;

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Cell;
  /** Numbers that are compared at a glance stand to the right. */
  readonly right?: boolean;
}

function textOf(cell: Cell): string {
  if (cell === null || cell === '') return ABSENT;
  if (typeof cell === 'boolean') return cell ? 'on' : 'off';
  return escapeUnprintable(String(cell));
}

const widthOf = (text: string) => Array.from(text).length;

/** The lines of a table with its heads; only a line of heads where there are no rows. */
export function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ cell }) => textOf(cell(row)))),
  ];
  const widths = columns.map((_, index) => Math.max(...lines.map((line) => widthOf(line[index] ?? ''))));
  return lines.map((line) =>
    line
      .map((text, index) => {
        const space = ' '.repeat((widths[index] ?? 0) - widthOf(text));
        return columns[index]?.right === true ? space + text : text + space;
      })
      .join(GAP)
      .trimEnd(),
  );
}

/** `1 extension`, `3 extensions`, `1 country`, `2 countries`. */
export function counted(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`;
  const plural = noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`;
  return `${count.toLocaleString('en')} ${plural}`;
}
