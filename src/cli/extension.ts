// `callwarden extension list | show | set | remove`: the phones and their rights.
import type { Command } from 'commander';
import type { ExtensionAttributes } from '../admin/extensions.ts';
import { readSwitch } from '../admin/switch-word.ts';
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import type { ExtensionRecord } from '../store/extensions.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import { counted, tableLines, type Column } from './table.ts';

const columns: readonly Column<ExtensionRecord>[] = [
  { title: 'EXTENSION', cell: (row) => row.extension },
  { title: 'NAME', cell: (row) => row.name },
  { title: 'INTERNATIONAL', cell: (row) => row.right === 'on' },
  { title: 'ANY-PICKUP', cell: (row) => row.anyPickup },
];

interface SetOptions extends JsonOption {
  readonly international?: string;
  readonly name?: string;
  readonly anyPickup?: string;
}

export function registerExtension(program: Command): void {
  const extension = program.command('extension').description('extensions and their rights');

  extension
    .command('list')
    .description('all extensions')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { readExtensions } = await import('../store/extensions.ts');
      const extensions = readExtensions(store);
      if (options.json)
        return printJson({
          extensions: extensions.map((row) => Object.assign({ international: row.right === 'on' }, row)),
          count: extensions.length,
        });
      printTable(columns, extensions, counted(extensions.length, 'extension'));
    });

  extension
    .command('show <extension>')
    .description('one extension with its pickup groups')
    .option('--json', 'for programs')
    .action(async (name: string, options: JsonOption, command: Command) => {
      await show(name, options, command);
    });

  extension
    .command('set <extensions...>')
    .description('add extensions or change their rights: 1001-1020 1105 --international on')
    .option('--international <on|off>', 'off disallows international calls')
    .option('--name <text>', 'the name of one extension')
    .option('--any-pickup <on|off>', 'whether it may pick up any ringing call')
    .option('--json', 'for programs')
    .action(async (words: string[], options: SetOptions, command: Command) => {
      const attributes = readAttributes(options);
      const { setExtensions } = await import('../admin/extensions.ts');
      const outcome = await inChange(command, (context) => setExtensions(context, words, attributes));
      printOutcome(outcome, 'extension', options);
    });

  extension
    .command('remove <extensions...>')
    .description('forget extensions, with their rights and places in pickup groups')
    .option('--json', 'for programs')
    .action(async (words: string[], options: JsonOption, command: Command) => {
      const { removeExtensions } = await import('../admin/extensions.ts');
      const outcome = await inChange(command, (context) => removeExtensions(context, words));
      printOutcome(outcome, 'extension', options);
    });
}

function readAttributes(options: SetOptions): ExtensionAttributes {
  const { international, name, anyPickup } = options;
  return {
    ...(international === undefined ? {} : { international: readSwitch(international, '--international') }),
    ...(name === undefined ? {} : { name }),
    ...(anyPickup === undefined ? {} : { anyPickup: readSwitch(anyPickup, '--any-pickup') }),
  };
}

async function show(name: string, options: JsonOption, command: Command): Promise<void> {
  using store = await openForReading(command);
  const { readExtension, readExtensions } = await import('../store/extensions.ts');
  const { readPickupGroups } = await import('../store/pickup-groups.ts');
  const record = readExtension(store, name);
  const memberships = readPickupGroups(store).flatMap(({ name: group, members }) =>
    members
      .filter((member) => member.extension === name)
      .map(({ interceptor, target }) => ({ group, interceptor, target })),
  );
  if (!record && memberships.length === 0) {
    const near = nearestWord(
      name,
      readExtensions(store).map((row) => row.extension),
    );
    const next =
      near === null ? '`callwarden extension list` shows those that are.' : `Did you mean ${near}?`;
    throw new AppError('not-found', `The extension ${JSON.stringify(name)} is not known. ${next}`);
  }
  const shown = record ?? {
    extension: name,
    name: '',
    right: 'inherit' as const,
    level: null,
    schedule: null,
    pin: null,
    pinEntry: null,
    anyPickup: false,
  };
  if (options.json)
    return printJson({ ...shown, international: shown.right === 'on', pickupGroups: memberships });
  const groups = memberships.map(({ group }) => group).join(', ');
  printLines([...tableLines(columns, [shown]), '', `Pickup groups: ${groups === '' ? 'none' : groups}`]);
}
