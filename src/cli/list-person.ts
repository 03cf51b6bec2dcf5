// `callwarden list person add | set | remove`: the people of a list, one at a time.
import type { Command } from 'commander';
import { readSwitch } from '../admin/switch-word.ts';
import type { PersonWords } from '../admin/authorised-people.ts';
import { AppError } from '../errors.ts';
import { printOutcome } from './changes.ts';
import { inChange } from './context.ts';
import type { JsonOption } from './output.ts';
import { readValidity, validityHelp } from './validity.ts';

interface PersonOptions extends JsonOption {
  readonly first?: string;
  readonly last?: string;
  readonly number?: string;
  readonly for?: string;
}

interface AddOptions extends PersonOptions {
  readonly number: string;
  readonly disabled?: boolean;
  readonly from?: string;
  readonly until?: string;
}

interface SetOptions extends PersonOptions {
  readonly enabled?: string;
  readonly from?: string | false;
  readonly until?: string | false;
}

export function registerListPerson(list: Command): void {
  const person = list.command('person').description('the people of a list');

  person
    .command('add <list>')
    .description('add a person: partners --first Ana --last López --number +541143211234')
    .option('--first <name>', 'first name')
    .option('--last <name>', 'last name')
    .requiredOption('--number <number>', 'with + or as dialled')
    .option('--disabled', 'does not count until enabled')
    .option(...validityHelp.from)
    .option(...validityHelp.until)
    .option(...validityHelp.for)
    .option('--json', 'for programs')
    .action(async (name: string, options: AddOptions, command: Command) => {
      const validity = readValidity(options, Date.now());
      const { addPerson } = await import('../admin/authorised-people.ts');
      const words = { ...namesOf(options), number: options.number, enabled: !options.disabled, ...validity };
      const outcome = await inChange(command, (context) => addPerson(context, name, words));
      printOutcome(outcome, 'person', options);
    });

  registerSet(person);

  person
    .command('remove <list> <number>')
    .description('take a person off a list')
    .option('--json', 'for programs')
    .action(async (name: string, number: string, options: JsonOption, command: Command) => {
      const { removePerson } = await import('../admin/authorised-people.ts');
      const outcome = await inChange(command, (context) => removePerson(context, name, number));
      printOutcome(outcome, 'person', options);
    });
}

function registerSet(person: Command): void {
  person
    .command('set <list> <number>')
    .description('change the person who has that number on the list')
    .option('--first <name>', 'first name')
    .option('--last <name>', 'last name')
    .option('--number <number>', 'another number')
    .option('--enabled <on|off>', 'whether the person counts')
    .option(...validityHelp.from)
    .option('--no-from', 'counts at once')
    .option(...validityHelp.until)
    .option('--no-until', 'counts without end')
    .option(...validityHelp.for)
    .option('--json', 'for programs')
    .action(async (name: string, number: string, options: SetOptions, command: Command) => {
      const words = { ...namesOf(options), ...changedOf(options, Date.now()) };
      const { setPerson } = await import('../admin/authorised-people.ts');
      const outcome = await inChange(command, (context) => setPerson(context, name, number, words));
      printOutcome(outcome, 'person', options);
    });
}

const namesOf = ({ first, last }: PersonOptions): PersonWords => ({
  ...(first === undefined ? {} : { first }),
  ...(last === undefined ? {} : { last }),
});

function changedOf(options: SetOptions, nowMs: number): PersonWords {
  const { number, enabled, from, until } = options;
  if (until === false && options.for !== undefined) {
    throw new AppError('invalid', 'Give the end once: --no-until is none, --for is how long from now.');
  }
  const given = readValidity(
    { from: from === false ? undefined : from, until: until === false ? undefined : until, for: options.for },
    nowMs,
  );
  return {
    ...(number === undefined ? {} : { number }),
    ...(enabled === undefined ? {} : { enabled: readSwitch(enabled, '--enabled') }),
    ...(from === undefined ? {} : { fromMs: given.fromMs }),
    ...(until === undefined && options.for === undefined ? {} : { untilMs: given.untilMs }),
  };
}
