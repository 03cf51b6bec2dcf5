// `callwarden country list | allow | deny | reset`: where calls may go.
import type { Command } from 'commander';
import type { CountryRow } from '../barring/policy.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import { counted, type Column } from './table.ts';

interface ShownCountry {
  readonly region: string;
  readonly name: string;
  readonly state: CountryRow['state'] | null;
}

interface ListOptions extends JsonOption {
  readonly all?: boolean;
}

const columns: readonly Column<ShownCountry>[] = [
  { title: 'CODE', cell: (row) => row.region },
  { title: 'COUNTRY OR REGION', cell: (row) => row.name },
  { title: 'STATE', cell: (row) => row.state },
];

/** Verb, the state it gives, its help. */
const verbs = [
  ['allow', 'allow', 'allow calls to countries: AR US +870, by code or English name'],
  ['deny', 'deny', 'deny countries by name: refused with a reason of their own'],
  ['reset', null, 'take countries off both lists: not allowed, as every country at first'],
] as const;

export function registerCountry(program: Command): void {
  const country = program.command('country').description('allowed countries and regions');

  country
    .command('list')
    .description('countries that were allowed or denied')
    .option('--all', 'every country and region that can be named')
    .option('--json', 'for programs')
    .action(async (options: ListOptions, command: Command) => {
      await list(options, command);
    });

  for (const [verb, state, help] of verbs) {
    country
      .command(`${verb} <countries...>`)
      .description(help)
      .option('--json', 'for programs')
      .action(async (words: string[], options: JsonOption, command: Command) => {
        const { setCountries } = await import('../admin/countries.ts');
        const outcome = await inChange(command, (context) => setCountries(context, words, state));
        printOutcome(outcome, 'country', options);
      });
  }
}

async function list(options: ListOptions, command: Command): Promise<void> {
  using store = await openForReading(command);
  const { readCountries } = await import('../store/countries.ts');
  const { allRegions, regionName } = await import('../admin/regions.ts');
  const states = new Map(readCountries(store).map((row) => [row.region, row.state]));
  const regions = options.all ? allRegions() : [...states.keys()];
  const rows = regions.map((region) => ({
    region,
    name: regionName(region),
    state: states.get(region) ?? null,
  }));
  const count = (state: CountryRow['state']) => rows.filter((row) => row.state === state).length;
  if (options.json) {
    return printJson({ countries: rows, count: rows.length, allowed: count('allow'), denied: count('deny') });
  }
  const footer = `${counted(count('allow'), 'country')} allowed, ${count('deny')} denied`;
  printTable(columns, rows, options.all ? `${footer}, of ${rows.length}` : footer);
}
