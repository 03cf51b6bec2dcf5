// `callwarden country list | allow | deny | reset`: where calls may go.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ShownCountry } from '../admin/country-list.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface GroupOption extends JsonOption {
  readonly group?: string;
}

interface ListOptions extends GroupOption {
  readonly all?: boolean;
}

const columns: readonly Column<ShownCountry>[] = [
  { title: 'CODE', cell: (row) => row.region },
  { title: 'COUNTRY OR REGION', cell: (row) => row.name },
  { title: 'STATE', cell: (row) => row.state },
];

const allColumns: readonly Column<ShownCountry>[] = [
  ...columns,
  { title: 'CALLS', cell: (row) => (row.open ? 'open' : 'closed') },
  { title: 'FROM', cell: (row) => row.from },
];

/** Verb, the state it gives, its help. */
const verbs = [
  ['allow', 'allow', 'allow calls to countries, whatever the level: AR US +870, by code or English name'],
  ['deny', 'deny', 'deny countries by name: refused with a reason of their own'],
  ['reset', null, 'take countries off both lists, so that the level decides about them again'],
] as const;

export function registerCountry(program: Command): void {
  const country = program.command('country').description('allowed countries and regions');

  country
    .command('list')
    .description('countries that were allowed or denied')
    .option('--all', 'every country and region, whether it is open, and what opens or closes it')
    .option('--group <name>', 'as the members of one group have them')
    .option('--json', 'for programs')
    .action(async (options: ListOptions, command: Command) => {
      await list(options, command);
    });

  for (const [verb, state, help] of verbs) {
    country
      .command(`${verb} <countries...>`)
      .description(help)
      .option('--group <name>', 'for the members of one group')
      .option('--json', 'for programs')
      .action(async (words: string[], options: GroupOption, command: Command) => {
        const { setCountries } = await import('../admin/countries.ts');
        const { group = null } = options;
        const outcome = await inChange(command, (context) => setCountries(context, words, state, group));
        printOutcome(outcome, 'country', options);
      });
  }
}

async function list(options: ListOptions, command: Command): Promise<void> {
  using store = await openForReading(command);
  const { listCountries } = await import('../admin/country-list.ts');
  const { all = false, group } = options;
  const owner =
    group === undefined ? { kind: 'organisation' as const } : { kind: 'group' as const, name: group };
  const rows = listCountries(store, owner, all, Date.now());
  const count = (state: ShownCountry['state']) => rows.filter((row) => row.state === state).length;
  const open = rows.filter((row) => row.open).length;
  if (options.json) {
    return printJson({
      countries: rows,
      count: rows.length,
      allowed: count('allow'),
      denied: count('deny'),
      open,
    });
  }
  const footer = `${counted(count('allow'), 'country')} allowed, ${count('deny')} denied`;
  printTable(
    all ? allColumns : columns,
    rows,
    all ? `${footer} by name; ${open} of ${rows.length} open` : footer,
  );
}
