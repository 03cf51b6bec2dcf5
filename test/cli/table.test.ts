// Tables and changes as people read them.
import { describe, expect, it } from 'vitest';
import { changeLine } from '../../src/cli/changes.ts';
import { momentText } from '../../src/cli/moment.ts';
import { tableLines } from '../../src/cli/table.ts';

const YEAR_END_MS = Date.UTC(2026, 11, 31, 23);

interface Row {
  readonly name: string;
  readonly text: string;
}

const columns = [
  { title: 'NAME', cell: (row: Row) => row.name },
  { title: 'TEXT', cell: (row: Row) => row.text },
];

const moved = (before: unknown, after: unknown) =>
  changeLine({ action: 'thing-changed', subject: 'thing', before, after });

describe('a table', () => {
  it('keeps to 120 columns: what is too long goes on below, in the last column', () => {
    const text = Array.from({ length: 60 }, (_, at) => 1000 + at).join(' ');
    const lines = tableLines(columns, [
      { name: 'sales', text },
      { name: 'one', text: 'x'.repeat(150) },
    ]);
    expect(lines.slice(1, 4).map((line) => line.slice(0, 12))).toEqual([
      'sales  1000 ',
      '       1022 ',
      '       1044 ',
    ]);
    expect(lines.slice(1, 4).every((line) => line.length <= 120)).toBe(true);
    expect(lines.at(-1)).toBe(`one    ${'x'.repeat(150)}`);
    expect(
      lines
        .slice(1, -1)
        .map((line) => line.slice(7))
        .join(' '),
    ).toBe(text);
  });

  it('stands in columns whatever the letters are: wide, joined to others, or without a width', () => {
    const lines = tableLines(columns, [
      { name: '张伟', text: 'a' },
      { name: 'Zoe\u0301', text: 'b' },
      { name: 'Ana', text: 'c' },
    ]);
    expect(lines).toEqual(['NAME  TEXT', '张伟  a', 'Zoe\u0301   b', 'Ana   c']);
  });
});

describe('the line of a change', () => {
  it.each([
    [
      'times as people write them',
      null,
      { until: new Date(YEAR_END_MS).toISOString() },
      `added, until ${momentText(YEAR_END_MS)}`,
    ],
    [
      'points in time and lengths',
      null,
      { fromMs: YEAR_END_MS, untilMs: null, quarantineMs: 3_600_000 },
      `added, from ${momentText(YEAR_END_MS)}, quarantine 1h`,
    ],
    ['short lists whole', { level: ['a'] }, { level: ['a', 'b'] }, 'level a -> a, b'],
  ])('tells %s', (_, before, after, line) => {
    expect(moved(before, after)).toBe(`thing: ${line}`);
  });

  it('tells of long lists what came and went', () => {
    const members = Array.from({ length: 1000 }, (_, at) => String(1000 + at));
    expect(moved({ members }, { members: [...members.slice(1), '2999'] })).toBe(
      'thing: members with 2999, without 1000',
    );
    expect(moved({ members }, { members: [] })).toMatch(/^thing: members without 1000; .* and 992 more$/);
  });
});
