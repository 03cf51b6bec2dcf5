// Tables as CSV: what is read of a file, which line is wrong, and what a spreadsheet is given.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCsv, parseCsv, parseCsvTable } from '../../src/admin/csv.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const columns = [{ name: 'number', required: true, aliases: ['telephone'] }, { name: 'reason' }] as const;

const table = (text: string) =>
  parseCsvTable(bytes(text), columns).map(({ line, cell }) => [line, cell('number'), cell('reason')]);

describe('csv', () => {
  it('tells the line on which each record begins, blank lines and lines inside a cell counted', () => {
    const text = 'a,b\r\n\r\n1,"two\nlines"\n3,4\n';
    expect(parseCsv(bytes(text))).toEqual([
      { line: 1, cells: ['a', 'b'] },
      { line: 3, cells: ['1', 'two\nlines'] },
      { line: 5, cells: ['3', '4'] },
    ]);
  });

  it.each([
    ['commas', 'number,reason\n+5411,fraud\n'],
    ['semicolons', 'number;reason\n+5411;fraud\n'],
    ['tabs', 'number\treason\n+5411\tfraud\n'],
    ['a byte order mark', '\uFEFFnumber,reason\n+5411,fraud\n'],
    ['other heads in another order', 'Reason;Telephone\nfraud;+5411\n'],
    ['an apostrophe that keeps a formula away', "number,reason\n'+5411,fraud\n"],
  ])('reads a table with %s', (_, text) => {
    expect(table(text)).toEqual([[2, '+5411', 'fraud']]);
  });

  it('takes a missing cell for an empty one', () => {
    expect(table('number,reason\n118\n')).toEqual([[2, '118', '']]);
  });

  it.each([
    ['', /empty.*number, reason/],
    ['reason\nx\n', /Line 1 holds heads without number/],
    ['number,colour\n1,2\n', /the unknown "colour"/],
    ['number,number\n1,2\n', /number twice/],
    ['number,reason\n1,"open\n', /Line \d+: the quotation marks/],
    ['number,reason\n1,"a"b\n', /Line 2: the quotation marks/],
  ])('refuses %j', (text, sentence) => {
    expect(() => parseCsvTable(bytes(text), columns)).toThrow(sentence);
  });

  it('names the line with too many cells', () => {
    expect(() => parseCsvTable(bytes('number,reason\n1,2\n1,2,3\n'), columns)).toThrow(
      expect.objectContaining({ details: [expect.stringMatching(/^line 3: /)] }),
    );
  });

  it('keeps to its bounds', () => {
    const bounds = { bytesMax: 100, linesMax: 3, columnsMax: 2 };
    expect(() => parseCsv(bytes('a\nb\nc\nd\n'), bounds)).toThrow(/more than 3 lines/);
    expect(() => parseCsv(bytes('a,b,c\n'), bounds)).toThrow(/Line 1 has more than 2 columns/);
    expect(() => parseCsv(bytes('a'.repeat(101)), bounds)).toThrow(/larger than 100 bytes/);
    expect(() => parseCsv(bytes(`a,"${'b'.repeat(70_000)}\n"`))).toThrow(/too long/);
  });

  it('refuses what is not UTF-8', () => {
    expect(() => parseCsv(Uint8Array.from([0x61, 0xe9, 0x0a]))).toThrow(/UTF-8/);
  });

  it('gives a spreadsheet no formula, and leaves phone numbers as they are', () => {
    const text = formatCsv(
      [
        { title: 'number', cell: (row: readonly string[]) => row[0] ?? '', numbers: true },
        { title: 'reason', cell: (row) => row[1] ?? '' },
      ],
      [
        ['+5411', '=1+1'],
        ['+5412', '@SUM(A1)'],
        ['=2', 'a "quoted", word'],
        ['118', 'Ana;=HYPERLINK("x")'],
        ['119', '\uFF1D1+1 - or;-2;so'],
      ],
    );
    expect(text.split('\r\n')).toEqual([
      'number,reason',
      "+5411,'=1+1",
      "+5412,'@SUM(A1)",
      `'=2,"a ""quoted"", word"`,
      `118,"Ana;'=HYPERLINK(""x"")"`,
      `119,"'\uFF1D1+1 - or;'-2;so"`,
      '',
    ]);
  });

  it('reads back every text that it wrote', () => {
    const cell = fc
      .oneof(
        fc.string({ unit: 'grapheme', maxLength: 30 }),
        fc.string({
          unit: fc.constantFrom('=', '+', '-', '@', ';', "'", 'a', '\t', '\n', '\uFF1D'),
          maxLength: 9,
        }),
      )
      .map((text) => text.trim());
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.stringMatching(/^\+[1-9]\d{3,10}$/), cell), { maxLength: 20 }),
        (rows) => {
          const text = formatCsv(
            [
              { title: 'number', cell: (row: readonly [string, string]) => row[0], numbers: true },
              { title: 'reason', cell: (row) => row[1] },
            ],
            rows,
          );
          const back = table(text).map(([, ...cells]) => cells);
          expect(back).toEqual(rows);
        },
      ),
    );
  });
});
