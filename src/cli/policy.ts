// `callwarden policy export | plan | apply | history | rollback | test | replay`: the policy as a file.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ChangeOutcome } from '../admin/change.ts';
import { AppError } from '../errors.ts';
import { changeLine, printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { isoTime, momentText } from './moment.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import { registerPolicyTests } from './policy-tests.ts';
import { readText, writeText } from './policy-text.ts';
import type { Column } from './table.ts';

interface ExportOptions extends JsonOption {
  readonly output?: string;
  readonly asOf?: string;
}

interface ApplyOptions extends JsonOption {
  readonly ifVersion?: string;
}

interface ShownVersion {
  readonly version: number;
  readonly atMs: number;
  readonly actor: string;
}

const historyColumns: readonly Column<ShownVersion>[] = [
  { title: 'VERSION', cell: (row) => row.version, right: true },
  { title: 'SINCE', cell: (row) => momentText(row.atMs) },
  { title: 'ACTOR', cell: (row) => row.actor },
];

export function registerPolicy(program: Command): void {
  const policy = program
    .command('policy')
    .description('the whole policy as a file: compare, apply, go back, test');

  policy
    .command('export')
    .description('the policy as TOML, on standard output or into a file')
    .option('--output <file>', 'the file to write')
    .option('--as-of <version>', 'as it was at that version')
    .option('--json', 'for programs')
    .action(async (options: ExportOptions, command: Command) => {
      await exportPolicy(options, command);
    });

  policy
    .command('plan <file>')
    .description('what applying the file would change; nothing is changed')
    .option('--json', 'for programs')
    .action(async (file: string, options: JsonOption, command: Command) => {
      const wanted = readText(file);
      using store = await openForReading(command);
      const { planPolicy } = await import('../admin/policy-file/apply.ts');
      printPlan(planPolicy(store, wanted, file), options);
    });

  policy
    .command('apply <file>')
    .description('make the policy what the file says, in one transaction')
    .option('--if-version <n>', 'only while the policy is still of that version')
    .option('--json', 'for programs')
    .action(async (file: string, options: ApplyOptions, command: Command) => {
      const wanted = readText(file);
      const version = options.ifVersion === undefined ? null : readVersion(options.ifVersion, '--if-version');
      const { applyPolicy } = await import('../admin/policy-file/apply.ts');
      printOutcome(
        await inChange(command, (context) => applyPolicy(context, wanted, file, version)),
        'thing',
        options,
      );
    });

  policy
    .command('history')
    .description('the versions that one can go back to, newest first')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { readHistory } = await import('../store/policy-history.ts');
      const versions = readHistory(store);
      if (options.json) {
        const shown = versions.map((row) => Object.assign({ at: isoTime(row.atMs) }, row));
        return printJson({ versions: shown, count: versions.length });
      }
      printTable(historyColumns, versions, counted(versions.length, 'version'));
    });

  policy
    .command('rollback [version]')
    .description('make the policy what it was at that version, or before the last change')
    .option('--json', 'for programs')
    .action(async (word: string | undefined, options: JsonOption, command: Command) => {
      const version = word === undefined ? null : readVersion(word, 'rollback');
      const { rollBack } = await import('../admin/policy-file/apply.ts');
      printOutcome(await inChange(command, (context) => rollBack(context, version)), 'thing', options);
    });

  registerPolicyTests(policy);
}

async function exportPolicy(options: ExportOptions, command: Command): Promise<void> {
  using store = await openForReading(command);
  const { policyText } = await import('../admin/policy-file/apply.ts');
  const text = policyText(store, options.asOf === undefined ? null : readVersion(options.asOf, '--as-of'));
  if (options.output !== undefined) {
    writeText(options.output, text);
    if (options.json) return printJson({ file: options.output });
    return printLines([`The policy is in ${options.output}.`]);
  }
  if (options.json) {
    const { readPolicyFile } = await import('../admin/policy-file/read-file.ts');
    return printJson(readPolicyFile(text, 'the policy'));
  }
  process.stdout.write(text);
}

function printPlan({ changes, policyVersion, notices }: ChangeOutcome, options: JsonOption): void {
  if (options.json) return printJson({ changes, count: changes.length, policyVersion, notices });
  const signs = changes.map((change) => {
    const sign = change.before === null ? '+' : change.after === null ? '-' : '~';
    return `${sign} ${changeLine(change)}`;
  });
  const footer =
    changes.length === 0
      ? `Nothing would change: the policy is what the file says (version ${policyVersion}).`
      : `${counted(changes.length, 'thing')} would change (policy version ${policyVersion}); nothing is changed yet.`;
  printLines([...signs, ...notices, ...(signs.length > 0 ? [''] : []), footer]);
}

function readVersion(word: string, option: string): number {
  if (/^[1-9]\d{0,14}$/.test(word)) return Number(word);
  throw new AppError('invalid', `${option} takes the number of a version, not ${JSON.stringify(word)}.`);
}
