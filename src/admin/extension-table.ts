// Extensions as a CSV table: what `extension export` writes, `extension import` reads.
import { counted } from '../counted.ts';
import { AppError } from '../errors.ts';
import { changePolicy, type AdminContext, type ChangeOutcome } from './change.ts';
import {
  csvBounds,
  formatCsv,
  parseCsvTable,
  refuseLines,
  type CsvRow,
  type LineProblem,
  type WrittenColumn,
} from './csv.ts';
import type { ShownExtension } from './extension-list.ts';
import { readExtensionWords } from './extension-words.ts';
import { readDisplayName, writeExtensions, type WantedExtension } from './extensions.ts';
import { layerWordsOf, readLayerWords } from './layer-words.ts';
import { requireGroup } from './groups.ts';
import { noticeWord, readMail, readNotice } from './pickup-person.ts';
import { requireSchedule } from './schedules.ts';
import { readSwitch } from './switch-word.ts';

const columns = [
  { name: 'extension', required: true },
  { name: 'name' },
  { name: 'international' },
  { name: 'level' },
  { name: 'schedule' },
  { name: 'pin' },
  { name: 'pin-entry', aliases: ['pin_entry'] },
  { name: 'groups', aliases: ['group'] },
  { name: 'any-pickup', aliases: ['any_pickup'] },
  { name: 'mail', aliases: ['email'] },
  { name: 'pickup-notice', aliases: ['pickup_notice'] },
] as const;

type Row = CsvRow<(typeof columns)[number]['name']>;

const written: readonly WrittenColumn<ShownExtension>[] = [
  { title: 'extension', cell: (row) => row.extension },
  { title: 'name', cell: (row) => row.name },
  { title: 'international', cell: (row) => row.right },
  { title: 'level', cell: (row) => layerWordsOf(row).level },
  { title: 'schedule', cell: (row) => layerWordsOf(row).schedule },
  { title: 'pin', cell: (row) => layerWordsOf(row).pin },
  { title: 'pin-entry', cell: (row) => layerWordsOf(row).pinEntry },
  { title: 'groups', cell: (row) => (row.groups.length === 0 ? 'none' : row.groups.join(' ')) },
  { title: 'any-pickup', cell: (row) => (row.anyPickup ? 'on' : 'off') },
  { title: 'mail', cell: (row) => row.mail || 'none' },
  { title: 'pickup-notice', cell: (row) => noticeWord(row.pickupNotice) },
];

export function formatExtensions(extensions: readonly ShownExtension[]): string {
  return formatCsv(written, extensions);
}

/**
 * Adds and changes the extensions of the table, all or none. An empty cell, and a column that is not there, leave
 * things as they are; `none` in the column of groups means no group. Throws one `AppError('invalid')` that names what
 * is wrong on which line.
 */
export function importExtensions(context: AdminContext, bytes: Uint8Array): ChangeOutcome {
  const rows = parseCsvTable(bytes, columns, csvBounds);
  const wanted = new Map<string, WantedExtension>();
  const problems: LineProblem[] = [];
  const lines = new Map<string, number>();
  for (const row of rows) {
    attempt(problems, row.line, () => {
      const { extension, attributes } = readRow(row);
      const first = lines.get(extension);
      if (first !== undefined) throw new AppError('invalid', `${extension} stands on line ${first} already.`);
      lines.set(extension, row.line);
      wanted.set(extension, { extension, attributes });
    });
  }
  return changePolicy(context, () => {
    const { store } = context;
    const known = new Set<string>();
    for (const { extension, attributes } of wanted.values()) {
      attempt(problems, lines.get(extension) ?? 0, () => {
        const { groups = [], schedule } = attributes;
        for (const name of groups) once(known, `group ${name}`, () => requireGroup(store, name));
        if (schedule) once(known, `schedule ${schedule}`, () => requireSchedule(store, schedule));
      });
    }
    refuseLines(problems.toSorted((a, b) => a.line - b.line));
    const changes = writeExtensions(store, [...wanted.values()]);
    return {
      changes,
      notices: [`${counted(rows.length, 'line')} read, ${rows.length - changes.length} unchanged.`],
    };
  });
}

function attempt(problems: LineProblem[], line: number, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    problems.push({ line, problem: error.message });
  }
}

/** A name that was found once is not looked up again. */
function once(known: Set<string>, key: string, find: () => unknown): void {
  if (known.has(key)) return;
  find();
  known.add(key);
}

function readRow(row: Row): WantedExtension {
  const [extension = '', ...more] = readExtensionWords([row.cell('extension')]);
  if (more.length > 0) throw new AppError('invalid', 'One extension stands on a line, no range.');
  const given = (name: Parameters<Row['cell']>[0]) => row.cell(name) || undefined;
  const name = given('name');
  const anyPickup = given('any-pickup');
  const groups = given('groups');
  const mail = given('mail');
  const notice = given('pickup-notice');
  const words = {
    international: given('international'),
    level: given('level'),
    schedule: given('schedule'),
    pin: given('pin'),
    pinEntry: given('pin-entry'),
  };
  const attributes = {
    ...readLayerWords(words),
    ...(name === undefined ? {} : { name: readDisplayName(name) }),
    ...(anyPickup === undefined ? {} : { anyPickup: readSwitch(anyPickup, 'any-pickup') }),
    ...(groups === undefined ? {} : { groups: groups === 'none' ? [] : groups.split(/[\s,;|]+/) }),
    ...(mail === undefined ? {} : { mail: readMail(mail) }),
    ...(notice === undefined ? {} : { pickupNotice: readNotice(notice, 'pickup-notice') }),
  };
  return { extension, attributes };
}
