// `callwarden pin add | renew | enable | disable | remove | unlock`: personal PINs; the digits are shown once.
import type { Command } from 'commander';
import type { PinOutcome } from '../admin/pins.ts';
import { AppError } from '../errors.ts';
import { printOutcome } from './changes.ts';
import { inChange } from './context.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { openHasher, readDigitChoice, refuseWordsBehind, type DigitOptions } from './pin-input.ts';
import { registerPinList } from './pin-list.ts';
import { readValidity, validityHelp, type ValidityWords } from './validity.ts';

interface SecretOptions extends JsonOption, DigitOptions, ValidityWords {}

interface AddOptions extends SecretOptions {
  readonly name: string;
  readonly extension?: readonly string[];
  readonly group?: readonly string[];
  readonly entry?: string;
  readonly maxUses?: string;
  readonly once?: boolean;
}

const digitsHelp = {
  digits: ['--digits <count>', 'how many digits are drawn, 6 to 12 (6)'],
  stdin: ['--stdin', 'read digits of your choice from standard input'],
} as const;

export function registerPin(program: Command): void {
  const pin = program.command('pin').description('personal PINs that open a call which would be refused');
  registerAdd(pin);
  registerPinList(pin);
  registerRenew(pin);

  for (const [verb, enabled, help] of [
    ['enable', true, 'PINs count again'],
    ['disable', false, 'PINs are wrong until they are enabled'],
  ] as const) {
    pin
      .command(`${verb} <ids...>`)
      .description(help)
      .option('--json', 'for programs')
      .action(async (ids: string[], options: JsonOption, command: Command) => {
        const { setPinsEnabled } = await import('../admin/pins.ts');
        const outcome = await inChange(command, (context) => setPinsEnabled(context, ids, enabled));
        printOutcome(outcome, 'PIN', options);
      });
  }

  pin
    .command('remove <ids...>')
    .description('take PINs away')
    .option('--json', 'for programs')
    .action(async (ids: string[], options: JsonOption, command: Command) => {
      const { removePins } = await import('../admin/pins.ts');
      const outcome = await inChange(command, (context) => removePins(context, ids));
      printOutcome(outcome, 'PIN', options);
    });

  pin
    .command('unlock <callers...>')
    .description('let extensions or outside numbers try again that are locked after wrong PINs')
    .option('--json', 'for programs')
    .action(async (callers: string[], options: JsonOption, command: Command) => {
      const { unlockPins } = await import('../admin/pins.ts');
      const outcome = await inChange(command, (context) => unlockPins(context, callers));
      printOutcome(outcome, 'caller', options);
    });
}

function registerAdd(pin: Command): void {
  pin
    .command('add')
    .description('give somebody a PIN; its digits are drawn and shown this once')
    .requiredOption('--name <text>', 'whose it is: "Ana López"')
    .option('--extension <extensions...>', 'counts at these extensions')
    .option('--group <groups...>', 'counts at all extensions of these groups')
    .option('--entry <list/number>', 'admits outside calls of a person on a list: partners/+541143211234')
    .option(...digitsHelp.digits)
    .option(...digitsHelp.stdin)
    .option('--max-uses <count>', 'calls that it opens')
    .option('--once', 'opens one call')
    .option(...validityHelp.from)
    .option(...validityHelp.until)
    .option(...validityHelp.for)
    .option('--json', 'for programs')
    .allowExcessArguments()
    .action(async (options: AddOptions, command: Command) => {
      refuseWordsBehind(command, 0);
      const words = {
        name: options.name,
        extensions: options.extension ?? [],
        groups: options.group ?? [],
        entry: options.entry ?? null,
        maxUses: readMaxUses(options),
        ...readValidity(options, Date.now()),
      };
      const choice = await readDigitChoice(options);
      const hasher = await openHasher(command);
      const { addPin } = await import('../admin/pins.ts');
      tell(await inChange(command, (context) => addPin(context, words, choice, hasher)), options);
    });
}

function registerRenew(pin: Command): void {
  pin
    .command('renew <id>')
    .description('new digits for a PIN; the old ones are wrong from now on, and its uses count from zero')
    .option(...digitsHelp.digits)
    .option(...digitsHelp.stdin)
    .option(...validityHelp.until)
    .option(...validityHelp.for)
    .option('--json', 'for programs')
    .allowExcessArguments()
    .action(async (id: string, options: SecretOptions, command: Command) => {
      refuseWordsBehind(command, 1);
      const { untilMs } = readValidity(options, Date.now());
      const choice = await readDigitChoice(options);
      const hasher = await openHasher(command);
      const { renewPin } = await import('../admin/pins.ts');
      const validity = untilMs === null ? {} : { untilMs };
      tell(await inChange(command, (context) => renewPin(context, id, validity, choice, hasher)), options);
    });
}

function readMaxUses({ maxUses, once }: AddOptions): number | null {
  if (once === true && maxUses !== undefined) {
    throw new AppError('invalid', 'Give either --once or --max-uses.');
  }
  if (once === true) return 1;
  return maxUses === undefined ? null : Number(maxUses);
}

/** The only time that digits are shown, and only those that nobody has chosen. */
function tell({ id, digits, ...outcome }: PinOutcome, options: JsonOption): void {
  if (options.json) return printJson({ id, digits, changed: outcome.changes.length, ...outcome });
  printOutcome(outcome, 'PIN', options);
  if (digits !== null)
    printLines(['', `The PIN of ${id} is ${digits}. It is shown this once: hand it over now.`]);
}
