// `callwarden list import | export`: the people of a list as a CSV file.
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import type { ImportedLine, ImportReport } from '../admin/authorised-import.ts';
import { inChange, openForReading } from './context.ts';
import { EXIT } from './exit-status.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

/** Lines of the report that people are shown; `--json` has all. */
const LINES_MAX = 50;
/** Of the owner alone: names and numbers of people. */
const FILE_MODE = 0o600;

interface ImportFlags extends JsonOption {
  readonly replace?: boolean;
  readonly skipBad?: boolean;
  readonly dryRun?: boolean;
}

interface ExportOptions extends JsonOption {
  readonly output?: string;
}

export function registerListFiles(list: Command): void {
  list
    .command('import <list> <file.csv>')
    .description('take people in: first_name,last_name,number,enabled,valid_from,valid_until')
    .option('--replace', 'take people off the list whom the file does not name')
    .option('--skip-bad', 'lines that are refused do not hold back the others')
    .option('--dry-run', 'only say what would happen')
    .option('--json', 'for programs: every line')
    .action(async (name: string, file: string, options: ImportFlags, command: Command) => {
      const { readBounded } = await import('../admin/csv.ts');
      const { importCounts, importPeople } = await import('../admin/authorised-import.ts');
      const bytes = readBounded(file);
      const { replace = false, skipBad = false, dryRun = false } = options;
      const report = await inChange(command, (context) =>
        importPeople(context, name, bytes, { replace, skipBad, dryRun }),
      );
      const isHeldBack = !report.applied && !dryRun;
      const counts = importCounts(report);
      if (isHeldBack || (dryRun && !skipBad && counts.refused > 0)) process.exitCode = EXIT.failed;
      if (options.json) return printJson({ counts, ...report });
      await printReport(report, isHeldBack, dryRun);
    });

  list
    .command('export <list>')
    .description('the people of a list, as the table that import reads')
    .option('--output <file>', 'write there instead of to the terminal')
    .option('--json', 'for programs: what was written')
    .action(async (name: string, options: ExportOptions, command: Command) => {
      using store = await openForReading(command);
      const { listPeople } = await import('../admin/authorised-view.ts');
      const { formatPeople } = await import('../admin/authorised-csv.ts');
      const people = listPeople(store, name);
      const text = formatPeople(people);
      if (options.output !== undefined) writeFileSync(options.output, text, { mode: FILE_MODE });
      else if (!options.json) process.stdout.write(text);
      if (options.json) return printJson({ people, count: people.length });
      if (options.output !== undefined)
        printLines([
          `${people.length === 1 ? '1 person' : `${people.length} people`} written to ${options.output}.`,
        ]);
    });
}

const columns: readonly Column<ImportedLine>[] = [
  { title: 'LINE', cell: ({ line }) => line, right: true },
  { title: 'OUTCOME', cell: ({ outcome }) => outcome },
  { title: 'NUMBER', cell: ({ number }) => number },
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'REASON', cell: ({ problem }) => problem },
];

async function printReport(report: ImportReport, isHeldBack: boolean, isDryRun: boolean): Promise<void> {
  const { importCounts, tellingLines } = await import('../admin/authorised-import.ts');
  const lines = tellingLines(report);
  const shown = lines.slice(0, LINES_MAX);
  const more = lines.length - shown.length;
  const footer = Object.entries(importCounts(report)).map(([word, count]) => `${count} ${word}`);
  printTable(
    columns,
    shown,
    [...(more > 0 ? [`... and ${more} more lines`] : []), footer.join(', ')].join('\n'),
  );
  printLines([...report.notices, conclusionOf(report, isHeldBack, isDryRun)]);
}

function conclusionOf({ policyVersion }: ImportReport, isHeldBack: boolean, isDryRun: boolean): string {
  if (isDryRun) return 'Nothing was changed: this was a dry run.';
  if (isHeldBack) {
    return 'Nothing was changed, because lines were refused. Correct them, or leave them out with --skip-bad.';
  }
  return `Policy version ${policyVersion}.`;
}
