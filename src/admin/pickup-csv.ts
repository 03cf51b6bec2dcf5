// Pickup groups as a CSV table, one member a line: what `pickup group export csv` writes, `import csv` reads.
import { AppError } from '../errors.ts';
import type { PickupGroupRow } from '../pickup/call.ts';
import {
  csvBounds,
  formatCsv,
  parseCsvTable,
  refuseLines,
  type CsvRow,
  type LineProblem,
  type WrittenColumn,
} from './csv.ts';
import type { PickupGroupAttributes } from './pickup-groups.ts';
import type { ImportedGroup } from './pickup-import.ts';
import {
  readAlertAfter,
  readGroupNumber,
  readOneExtension,
  readRole,
  roleOf,
  sidesOf,
} from './pickup-words.ts';
import { readPolicyName } from './policy-name.ts';

const columns = [
  { name: 'group', required: true },
  { name: 'number' },
  { name: 'alert-after', aliases: ['alert_after'] },
  { name: 'extension' },
  { name: 'member-group', aliases: ['member_group'] },
  { name: 'role' },
] as const;

type Column = (typeof columns)[number]['name'];

interface OpenGroup {
  readonly attributes: { number?: string | null; alertAfterS?: number | null };
  readonly extensions: Map<string, PickupGroupRow['members'][number]>;
  readonly groups: Map<string, PickupGroupRow['memberGroups'][number]>;
}

/**
 * The groups of the table. An empty number or time leaves what is there as it is, an empty role is both, and a line
 * without a member makes the group alone. Throws one `AppError('invalid')` that names each wrong line and its column.
 */
export function readPickupTable(bytes: Uint8Array): readonly ImportedGroup[] {
  const found = new Map<string, OpenGroup>();
  const problems: LineProblem[] = [];
  for (const row of parseCsvTable(bytes, columns, csvBounds)) {
    try {
      enter(found, row);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push({ line: row.line, problem: error.message });
    }
  }
  refuseLines(problems);
  return [...found].map(([name, { attributes, extensions, groups }]) => ({
    name,
    attributes,
    extensions: [...extensions.values()],
    groups: [...groups.values()],
  }));
}

function enter(found: Map<string, OpenGroup>, row: CsvRow<Column>): void {
  const name = read(row, 'group', (word) => readPolicyName(word, 'a group'));
  const group: OpenGroup = found.get(name) ?? { attributes: {}, extensions: new Map(), groups: new Map() };
  found.set(name, group);
  const attributes: PickupGroupAttributes = {
    ...(row.cell('number') === '' ? {} : { number: read(row, 'number', readGroupNumber) }),
    ...(row.cell('alert-after') === '' ? {} : { alertAfterS: read(row, 'alert-after', readAlertAfter) }),
  };
  for (const [key, column] of [
    ['number', 'number'],
    ['alertAfterS', 'alert-after'],
  ] as const) {
    const [before, now] = [group.attributes[key], attributes[key]];
    if (before !== undefined && now !== undefined && before !== now) {
      throw new AppError(
        'invalid',
        `column ${column}: another line of ${name} says ${before ?? 'otherwise'}.`,
      );
    }
  }
  Object.assign(group.attributes, attributes);
  const sides = sidesOf(row.cell('role') === '' ? 'both' : read(row, 'role', readRole));
  if (row.cell('extension') !== '') {
    const extension = read(row, 'extension', readOneExtension);
    once(group.extensions, extension, 'extension');
    group.extensions.set(extension, { extension, ...sides });
  }
  if (row.cell('member-group') !== '') {
    const part = read(row, 'member-group', (word) => readPolicyName(word, 'a group'));
    once(group.groups, part, 'member-group');
    group.groups.set(part, { group: part, ...sides });
  }
}

function once(there: ReadonlyMap<string, unknown>, member: string, column: Column): void {
  if (there.has(member)) throw new AppError('invalid', `column ${column}: ${member} stands in it already.`);
}

function read<Value>(row: CsvRow<Column>, column: Column, how: (word: string) => Value): Value {
  try {
    return how(row.cell(column));
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError('invalid', `column ${column}: ${error.message}`, { cause: error });
  }
}

interface Line {
  readonly group: PickupGroupRow;
  readonly extension: string;
  readonly part: string;
  readonly role: string;
}

const written: readonly WrittenColumn<Line>[] = [
  { title: 'group', cell: ({ group }) => group.name },
  { title: 'number', cell: ({ group }) => group.number ?? 'none' },
  { title: 'alert-after', cell: ({ group }) => group.alertAfterS ?? 'default' },
  { title: 'extension', cell: ({ extension }) => extension },
  { title: 'member-group', cell: ({ part }) => part },
  { title: 'role', cell: ({ role }) => role },
];

/** What `readPickupTable` reads as the same groups again. */
export function formatPickupTable(groups: readonly PickupGroupRow[]): string {
  return formatCsv(written, groups.flatMap(linesOf));
}

function linesOf(group: PickupGroupRow): readonly Line[] {
  const lines = [
    ...group.members.map((member) => ({
      group,
      extension: member.extension,
      part: '',
      role: roleOf(member),
    })),
    ...group.memberGroups.map((member) => ({
      group,
      extension: '',
      part: member.group,
      role: roleOf(member),
    })),
  ];
  return lines.length > 0 ? lines : [{ group, extension: '', part: '', role: '' }];
}
