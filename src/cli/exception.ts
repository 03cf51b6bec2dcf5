// `callwarden exception add | list | extend | remove | prune`: what single extensions may beyond, or short of, the rest.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ShownException } from '../admin/exception-list.ts';
import { AppError } from '../errors.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { collect } from './layer-options.ts';
import { isoOrNull, momentOrNull, readLimit } from './moment.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';
import { readLengthMs, readValidity, validityHelp, type ValidityWords } from './validity.ts';

interface AddOptions extends JsonOption, ValidityWords {
  readonly country?: readonly string[];
  readonly prefix?: readonly string[];
  readonly number?: readonly string[];
  readonly deny?: boolean;
  readonly pin?: boolean;
  readonly premium?: boolean;
  readonly reason: string;
  readonly owner?: string;
}

interface ListOptions extends JsonOption {
  readonly extension?: string;
  readonly expiring?: string;
  readonly expired?: boolean;
  readonly all?: boolean;
  readonly limit: string;
}

interface PruneOptions extends JsonOption {
  readonly olderThan?: string;
}

const columns: readonly Column<ShownException>[] = [
  { title: 'ID', cell: (row) => row.id, right: true },
  { title: 'EXTENSION', cell: (row) => row.extension },
  { title: 'ACTION', cell: (row) => row.action },
  { title: 'FOR', cell: (row) => row.target },
  { title: 'PREMIUM', cell: (row) => row.premium },
  { title: 'STATE', cell: (row) => row.state },
  { title: 'FROM', cell: (row) => momentOrNull(row.fromMs) },
  { title: 'UNTIL', cell: (row) => momentOrNull(row.untilMs) },
  { title: 'OWNER', cell: (row) => row.owner },
  { title: 'REASON', cell: (row) => row.reason },
];

export function registerException(program: Command): void {
  const exception = program
    .command('exception')
    .description('what single extensions may call beyond the rest, with a reason and an end');
  registerAdd(exception);
  registerList(exception);
  registerEnds(exception);
}

function registerAdd(exception: Command): void {
  exception
    .command('add <extensions...>')
    .description('1001 --country FR --until 2026-12-31 --reason "trade fair"; it needs no other right')
    .option('--country <codes>', 'countries: FR,IT or +870', collect)
    .option('--prefix <prefix>', 'every number that begins so: +3314', collect)
    .option('--number <number>', 'this very number: +33140205050', collect)
    .option('--deny', 'refuse it instead of allowing it')
    .option('--pin', 'ask for a PIN instead of allowing it')
    .option('--premium', 'also where it costs extra; a --number always does')
    .requiredOption('--reason <text>', 'why')
    .option('--owner <name>', 'who answers for it')
    .option(...validityHelp.from)
    .option(...validityHelp.until)
    .option(...validityHelp.for)
    .option('--json', 'for programs')
    .action(async (words: string[], options: AddOptions, command: Command) => {
      if (options.deny && options.pin) throw new AppError('invalid', 'Give one of --deny and --pin.');
      const { addExceptions } = await import('../admin/exceptions.ts');
      const asked = {
        countries: options.country ?? [],
        prefixes: options.prefix ?? [],
        numbers: options.number ?? [],
        action: options.deny ? ('deny' as const) : options.pin ? ('pin' as const) : ('allow' as const),
        premium: options.premium === true,
        reason: options.reason,
        owner: options.owner ?? '',
      };
      const outcome = await inChange(command, (context) =>
        addExceptions(context, words, { ...asked, ...readValidity(options, context.nowMs) }),
      );
      printOutcome(outcome, 'exception', options);
    });
}

function registerList(exception: Command): void {
  exception
    .command('list')
    .description('exceptions that count, or will')
    .option('--extension <extension>', 'of one extension')
    .option('--expiring <time>', 'those that end within this time: 7d')
    .option('--expired', 'those that have ended')
    .option('--all', 'those that have ended too')
    .option('--limit <count>', 'rows at most', '1000')
    .option('--json', 'for programs')
    .action(async (options: ListOptions, command: Command) => {
      const limit = readLimit(options.limit);
      const { expiring, extension } = options;
      using store = await openForReading(command);
      const { listExceptions } = await import('../admin/exception-list.ts');
      const found = listExceptions(store, Date.now(), {
        extension: extension ?? null,
        endsWithinMs: expiring === undefined ? null : readLengthMs(expiring, '--expiring'),
        show: options.expired ? 'expired' : options.all ? 'all' : 'current',
      });
      const rows = found.slice(0, limit);
      if (options.json) return printJson({ exceptions: rows.map(jsonOf), count: found.length });
      const footer = counted(found.length, 'exception');
      printTable(
        columns,
        rows,
        rows.length < found.length ? `${rows.length} of ${footer} (--limit)` : footer,
      );
    });
}

function jsonOf({ fromMs, untilMs, ...row }: ShownException) {
  return {
    ...row,
    from: isoOrNull(fromMs),
    until: isoOrNull(untilMs),
  };
}

function registerEnds(exception: Command): void {
  exception
    .command('extend <ids...>')
    .description('give exceptions another end: 12 --until 2026-12-31, or 12 --for 2h later than it was')
    .option(...validityHelp.until)
    .option('--for <time>', 'so much later than the present end, or than now: 2h, 3d')
    .option('--json', 'for programs')
    .action(async (ids: string[], options: JsonOption & ValidityWords, command: Command) => {
      const { extendExceptions } = await import('../admin/exceptions.ts');
      const outcome = await inChange(command, (context) => {
        const { untilMs } = readValidity(options, context.nowMs);
        if (untilMs === null)
          throw new AppError('invalid', 'Give the new end: --until 2026-12-31 or --for 2h.');
        const end = options.for === undefined ? { untilMs } : { moreMs: untilMs - context.nowMs };
        return extendExceptions(context, ids, end);
      });
      printOutcome(outcome, 'exception', options);
    });

  exception
    .command('remove <ids...>')
    .description('take exceptions away by their ids')
    .option('--json', 'for programs')
    .action(async (ids: string[], options: JsonOption, command: Command) => {
      const { removeExceptions } = await import('../admin/exceptions.ts');
      const outcome = await inChange(command, (context) => removeExceptions(context, ids));
      printOutcome(outcome, 'exception', options);
    });

  exception
    .command('prune')
    .description('forget exceptions that ended more than 30 days ago')
    .option('--older-than <time>', 'another age: 90d')
    .option('--json', 'for programs')
    .action(async (options: PruneOptions, command: Command) => {
      const { pruneExceptions } = await import('../admin/exceptions.ts');
      const { olderThan } = options;
      const keptMs = olderThan === undefined ? undefined : readLengthMs(olderThan, '--older-than');
      const outcome = await inChange(command, (context) => pruneExceptions(context, keptMs));
      printOutcome(outcome, 'exception', options);
    });
}
