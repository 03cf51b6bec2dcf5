// Tables for people: aligned columns, nothing from the network that a terminal would act upon.
import { escapeUnprintable } from '../config/log-line.ts';

const GAP = '  ';
const ABSENT = '-';
/** Columns of a terminal that tables keep to where their last column can be broken. */
const WIDTH_MAX = 120;
/** A last column is not made narrower. */
const LAST_WIDTH_MIN = 24;
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\uFF01-\uFF60]/u;
const WITHOUT_WIDTH = /[\p{Mn}\p{Me}\p{Cf}]/u;

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

/** Columns that a terminal needs for it. */
export function widthOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => {
    if (WITHOUT_WIDTH.test(letter)) return sum;
    return sum + (WIDE.test(letter) ? 2 : 1);
  }, 0);
}

/** Broken at spaces; a word that is longer stays whole. */
function broken(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && widthOf(line) + 1 + widthOf(word) <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** Lines whose last cell would stand over the edge go on below, that cell alone. */
function fitted(lines: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const widths = (lines[0] ?? []).slice(0, -1).map((_, at) => columnWidth(lines, at));
  const room = WIDTH_MAX - widths.reduce((sum, width) => sum + width + GAP.length, 0);
  if (room < LAST_WIDTH_MIN) return lines;
  return lines.flatMap((line) => {
    const others = line.slice(0, -1);
    return broken(line.at(-1) ?? '', room).map((text, at) =>
      (at === 0 ? others : others.map(() => '')).concat(text),
    );
  });
}

const columnWidth = (lines: readonly (readonly string[])[], at: number) =>
  Math.max(...lines.map((line) => widthOf(line[at] ?? '')));

/** The lines of a table with its heads; only a line of heads where there are no rows. */
export function tableLines<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string[] {
  const lines = fitted([
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ cell }) => textOf(cell(row)))),
  ]);
  const widths = columns.map((_, at) => columnWidth(lines, at));
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
