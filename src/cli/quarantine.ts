// `callwarden quarantine list | add | release`: extensions whose chargeable calls are refused for a while.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { Quarantine } from '../barring/usage.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { isoOrNull, isoTime, momentText } from './moment.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';
import { readValidity, validityHelp } from './validity.ts';

interface AddOptions extends JsonOption {
  readonly reason: string;
  readonly until?: string;
  readonly for?: string;
}

const columns: readonly Column<Quarantine>[] = [
  { title: 'EXTENSION', cell: (row) => row.extension },
  { title: 'SINCE', cell: (row) => momentText(row.sinceMs) },
  { title: 'UNTIL', cell: (row) => (row.untilMs === null ? 'released' : momentText(row.untilMs)) },
  { title: 'BY', cell: (row) => row.by },
  { title: 'REASON', cell: (row) => row.reason },
];

export function registerQuarantine(program: Command): void {
  const quarantine = program
    .command('quarantine')
    .description('extensions whose chargeable calls are refused for a while');

  quarantine
    .command('list')
    .description('who is in quarantine, until when and why')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { listQuarantines } = await import('../admin/quarantine.ts');
      const held = listQuarantines(store, Date.now());
      if (options.json) return printJson({ quarantines: held.map(jsonOf), count: held.length });
      printTable(columns, held, `${counted(held.length, 'extension')} in quarantine`);
    });

  quarantine
    .command('add <extensions...>')
    .description('refuse the chargeable calls of extensions; the running daemon does so within a second')
    .requiredOption('--reason <text>', 'what the record will say')
    .option(validityHelp.until[0], 'until then; without an end until somebody releases them')
    .option(validityHelp.for[0], 'so long: 30m, 4h, 7d')
    .option('--json', 'for programs')
    .action(async (words: string[], options: AddOptions, command: Command) => {
      const { until, for: length, reason } = options;
      const { untilMs } = readValidity({ until, for: length }, Date.now());
      const { addQuarantines } = await import('../admin/quarantine.ts');
      const outcome = await inChange(command, (context) =>
        addQuarantines(context, words, { untilMs, reason }),
      );
      printOutcome(outcome, 'extension', options);
    });

  quarantine
    .command('release <extensions...>')
    .description('end quarantines; the running daemon does so within a second')
    .option('--json', 'for programs')
    .action(async (words: string[], options: JsonOption, command: Command) => {
      const { releaseExtensions } = await import('../admin/quarantine.ts');
      const outcome = await inChange(command, (context) => releaseExtensions(context, words));
      printOutcome(outcome, 'extension', options);
    });
}

const jsonOf = (row: Quarantine) => ({
  ...row,
  since: isoTime(row.sinceMs),
  until: isoOrNull(row.untilMs),
});
