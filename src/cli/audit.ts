// `callwarden audit [verify]`: who changed what, and whether the chain of records is whole.
import type { Command } from 'commander';
import type { AuditFilter, AuditRecord } from '../store/audit.ts';
import { changeLine } from './changes.ts';
import { openForReading } from './context.ts';
import { EXIT } from './exit-status.ts';
import { isoTime, momentText, readLimit, readMoment } from './moment.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import { counted, type Column } from './table.ts';

interface AuditOptions extends JsonOption {
  readonly actor?: string;
  readonly subject?: string;
  readonly since?: string;
  readonly limit: string;
}

const columns: readonly Column<AuditRecord>[] = [
  { title: 'SEQ', cell: (row) => row.seq, right: true },
  { title: 'TIME', cell: (row) => momentText(row.atMs) },
  { title: 'ACTOR', cell: (row) => row.actor },
  { title: 'ACTION', cell: (row) => row.action },
  { title: 'CHANGE', cell: (row) => changeLine(row) },
];

export function registerAudit(program: Command): void {
  const audit = program
    .command('audit')
    .description('who changed what, newest first')
    .option('--actor <name>', 'such as cli:maria')
    .option('--subject <text>', 'such as "extension 1001" or home-region')
    .option('--since <time>', '"2026-11-21 14:30", 2026-11-21 or 2h (ago)')
    .option('--limit <rows>', 'rows at most', '50')
    .option('--json', 'for programs')
    .action(async (options: AuditOptions, command: Command) => {
      await list(options, command);
    });

  audit
    .command('verify')
    .description('check the chain of all records; exit status 1 where it is broken')
    .option('--json', 'for programs')
    .action(async (_: JsonOption, command: Command) => {
      // The option also stands on `audit`, which takes it where both could.
      await verify(command.optsWithGlobals<JsonOption>(), command);
    });
}

async function list(options: AuditOptions, command: Command): Promise<void> {
  const { actor, subject, since } = options;
  const filter: AuditFilter = {
    ...(actor === undefined ? {} : { actor }),
    ...(subject === undefined ? {} : { subject }),
    ...(since === undefined ? {} : { sinceMs: readMoment(since, '--since', Date.now()) }),
    limit: readLimit(options.limit),
  };
  using store = await openForReading(command);
  const { readAudit } = await import('../store/audit.ts');
  const records = readAudit(store, filter);
  if (options.json) {
    const shown = records.map((record) => Object.assign({ at: isoTime(record.atMs) }, record));
    return printJson({ audit: shown, count: records.length });
  }
  const more = records.length === filter.limit ? ' (there may be more: --limit)' : '';
  printTable(columns, records, `${counted(records.length, 'record')}${more}`);
}

async function verify(options: JsonOption, command: Command): Promise<void> {
  using store = await openForReading(command);
  const { verifyAudit } = await import('../store/audit.ts');
  const { verifyPolicy } = await import('../store/policy.ts');
  const chain = verifyAudit(store);
  if (!chain.whole) process.exitCode = EXIT.failed;
  if (options.json) printJson(chain);
  else if (chain.whole) {
    printLines([`The chain of ${counted(chain.rows, 'record')} is whole.`, `Its head is ${chain.headHash}.`]);
  } else {
    printLines([`The chain is broken at record ${chain.brokenAtSeq}. ${chain.problem}`]);
  }
  verifyPolicy(store);
}
