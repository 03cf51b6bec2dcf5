// `callwarden level list | show | set | add | drop | load | diff`: how far calls abroad are open.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { LevelEffect } from '../admin/level-effect.ts';
import type { LayerOwner } from '../admin/open-regions.ts';
import { someNames } from '../admin/some-of.ts';
import { AppError } from '../errors.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { registerLevelLists } from './level-lists.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface SetOptions extends JsonOption {
  readonly group?: string;
  readonly extension?: string;
  readonly dryRun?: boolean;
}

interface ShownLevel {
  readonly level: string;
  readonly countries: number;
  readonly holds: boolean;
  readonly opens: string;
}

interface ShownCountry {
  readonly region: string;
  readonly name: string;
  readonly level: string | null;
  readonly neighbour: boolean;
  readonly reason: string;
}

/** Names that one sentence holds; all of them with --json. */
const NAMES_MAX = 40;

const levelColumns: readonly Column<ShownLevel>[] = [
  { title: 'LEVEL', cell: (row) => row.level },
  { title: 'COUNTRIES', cell: (row) => row.countries, right: true },
  { title: 'HOLDS', cell: (row) => (row.holds ? 'yes' : null) },
  { title: 'OPENS', cell: (row) => row.opens },
];

const countryColumns: readonly Column<ShownCountry>[] = [
  { title: 'CODE', cell: (row) => row.region },
  { title: 'COUNTRY', cell: (row) => row.name },
  { title: 'LIST', cell: (row) => row.level },
  { title: 'NEIGHBOUR', cell: (row) => (row.neighbour ? 'yes' : null) },
  { title: 'REASON', cell: (row) => row.reason },
];

export function registerLevel(program: Command): void {
  const level = program.command('level').description('barring levels: how far calls abroad are open');

  level
    .command('list')
    .description('the levels, and how many countries each opens from the home region')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { listLevels } = await import('../admin/level-list.ts');
      const levels = listLevels(store);
      if (options.json) {
        return printJson({ levels: levels.map(({ regions: _regions, ...row }) => row) });
      }
      const holds = levels.find((row) => row.holds)?.level ?? 'closed';
      printTable(levelColumns, levels, `${holds} holds, where no group or extension has a level of its own`);
    });

  level
    .command('show <level>')
    .description('the countries that a level opens from the home region, each with its reason')
    .option('--json', 'for programs')
    .action(async (word: string, options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { showLevel } = await import('../admin/level-list.ts');
      const { readLevelName } = await import('../admin/levels.ts');
      const name = readLevelName(word);
      const countries = showLevel(store, name);
      if (options.json) return printJson({ level: name, count: countries.length, countries });
      const sources = 'sources in brackets: config/levels.toml';
      printTable(
        countryColumns,
        countries,
        `${counted(countries.length, 'country')} opened by ${name}; ${sources}`,
      );
    });

  level
    .command('set <level>')
    .description('open calls abroad as far as closed, low, medium, high or open')
    .option('--group <name>', 'for the members of one group')
    .option('--extension <extension>', 'for one extension')
    .option('--dry-run', 'tell what would change, and change nothing')
    .option('--json', 'for programs')
    .action(async (word: string, options: SetOptions, command: Command) => {
      await set(word, options, command);
    });

  registerLevelLists(level);
}

async function set(word: string, options: SetOptions, command: Command): Promise<void> {
  const { readLevelName, setLevel } = await import('../admin/levels.ts');
  const level = readLevelName(word);
  const owner = ownerOf(options);
  if (options.dryRun !== true) {
    const { outcome, effect } = await inChange(command, (context) => setLevel(context, owner, level));
    const told = await effectLines(effect);
    if (options.json) return printJson({ changed: outcome.changes.length, ...outcome, ...effect });
    const notices = outcome.changes.length > 0 ? [...told, ...outcome.notices] : outcome.notices;
    return printOutcome({ ...outcome, notices }, 'entry', options);
  }
  using store = await openForReading(command);
  const { levelEffect } = await import('../admin/level-effect.ts');
  const effect = levelEffect(store, owner, level, Date.now());
  if (options.json) return printJson({ dryRun: true, level, ...effect });
  printLines([...(await effectLines(effect)), 'Nothing was changed (--dry-run).']);
}

/** Whose level is meant, by the options that several commands share. */
function ownerOf({ group, extension }: SetOptions): LayerOwner {
  if (group !== undefined && extension !== undefined) {
    throw new AppError('invalid', 'Name a group or an extension, not both.');
  }
  if (group !== undefined) return { kind: 'group', name: group };
  return extension === undefined ? { kind: 'organisation' } : { kind: 'extension', name: extension };
}

async function effectLines({ opened, closed, open, extensions }: LevelEffect): Promise<readonly string[]> {
  const { regionName } = await import('../admin/regions.ts');
  const named = (verb: string, regions: readonly string[]) => {
    if (regions.length === 0) return [];
    const names = regions.map((region) => `${regionName(region)} (${region})`);
    return [`${verb} ${counted(regions.length, 'country')}: ${someNames(names, NAMES_MAX)}.`];
  };
  return [
    ...named('Opens', opened),
    ...named('Closes', closed),
    `${counted(open, 'country')} open, for ${counted(extensions, 'extension')} with the right to call abroad.`,
  ];
}
