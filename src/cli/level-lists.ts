// `callwarden level add | drop | load | diff`: which country stands in which level's list.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { LevelDifference } from '../admin/levels.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface AddOptions extends JsonOption {
  readonly reason?: string;
}

interface ShownDifference {
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
}

const differenceColumns: readonly Column<ShownDifference>[] = [
  { title: 'WHAT', cell: (row) => row.subject },
  { title: 'HERE', cell: (row) => row.before },
  { title: 'FILE', cell: (row) => row.after },
];

export function registerLevelLists(level: Command): void {
  level
    .command('add <level> <countries...>')
    .description('put countries into the list of low, medium or high: low NZ AU')
    .option('--reason <text>', 'why they stand there')
    .option('--json', 'for programs')
    .action(async (word: string, words: string[], options: AddOptions, command: Command) => {
      const { placeInLevel, readListedLevel } = await import('../admin/levels.ts');
      const listed = readListedLevel(word);
      const outcome = await inChange(command, (context) =>
        placeInLevel(context, words, listed, options.reason?.trim()),
      );
      printOutcome(outcome, 'country', options);
    });

  level
    .command('drop <countries...>')
    .description('take countries out of every list, so that only the level open opens them')
    .option('--json', 'for programs')
    .action(async (words: string[], options: JsonOption, command: Command) => {
      const { placeInLevel } = await import('../admin/levels.ts');
      const outcome = await inChange(command, (context) => placeInLevel(context, words, null));
      printOutcome(outcome, 'country', options);
    });

  level
    .command('load <file>')
    .description('replace the lists by those of an edited copy of levels.toml')
    .option('--json', 'for programs')
    .action(async (file: string, options: JsonOption, command: Command) => {
      const { readLevelFile } = await import('../admin/level-file.ts');
      const { loadLevels } = await import('../admin/levels.ts');
      const lists = readLevelFile(file);
      const outcome = await inChange(command, (context) => loadLevels(context, lists));
      printOutcome(outcome, 'entry', options);
    });

  level
    .command('diff [file]')
    .description('how the lists here differ from those that are shipped, or from a file')
    .option('--json', 'for programs')
    .action(async (file: string | undefined, options: JsonOption, command: Command) => {
      const { readLevelFile, shippedLevels } = await import('../admin/level-file.ts');
      const { levelDifferences } = await import('../admin/levels.ts');
      using store = await openForReading(command);
      const lists = file === undefined ? shippedLevels() : readLevelFile(file);
      const differences = levelDifferences(store, lists);
      if (options.json) return printJson(differences);
      const rows: readonly ShownDifference[] = [
        ...differences.countries.map(shownCountry),
        ...differences.neighbours.map(({ home, before, after }) => ({
          subject: `neighbours of ${home}`,
          before: before.join(' '),
          after: after.join(' '),
        })),
      ];
      printTable(differenceColumns, rows, counted(rows.length, 'difference'));
    });
}

function shownCountry({ region, name, before, after }: LevelDifference): ShownDifference {
  const sameLevel = before?.level === after?.level;
  const text = (place: LevelDifference['before']) =>
    place && (sameLevel ? `${place.level}: ${place.reason}` : place.level);
  return { subject: `${region} ${name}`, before: text(before), after: text(after) };
}
