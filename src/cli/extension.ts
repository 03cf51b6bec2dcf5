// `callwarden extension list | show | set | remove | import | export`: the phones and their rights.
import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ExtensionAttributes } from '../admin/extensions.ts';
import type { ShownExtension } from '../admin/extension-list.ts';
import { readSwitch } from '../admin/switch-word.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { showExtension, type ShowOptions } from './extension-show.ts';
import { layerOptions, type LayerOptions } from './layer-options.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

const columns: readonly Column<ShownExtension>[] = [
  { title: 'EXTENSION', cell: (row) => row.extension },
  { title: 'NAME', cell: (row) => row.name },
  { title: 'INTERNATIONAL', cell: (row) => row.international },
  { title: 'RIGHT', cell: (row) => row.right },
  { title: 'LEVEL', cell: (row) => row.level },
  { title: 'SCHEDULE', cell: (row) => (row.schedule === '' ? 'always' : row.schedule) },
  { title: 'PIN', cell: (row) => row.pin },
  { title: 'GROUPS', cell: (row) => row.groups.join(' ') },
  { title: 'ANY-PICKUP', cell: (row) => row.anyPickup },
];

interface SetOptions extends JsonOption, LayerOptions {
  readonly name?: string;
  readonly anyPickup?: string;
  readonly mail?: string;
  readonly pickupNotice?: string;
  /** False for `--no-group`. */
  readonly group?: string | false;
}

interface ExportOptions extends JsonOption {
  readonly output?: string;
}

export function registerExtension(program: Command): void {
  const extension = program.command('extension').description('extensions and their rights');
  registerReading(extension);
  registerChanging(extension);
  registerFiles(extension);
}

function registerReading(extension: Command): void {
  extension
    .command('list')
    .description('all extensions; INTERNATIONAL is what holds in the end, RIGHT its own word')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { listExtensions } = await import('../admin/extension-list.ts');
      const extensions = listExtensions(store);
      if (options.json) return printJson({ extensions, count: extensions.length });
      printTable(columns, extensions, counted(extensions.length, 'extension'));
    });

  extension
    .command('show <extension>')
    .description('what one extension may dial, and which layer says so')
    .option('--at <time>', '"2026-11-21 14:30", 2026-11-21 or 2h (ago); now without it')
    .option('--countries', 'every country and region by itself')
    .option('--json', 'for programs')
    .action(async (name: string, options: ShowOptions, command: Command) => {
      await showExtension(name, options, command);
    });
}

function registerChanging(extension: Command): void {
  layerOptions(
    extension
      .command('set <extensions...>')
      .description('add extensions or change their rights: 1001-1020 1105 --international on')
      .option('--name <text>', 'the name of one extension')
      .option('--group <groups>', 'the groups that they are in, all of them: sales,board')
      .option('--no-group', 'take them out of every group')
      .option('--any-pickup <on|off>', 'whether it may pick up any ringing call')
      .option('--mail <address|none>', 'where mail reaches its owner')
      .option(
        '--pickup-notice <ways>',
        'how the owner is told that a call was taken: message, mail or both, none, or default',
      ),
  )
    .option('--json', 'for programs')
    .action(async (words: string[], options: SetOptions, command: Command) => {
      const attributes = await readAttributes(options);
      const { setExtensions } = await import('../admin/extensions.ts');
      const outcome = await inChange(command, (context) => setExtensions(context, words, attributes));
      printOutcome(outcome, 'extension', options);
    });

  extension
    .command('remove <extensions...>')
    .description('forget extensions, with everything that stands under their names')
    .option('--json', 'for programs')
    .action(async (words: string[], options: JsonOption, command: Command) => {
      const { removeExtensions } = await import('../admin/extensions.ts');
      const outcome = await inChange(command, (context) => removeExtensions(context, words));
      printOutcome(outcome, 'extension', options);
    });
}

function registerFiles(extension: Command): void {
  extension
    .command('import <file.csv>')
    .description('add or change the extensions of a table: extension,name,international,level,groups,…')
    .option('--json', 'for programs')
    .action(async (file: string, options: JsonOption, command: Command) => {
      const { readBounded } = await import('../admin/csv.ts');
      const { importExtensions } = await import('../admin/extension-table.ts');
      const bytes = readBounded(file);
      const outcome = await inChange(command, (context) => importExtensions(context, bytes));
      printOutcome(outcome, 'extension', options);
    });

  extension
    .command('export')
    .description('all extensions as the table that import reads')
    .option('--output <file>', 'write there instead of to the terminal')
    .option('--json', 'for programs: what was written')
    .action(async (options: ExportOptions, command: Command) => {
      using store = await openForReading(command);
      const { listExtensions } = await import('../admin/extension-list.ts');
      const { formatExtensions } = await import('../admin/extension-table.ts');
      const extensions = listExtensions(store);
      const text = formatExtensions(extensions);
      if (options.output !== undefined) writeFileSync(options.output, text, { mode: 0o600 });
      else if (!options.json) process.stdout.write(text);
      if (options.json) return printJson({ extensions, count: extensions.length });
      if (options.output !== undefined) {
        printLines([`${counted(extensions.length, 'extension')} written to ${options.output}.`]);
      }
    });
}

async function readAttributes(options: SetOptions): Promise<ExtensionAttributes> {
  const { readLayerWords } = await import('../admin/layer-words.ts');
  const { readMail, readNotice } = await import('../admin/pickup-person.ts');
  const { name, anyPickup, mail, pickupNotice, group } = options;
  return {
    ...readLayerWords(options),
    ...(name === undefined ? {} : { name }),
    ...(anyPickup === undefined ? {} : { anyPickup: readSwitch(anyPickup, '--any-pickup') }),
    ...(mail === undefined ? {} : { mail: readMail(mail) }),
    ...(pickupNotice === undefined ? {} : { pickupNotice: readNotice(pickupNotice, '--pickup-notice') }),
    ...(group === undefined ? {} : { groups: group === false ? [] : namesIn(group) }),
  };
}

const namesIn = (words: string) => words.split(/[\s,]+/).filter((name) => name !== '');
