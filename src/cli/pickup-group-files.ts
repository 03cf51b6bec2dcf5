// `callwarden pickup group import pjsip | csv`, `export csv`: pickup groups from Asterisk's configuration and from tables.
import { globSync, writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, resolve } from 'node:path';
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ImportOptions } from '../admin/pickup-import.ts';
import type { ConfText } from '../asterisk/sections.ts';
import { someLines } from '../admin/some-of.ts';
import { AppError } from '../errors.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { printJson, printLines, type JsonOption } from './output.ts';

const CONF_BYTES_MAX = 8 * 1024 * 1024;
/** Files of one `#include`. */
const FILES_MAX = 1_000;
const FILE_MODE = 0o600;
/** Problems that are told one by one. */
const PROBLEMS_MAX = 20;

interface ImportFlags extends JsonOption, Partial<ImportOptions> {
  readonly prefix?: string;
  readonly skipBad?: boolean;
}

interface ExportOptions extends JsonOption {
  readonly output?: string;
}

export function registerPickupGroupFiles(group: Command): void {
  const from = group.command('import').description('take groups in from a file');
  importOptions(
    from
      .command('pjsip <pjsip.conf>')
      .description('the call groups of endpoints (may be taken) and their pickup groups (may take)')
      .option('--prefix <text>', 'what the names of the groups begin with', '')
      .option('--skip-bad', 'what cannot be read does not hold back the rest'),
  ).action(async (file: string, options: ImportFlags, command: Command) => {
    const { importPickupGroups, groupsOfEndpoints } = await import('../admin/pickup-import.ts');
    const { endpoints, problems } = await readEndpoints(file);
    if (problems.length > 0 && options.skipBad !== true) {
      throw new AppError('invalid', `${file} cannot be read as a whole. Nothing was changed.`, {
        details: someLines(problems, PROBLEMS_MAX),
      });
    }
    if (endpoints.length === 0) {
      throw new AppError('not-found', `${file} has no endpoint with a call group or a pickup group.`);
    }
    const groups = groupsOfEndpoints(endpoints, options.prefix ?? '');
    const outcome = await inChange(command, (context) =>
      importPickupGroups(context, groups, flagsOf(options)),
    );
    printOutcome(
      { ...outcome, notices: [...someLines(problems, PROBLEMS_MAX), ...outcome.notices] },
      'thing',
      options,
    );
  });

  importOptions(
    from
      .command('csv <file.csv>')
      .description('a table of members: group,number,alert-after,extension,member-group,role'),
  ).action(async (file: string, options: ImportFlags, command: Command) => {
    const { readBounded } = await import('../admin/csv.ts');
    const { readPickupTable } = await import('../admin/pickup-csv.ts');
    const { importPickupGroups } = await import('../admin/pickup-import.ts');
    const groups = readPickupTable(readBounded(file));
    const outcome = await inChange(command, (context) =>
      importPickupGroups(context, groups, flagsOf(options)),
    );
    printOutcome(outcome, 'thing', options);
  });

  group
    .command('export')
    .description('write groups to a file')
    .command('csv')
    .description('all groups as the table that import reads')
    .option('--output <file>', 'write there instead of to the terminal')
    .option('--json', 'for programs: what was written')
    .action(async (options: ExportOptions, command: Command) => {
      using store = await openForReading(command);
      const { readPickupGroups } = await import('../store/pickup-groups.ts');
      const { formatPickupTable } = await import('../admin/pickup-csv.ts');
      const groups = readPickupGroups(store);
      const text = formatPickupTable(groups);
      if (options.output !== undefined) writeFileSync(options.output, text, { mode: FILE_MODE });
      else if (!options.json) process.stdout.write(text);
      if (options.json) return printJson({ groups, count: groups.length });
      if (options.output !== undefined) {
        printLines([`${counted(groups.length, 'pickup group')} written to ${options.output}.`]);
      }
    });
}

function importOptions(command: Command): Command {
  return command
    .option('--replace', 'groups that the file names hold nobody whom it does not name')
    .option('--dry-run', 'only say what would change')
    .option('--json', 'for programs');
}

const flagsOf = ({ replace = false, dryRun = false }: ImportFlags): ImportOptions => ({ replace, dryRun });

async function readEndpoints(file: string) {
  const { readBounded } = await import('../admin/csv.ts');
  const { readSections } = await import('../asterisk/sections.ts');
  const { endpointGroupsOf } = await import('../asterisk/endpoint-groups.ts');
  // Asterisk looks from its directory of configuration files, wherever the including file lies (main/config.c).
  const directory = dirname(resolve(file));
  const read = (path: string): ConfText => ({
    name: dirname(path) === directory ? basename(path) : path,
    text: Buffer.from(readBounded(path, CONF_BYTES_MAX)).toString('utf8'),
  });
  const load = (pattern: string) => {
    const found = globSync(isAbsolute(pattern) ? pattern : resolve(directory, pattern)).sort();
    if (found.length > FILES_MAX) {
      throw new AppError('invalid', `#include ${pattern} means more than ${FILES_MAX} files.`);
    }
    return found.map(read);
  };
  const { sections, problems } = readSections(read(resolve(file)), load);
  const endpoints = endpointGroupsOf(sections);
  return { endpoints: endpoints.endpoints, problems: [...problems, ...endpoints.problems] };
}
