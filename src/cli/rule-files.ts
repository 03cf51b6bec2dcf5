// `callwarden rule import | export`: rules by number and prefix as CSV files.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import { readChoice } from '../admin/known-word.ts';
import { inChange, openForReading } from './context.ts';
import { printJson, printLines, type JsonOption } from './output.ts';

interface ImportOptions extends JsonOption {
  readonly action?: string;
  readonly reason?: string;
  readonly replace?: boolean;
}

const FORM = `
Columns: number, action, exact, group, premium, observe, reason, from, until; only number is needed, and action
unless --action is given. A number is a prefix unless exact says yes. Rules that are there already are skipped.

A list that is bought anew every month, as one change:
  callwarden rule import list.csv --action block --replace --reason "list of ACME"`;

export function registerRuleFiles(rule: Command): void {
  rule
    .command('import <file>')
    .description('add the rules of a CSV file, all or none')
    .option('--action <action>', 'what the lines say that have no action: block')
    .option('--reason <text>', 'the reason of lines that have none')
    .option(
      '--replace',
      'in the place of all rules with that very --reason: those not in the file are taken away',
    )
    .addHelpText('after', FORM)
    .option('--json', 'for programs')
    .action(async (file: string, options: ImportOptions, command: Command) => {
      const { readBounded } = await import('../admin/csv.ts');
      const { importRules } = await import('../admin/rule-files.ts');
      const { ruleActions } = await import('../admin/rule-words.ts');
      const action =
        options.action === undefined ? null : readChoice(options.action, ruleActions, '--action');
      const bytes = readBounded(file);
      const { outcome, counts } = await inChange(command, (context) =>
        importRules(context, bytes, {
          action,
          reason: options.reason ?? '',
          replace: options.replace === true,
        }),
      );
      const { policyVersion } = outcome;
      if (options.json) return printJson({ ...counts, policyVersion });
      const told = (count: number) => count.toLocaleString('en');
      const skipped = counts.skipped === 0 ? '' : `, ${told(counts.skipped)} there already`;
      const removed = options.replace === true ? `, ${told(counts.removed)} removed` : '';
      printLines([
        `${counted(counts.lines, 'line')}: ${told(counts.added)} added${skipped}${removed}; policy version ${policyVersion}.`,
      ]);
    });

  rule
    .command('export')
    .description('all rules as CSV, as `rule import` reads them')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      if (options.json) {
        const { readRules } = await import('../store/rules.ts');
        return printJson({ rules: readRules(store) });
      }
      const { exportRules } = await import('../admin/rule-files.ts');
      process.stdout.write(exportRules(store));
    });
}
