// `callwarden list add | set | remove | show | attach | detach`: authorised numbers, by list.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ListAttributes } from '../admin/authorised-lists.ts';
import type { AttachmentWords } from '../admin/authorised-attachments.ts';
import type { CountedList } from '../admin/authorised-view.ts';
import { someNames } from '../admin/some-of.ts';
import { readSwitch } from '../admin/switch-word.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { registerListFiles } from './list-files.ts';
import { registerListPerson } from './list-person.ts';
import { registerListReports } from './list-reports.ts';
import { personColumns } from './list-table.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import { tableLines, type Column } from './table.ts';

interface AttributeOptions extends JsonOption {
  readonly enabled?: string;
  readonly admits?: string;
  readonly premium?: string;
  readonly country?: string | false;
}

interface AttachOptions extends JsonOption {
  readonly extension?: readonly string[];
  readonly group?: readonly string[];
}

const columns: readonly Column<CountedList>[] = [
  { title: 'LIST', cell: (list) => list.name },
  { title: 'ENABLED', cell: (list) => list.enabled },
  { title: 'PEOPLE', cell: (list) => list.people, right: true },
  { title: 'ADMITS', cell: (list) => list.admits },
  { title: 'PREMIUM', cell: (list) => list.premium.join(' ') },
  { title: 'COUNTRIES', cell: (list) => list.countries.join(' ') },
  { title: 'EXTENSIONS', cell: (list) => fewOf(list.extensions) },
  { title: 'GROUPS', cell: (list) => fewOf(list.groups) },
];

/** Names that one cell of a table holds. */
const NAMED_MAX = 5;

const fewOf = (names: readonly string[]) => someNames(names, NAMED_MAX, ' ');

export function registerList(program: Command): void {
  const list = program
    .command('list')
    .description('authorised numbers: lists of people, and who may call them');
  registerChanging(list);
  registerShow(list);
  registerAttaching(list);
  registerListPerson(list);
  registerListFiles(list);
  registerListReports(list);
}

const withAttributes = (command: Command): Command =>
  command
    .option('--enabled <on|off>', 'off: nothing of the list counts')
    .option('--premium <classes>', 'classes of premium numbers that it opens: premium,satellite, all or none')
    .option('--country <codes>', 'countries that it opens: FR,IT')
    .option('--no-country', 'opens no country beside its numbers')
    .option('--admits <on|off>', 'whether its people get in from outside, by their number and a PIN')
    .option('--json', 'for programs');

function registerChanging(list: Command): void {
  withAttributes(list.command('add <name>').description('make a list')).action(
    async (name: string, options: AttributeOptions, command: Command) => {
      const attributes = await readAttributes(options);
      const { addList } = await import('../admin/authorised-lists.ts');
      printOutcome(await inChange(command, (context) => addList(context, name, attributes)), 'list', options);
    },
  );
  withAttributes(list.command('set <name>').description('change what a list opens')).action(
    async (name: string, options: AttributeOptions, command: Command) => {
      const attributes = await readAttributes(options);
      const { setList } = await import('../admin/authorised-lists.ts');
      printOutcome(await inChange(command, (context) => setList(context, name, attributes)), 'list', options);
    },
  );
  list
    .command('remove <name>')
    .description('take a list away, with its people and attachments')
    .option('--json', 'for programs')
    .action(async (name: string, options: JsonOption, command: Command) => {
      const { removeList } = await import('../admin/authorised-lists.ts');
      printOutcome(await inChange(command, (context) => removeList(context, name)), 'list', options);
    });
}

async function readAttributes(options: AttributeOptions): Promise<ListAttributes> {
  const { enabled, admits, premium, country } = options;
  const { readPremiumWords } = await import('../admin/premium-words.ts');
  const { readRegionWords } = await import('../admin/regions.ts');
  return {
    ...(enabled === undefined ? {} : { enabled: readSwitch(enabled, '--enabled') }),
    ...(admits === undefined ? {} : { admits: readSwitch(admits, '--admits') }),
    ...(premium === undefined ? {} : { premium: readPremiumWords([premium], '--premium') }),
    ...(country === undefined ? {} : { countries: country === false ? [] : readRegionWords([country]) }),
  };
}

function registerShow(list: Command): void {
  list
    .command('show [name]')
    .description('all lists, or one with its people')
    .option('--json', 'for programs')
    .action(async (name: string | undefined, options: JsonOption, command: Command) => {
      await (name === undefined ? showAll(options, command) : showOne(name, options, command));
    });
}

async function showAll(options: JsonOption, command: Command): Promise<void> {
  using store = await openForReading(command);
  const { countedLists } = await import('../admin/authorised-view.ts');
  const lists = countedLists(store);
  if (options.json) return printJson({ lists, count: lists.length });
  printTable(columns, lists, counted(lists.length, 'list'));
}

async function showOne(name: string, options: JsonOption, command: Command): Promise<void> {
  using store = await openForReading(command);
  const { requireList } = await import('../admin/authorised-lists.ts');
  const { readAuthorisedRecords } = await import('../store/authorised-entries.ts');
  const { shownPerson } = await import('../admin/authorised-reports.ts');
  const head = requireList(store, name);
  const people = readAuthorisedRecords(store, name).map((entry) => shownPerson(entry, Date.now()));
  if (options.json) return printJson({ ...head, people, count: people.length });
  const shown = { ...head, people: people.length };
  printLines([...tableLines(columns, [shown]), '']);
  printTable(personColumns, people, people.length === 1 ? '1 person' : `${people.length} people`);
}

function registerAttaching(list: Command): void {
  list
    .command('attach <name>')
    .description('let extensions and groups call the numbers of a list')
    .option('--extension <extensions...>', '1001-1010 1105')
    .option('--group <groups...>', 'groups by name')
    .option('--json', 'for programs')
    .action(async (name: string, options: AttachOptions, command: Command) => {
      const { attachList } = await import('../admin/authorised-attachments.ts');
      const outcome = await inChange(command, (context) => attachList(context, name, wordsOf(options)));
      printOutcome(outcome, 'attachment', options);
    });
  list
    .command('detach <name>')
    .description('take a list from extensions and groups')
    .option('--extension <extensions...>', '1001-1010 1105')
    .option('--group <groups...>', 'groups by name')
    .option('--json', 'for programs')
    .action(async (name: string, options: AttachOptions, command: Command) => {
      const { detachList } = await import('../admin/authorised-attachments.ts');
      const outcome = await inChange(command, (context) => detachList(context, name, wordsOf(options)));
      printOutcome(outcome, 'attachment', options);
    });
}

const wordsOf = ({ extension = [], group = [] }: AttachOptions): AttachmentWords => ({
  extensions: extension,
  groups: group,
});
