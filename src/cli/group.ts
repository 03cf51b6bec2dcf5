// `callwarden group list | show | set | add | drop | remove`: classes of service for many extensions at once.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { GroupAttributes } from '../admin/groups.ts';
import { someNames } from '../admin/some-of.ts';
import type { GroupRow } from '../barring/policy.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { layerOptions, type LayerOptions } from './layer-options.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import { tableLines, type Column } from './table.ts';

interface SetOptions extends JsonOption, LayerOptions {
  readonly premium?: string;
}

/** Members that `group show` names; all of them with --json. */
const MEMBERS_SHOWN_MAX = 200;

const always = (schedule: string | null) => (schedule === '' ? 'always' : schedule);
const premiumText = ({ premium }: GroupRow) =>
  premium === null ? null : premium.length === 0 ? 'none' : premium.join(' ');

const columns: readonly Column<GroupRow>[] = [
  { title: 'GROUP', cell: (row) => row.name },
  { title: 'MEMBERS', cell: (row) => row.members.length, right: true },
  { title: 'INTERNATIONAL', cell: (row) => row.right },
  { title: 'LEVEL', cell: (row) => row.level },
  { title: 'COUNTRIES', cell: (row) => row.countries.length, right: true },
  { title: 'PREMIUM', cell: premiumText },
  { title: 'SCHEDULE', cell: (row) => always(row.schedule) },
  { title: 'PIN', cell: (row) => row.pin },
];

export function registerGroup(program: Command): void {
  const group = program
    .command('group')
    .description('groups of extensions: one right, level and schedule for many (class of service)');
  registerReading(group);
  registerMembers(group);

  layerOptions(
    group
      .command('set <name>')
      .description('make a group, or change what it gives: sales --international on --level medium'),
  )
    .option(
      '--premium <classes>',
      'classes that are on for its members, joined by commas; all, none, inherit',
    )
    .option('--json', 'for programs')
    .action(async (name: string, options: SetOptions, command: Command) => {
      const attributes = await readAttributes(options);
      const { setGroup } = await import('../admin/groups.ts');
      const outcome = await inChange(command, (context) => setGroup(context, name, attributes));
      printOutcome(outcome, 'group', options);
    });

  group
    .command('remove <name>')
    .description('take a group away, with its members, countries, rules and limits')
    .option('--json', 'for programs')
    .action(async (name: string, options: JsonOption, command: Command) => {
      const { removeGroup } = await import('../admin/groups.ts');
      const outcome = await inChange(command, (context) => removeGroup(context, name));
      printOutcome(outcome, 'group', options);
    });
}

function registerReading(group: Command): void {
  group
    .command('list')
    .description('all groups')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { readGroups } = await import('../store/groups.ts');
      const groups = readGroups(store);
      if (options.json) return printJson({ groups, count: groups.length });
      printTable(columns, groups, counted(groups.length, 'group'));
    });

  group
    .command('show <name>')
    .description('what one group gives, and who is in it')
    .option('--json', 'for programs')
    .action(async (name: string, options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { requireGroup } = await import('../admin/groups.ts');
      const found = requireGroup(store, name);
      if (options.json) return printJson(found);
      printLines(linesOf(found));
    });
}

function linesOf(group: GroupRow): readonly string[] {
  const members = someNames(group.members, MEMBERS_SHOWN_MAX, ' ');
  const states = (state: 'allow' | 'deny') =>
    group.countries.filter((row) => row.state === state).map((row) => row.region);
  const named = (regions: readonly string[]) => (regions.length === 0 ? 'none' : regions.join(' '));
  return [
    ...tableLines(columns, [group]),
    '',
    `Allowed countries: ${named(states('allow'))}`,
    `Denied countries: ${named(states('deny'))}`,
    `Members: ${members === '' ? 'none' : members}`,
  ];
}

function registerMembers(group: Command): void {
  group
    .command('add <name> <extensions...>')
    .description('put extensions into a group: sales 1001-1020 1105')
    .option('--json', 'for programs')
    .action(async (name: string, words: string[], options: JsonOption, command: Command) => {
      const { addGroupMembers } = await import('../admin/groups.ts');
      const outcome = await inChange(command, (context) => addGroupMembers(context, name, words));
      printOutcome(outcome, 'entry', options);
    });

  group
    .command('drop <name> <extensions...>')
    .description('take extensions out of a group')
    .option('--json', 'for programs')
    .action(async (name: string, words: string[], options: JsonOption, command: Command) => {
      const { dropGroupMembers } = await import('../admin/groups.ts');
      const outcome = await inChange(command, (context) => dropGroupMembers(context, name, words));
      printOutcome(outcome, 'member', options);
    });
}

async function readAttributes(options: SetOptions): Promise<GroupAttributes> {
  const { readLayerWords } = await import('../admin/layer-words.ts');
  const { readPremiumWords } = await import('../admin/premium-words.ts');
  const { premium } = options;
  const classes = premium?.toLowerCase() === 'inherit' ? null : premium;
  return {
    ...readLayerWords(options),
    ...(classes === undefined
      ? {}
      : { premium: classes === null ? null : readPremiumWords([classes], '--premium') }),
  };
}
