// `callwarden premium on | off | show`: the switch that administrators look for by name, and its classes.
import type { Command } from 'commander';
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { tableLines, type Column } from './table.ts';
import type { ShownClass } from '../admin/premium.ts';

const columns: readonly Column<ShownClass>[] = [
  { title: 'CLASS', cell: (row) => row.class },
  { title: 'STATE', cell: (row) => row.on },
  { title: 'HOLDS', cell: (row) => row.holds },
];

export function registerPremium(program: Command): void {
  program
    .command('premium <on|off|show> [classes...]')
    .description('whether numbers that cost extra may be called: all of them, or the classes named')
    .addHelpText(
      'after',
      '\nClasses: premium, shared-cost, personal, satellite, directory. `premium show` tells what each holds.',
    )
    .option('--json', 'for programs')
    .action(async (word: string, classes: string[], options: JsonOption, command: Command) => {
      if (word === 'show') return await show(classes, options, command);
      const { readSwitch } = await import('../admin/switch-word.ts');
      const on = readOnOff(word, readSwitch);
      const { switchPremium } = await import('../admin/premium.ts');
      const outcome = await inChange(command, (context) => switchPremium(context, on, classes));
      printOutcome(outcome, 'setting', options);
    });
}

function readOnOff(word: string, read: (word: string, what: string) => boolean): boolean {
  if (nearestWord(word, ['show']) !== null) throw new AppError('invalid', 'premium is on, off or show.');
  return read(word, 'premium');
}

async function show(words: readonly string[], options: JsonOption, command: Command): Promise<void> {
  using store = await openForReading(command);
  const { showPremium } = await import('../admin/premium.ts');
  const { premium, protection, classes } = showPremium(store, words);
  if (options.json) return printJson({ premium, protection, classes });
  const some = classes.some(({ on }) => on);
  const state = premium ? 'on' : some ? 'partly on' : 'off';
  const meaning =
    premium || !protection
      ? 'premium numbers may be called'
      : some
        ? 'the classes that are on may be called'
        : 'premium numbers are refused';
  printLines([`Premium is ${state}: ${meaning}.`, '', ...tableLines(columns, classes)]);
}
