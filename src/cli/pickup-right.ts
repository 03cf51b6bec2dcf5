// `callwarden pickup right add | list | remove | prune`: who may take whose calls beside the groups.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ShownPickupRight } from '../admin/pickup-rights.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { isoOrNull, momentOrNull } from './moment.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import { pickupCommand } from './pickup-command.ts';
import type { Column } from './table.ts';
import { readLengthMs, readValidity, validityHelp, type ValidityWords } from './validity.ts';

interface AddOptions extends JsonOption, ValidityWords {
  readonly schedule?: string;
  readonly reason?: string;
}

interface ListOptions extends JsonOption {
  readonly extension?: string;
  readonly expired?: boolean;
  readonly all?: boolean;
}

interface PruneOptions extends JsonOption {
  readonly olderThan?: string;
}

const columns: readonly Column<ShownPickupRight>[] = [
  { title: 'ID', cell: (row) => row.id, right: true },
  { title: 'MAY TAKE', cell: (row) => row.picker },
  { title: 'CALLS OF', cell: (row) => row.target },
  { title: 'STATE', cell: (row) => row.state },
  { title: 'FROM', cell: (row) => momentOrNull(row.fromMs) },
  { title: 'UNTIL', cell: (row) => momentOrNull(row.untilMs) },
  { title: 'SCHEDULE', cell: (row) => row.schedule || 'always' },
  { title: 'REASON', cell: (row) => row.reason },
];

export function registerPickupRight(program: Command): void {
  const right = pickupCommand(program)
    .command('right')
    .description('who may take whose calls beside the groups: a deputy, the reception');
  registerAdd(right);
  registerList(right);
  registerEnds(right);
}

function registerAdd(right: Command): void {
  right
    .command('add <picker> <target>')
    .description(
      '1003 1002, group:reception any: an extension or group:<name> may take the calls of another, or any',
    )
    .option(...validityHelp.from)
    .option(...validityHelp.until)
    .option(...validityHelp.for)
    .option('--schedule <name>', 'holds only while that schedule is open')
    .option('--reason <text>', 'why')
    .option('--json', 'for programs')
    .action(async (picker: string, target: string, options: AddOptions, command: Command) => {
      const { addRight } = await import('../admin/pickup-rights.ts');
      const { schedule = '', reason = '' } = options;
      const outcome = await inChange(command, (context) =>
        addRight(context, { picker, target, schedule, reason, ...readValidity(options, context.nowMs) }),
      );
      printOutcome(outcome, 'pickup right', options);
    });
}

function registerList(right: Command): void {
  right
    .command('list')
    .description('rights that count, or will')
    .option('--extension <extension>', 'of one extension, as picker or as target')
    .option('--expired', 'those that have ended')
    .option('--all', 'those that have ended too')
    .option('--json', 'for programs')
    .action(async (options: ListOptions, command: Command) => {
      using store = await openForReading(command);
      const { listRights } = await import('../admin/pickup-rights.ts');
      const rights = listRights(store, Date.now(), {
        extension: options.extension ?? null,
        show: options.expired ? 'expired' : options.all ? 'all' : 'current',
      });
      if (options.json) return printJson({ rights: rights.map(jsonOf), count: rights.length });
      printTable(columns, rights, counted(rights.length, 'pickup right'));
    });
}

const jsonOf = ({ fromMs, untilMs, ...row }: ShownPickupRight) => ({
  ...row,
  from: isoOrNull(fromMs),
  until: isoOrNull(untilMs),
});

function registerEnds(right: Command): void {
  right
    .command('remove <ids...>')
    .description('take rights away by their ids')
    .option('--json', 'for programs')
    .action(async (ids: string[], options: JsonOption, command: Command) => {
      const { removeRights } = await import('../admin/pickup-rights.ts');
      const outcome = await inChange(command, (context) => removeRights(context, ids));
      printOutcome(outcome, 'pickup right', options);
    });

  right
    .command('prune')
    .description('forget rights that ended more than 30 days ago')
    .option('--older-than <time>', 'another age: 90d')
    .option('--json', 'for programs')
    .action(async (options: PruneOptions, command: Command) => {
      const { pruneRights } = await import('../admin/pickup-rights.ts');
      const { olderThan } = options;
      const keptMs = olderThan === undefined ? undefined : readLengthMs(olderThan, '--older-than');
      const outcome = await inChange(command, (context) => pruneRights(context, keptMs));
      printOutcome(outcome, 'pickup right', options);
    });
}
