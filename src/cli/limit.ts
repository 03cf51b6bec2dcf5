// `callwarden limit list | set | remove`: how many chargeable calls, to how many countries, how long.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { UsedLimit } from '../admin/limit-list.ts';
import { someNames } from '../admin/some-of.ts';
import type { LimitRow } from '../barring/policy.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { collect } from './layer-options.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface SetOptions extends JsonOption {
  readonly extension?: readonly string[];
  readonly group?: string;
  readonly together?: boolean;
  readonly class?: string;
  readonly warn?: string;
  readonly then?: string;
  readonly quarantineFor?: string;
  readonly observe?: boolean;
}

interface ListOptions extends JsonOption {
  readonly extension?: string;
  readonly group?: string;
}

/** Extensions that one line names. */
const NAMED_MAX = 3;

const columns: readonly Column<UsedLimit>[] = [
  { title: 'ID', cell: (row) => row.id, right: true },
  { title: 'LIMIT', cell: (row) => `${row.measure} ${row.amount}` },
  { title: 'CLASS', cell: (row) => row.class },
  { title: 'OF', cell: (row) => row.of },
  { title: 'COUNTED', cell: (row) => row.counted },
  { title: 'USED', cell: (row) => usedText(row) },
  { title: 'WARN', cell: (row) => (row.measure === 'duration' ? null : `${row.warnPercent}%`) },
  { title: 'THEN', cell: (row) => thenWord(row) },
  { title: 'OBSERVE', cell: (row) => row.observe },
];

/** `7` where all share one count; else the extensions that have used the most: `1001 3, 1002 1`. */
function usedText({ counted: how, used, extensions }: UsedLimit): string | null {
  if (used === null) return null;
  if (how === 'together') return String(used);
  if (extensions.length === 0) return '0';
  return someNames(
    extensions.map((one) => `${one.extension} ${one.used}`),
    NAMED_MAX,
  );
}

function thenWord({ measure, action, quarantineFor }: UsedLimit): string {
  if (measure === 'duration') return 'end the call';
  return quarantineFor === null ? action : `${action} ${quarantineFor}`;
}

export function registerLimit(program: Command): void {
  const limit = program.command('limit').description('limits on chargeable calls');

  limit
    .command('list')
    .description('all limits, and how much of each is used up by the calls on record')
    .option('--extension <name>', 'those of one extension alone')
    .option('--group <name>', 'those of one group alone')
    .option('--json', 'for programs')
    .action(async (options: ListOptions, command: Command) => {
      using store = await openForReading(command);
      const { listUsedLimits } = await import('../admin/limit-list.ts');
      const limits = listUsedLimits(store, Date.now()).filter((row) => isAsked(row, options));
      if (options.json) return printJson({ limits, count: limits.length });
      printTable(columns, limits, counted(limits.length, 'limit'));
    });

  limit
    .command('set <measure> <amount>')
    .description('add or change a limit: calls 20/h, concurrent 2, countries 5/d, duration 60m')
    .option('--extension <names>', 'of these extensions, again for more; every extension without it', collect)
    .option('--group <name>', 'of the members of a group')
    .option('--together', 'all share one count; without it each extension has its own')
    .option('--class <class>', 'chargeable (all that costs extra), international, premium or hot')
    .option('--warn <percent>', 'a notice from this share on; 80 without it')
    .option(
      '--then <action>',
      'deny, or quarantine: chargeable calls of the extension are refused for a while',
    )
    .option('--quarantine-for <time>', 'how long: 30m, 4h, 7d; an hour without it')
    .option('--observe', 'only record and tell what it would refuse')
    .option('--json', 'for programs')
    .action(async (measure: string, amount: string, options: SetOptions, command: Command) => {
      const { setLimit } = await import('../admin/limits.ts');
      const words = {
        ...options,
        action: options.then,
        measure,
        amount,
        extensions: options.extension ?? [],
      };
      const outcome = await inChange(command, (context) => setLimit(context, words));
      printOutcome(outcome, 'limit', options);
    });

  limit
    .command('remove <ids...>')
    .description('forget limits, by the ids of the list')
    .option('--json', 'for programs')
    .action(async (ids: string[], options: JsonOption, command: Command) => {
      const { removeLimits } = await import('../admin/limits.ts');
      const outcome = await inChange(command, (context) => removeLimits(context, ids));
      printOutcome(outcome, 'limit', options);
    });
}

function isAsked({ layer, name }: LimitRow, { extension, group }: ListOptions): boolean {
  if (extension === undefined && group === undefined) return true;
  return (layer === 'extension' && name === extension) || (layer === 'group' && name === group);
}
