// `callwarden who-may <number>`: every extension that the policy names, judged for one number.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import { destinationText } from '../admin/destination-words.ts';
import { someNames } from '../admin/some-of.ts';
import { heapsOf, toldWhoMay, type Heap, type WhoMay } from '../admin/who-may.ts';
import { openForReading } from './context.ts';
import { isoTime, momentText, readMoment } from './moment.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { tableLines, type Column } from './table.ts';

interface Options extends JsonOption {
  readonly at?: string;
  readonly all?: boolean;
}

type Answer = WhoMay['extensions'][number];

/** Extensions that a line names, and that JSON names of each kind; all of them with --all. */
const NAMED_MAX = 20;

const words = { continue: 'allowed', challenge: 'with PIN', deny: 'refused' } as const;

const heapColumns: readonly Column<Heap>[] = [
  { title: 'VERDICT', cell: (row) => words[row.verdict] },
  { title: 'REASON', cell: (row) => row.reason },
  { title: 'COUNT', cell: (row) => row.extensions.length, right: true },
  { title: 'EXTENSIONS', cell: (row) => someNames(row.extensions, NAMED_MAX, ' ') },
];

const eachColumns: readonly Column<Answer>[] = [
  { title: 'EXTENSION', cell: (row) => row.extension },
  { title: 'VERDICT', cell: (row) => words[row.verdict] },
  { title: 'REASON', cell: (row) => row.instead ?? row.reason },
  { title: 'RULE', cell: (row) => row.rule.id },
];

export function registerWhoMay(program: Command): void {
  program
    .command('who-may <number>')
    .description('which extensions may call a number, with a PIN or without, and why the others may not')
    .option('--at <time>', '"2026-11-21 14:30", 2026-11-21 or 2h (ago); now without it')
    .option('--all', 'every extension by itself')
    .option('--json', 'for programs')
    .action(async (number: string, options: Options, command: Command) => {
      const nowMs = Date.now();
      const atMs = options.at === undefined ? nowMs : readMoment(options.at, '--at', nowMs);
      using store = await openForReading(command);
      const { loadPolicy } = await import('../store/policy.ts');
      const { compileSnapshot } = await import('../barring/snapshot.ts');
      const { readPast } = await import('../admin/recorded-past.ts');
      const { whoMaySteps } = await import('../admin/who-may.ts');
      const { finish } = await import('../store/steps.ts');
      const { barring } = loadPolicy(store);
      const { usage } = readPast(store, { atMs, nowMs }, barring.limits.length > 0);
      const found = finish(whoMaySteps(compileSnapshot(barring), usage, number, atMs));
      const isAll = options.all === true;
      if (options.json) return printJson(jsonOf(found, isAll, atMs));
      printLines(linesOf(found, isAll, atMs));
    });
}

function jsonOf(found: WhoMay, isAll: boolean, atMs: number) {
  return {
    dialled: found.destination.dialled,
    at: isoTime(atMs),
    ...toldWhoMay(found, NAMED_MAX),
    ...(isAll ? { extensions: found.extensions } : {}),
  };
}

function linesOf(found: WhoMay, isAll: boolean, atMs: number): readonly string[] {
  const { others } = found;
  const rows = isAll
    ? tableLines(eachColumns, found.extensions)
    : tableLines(heapColumns, heapsOf(found.extensions));
  return [
    `${found.destination.dialled}: ${destinationText(found.destination)}, at ${momentText(atMs)}`,
    ...(found.extensions.length === 0 ? [] : ['', ...rows]),
    '',
    `${counted(found.extensions.length, 'extension')}: ${found.allowed} allowed, ${found.withPin} with a PIN, ` +
      `${found.refused} refused. Any other: ${words[others.verdict]} (${others.instead ?? others.reason}).`,
  ];
}
