// `callwarden pickup group list | show | create | set | delete | add | remove | import | export`: who may take whose calls.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { PickupGroupAttributes } from '../admin/pickup-groups.ts';
import type { ShownPickupGroup } from '../admin/pickup-members.ts';
import { AppError } from '../errors.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { collect } from './layer-options.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import { registerPickupGroupFiles } from './pickup-group-files.ts';
import { pickupCommand } from './pickup-command.ts';
import type { Column } from './table.ts';

interface TermOptions extends JsonOption {
  readonly number?: string;
  readonly alertAfter?: string;
}

interface MemberOptions extends JsonOption {
  readonly group?: readonly string[];
}

interface AddOptions extends MemberOptions {
  readonly role: string;
}

const namesOf = ({ members, memberGroups }: ShownPickupGroup) =>
  [...members.map(({ extension }) => extension), ...memberGroups.map(({ group }) => `group:${group}`)].join(
    ' ',
  );

const groupColumns: readonly Column<ShownPickupGroup>[] = [
  { title: 'GROUP', cell: (group) => group.name },
  { title: 'NUMBER', cell: (group) => group.number },
  { title: 'ALERT AFTER', cell: (group) => group.alertAfterS, right: true },
  { title: 'MAY TAKE', cell: (group) => group.interceptors.length, right: true },
  { title: 'MAY BE TAKEN', cell: (group) => group.targets.length, right: true },
  { title: 'MEMBERS', cell: namesOf },
];

interface Member {
  readonly member: string;
  readonly through: string;
  readonly interceptor: boolean;
  readonly target: boolean;
}

const memberColumns: readonly Column<Member>[] = [
  { title: 'MEMBER', cell: (row) => row.member },
  { title: 'BY', cell: (row) => row.through },
  { title: 'MAY TAKE', cell: (row) => row.interceptor },
  { title: 'MAY BE TAKEN', cell: (row) => row.target },
];

export function registerPickupGroup(program: Command): void {
  const group = pickupCommand(program)
    .command('group')
    .description('groups whose members take each other’s ringing calls');
  registerReading(group);
  registerTerms(group);
  registerMembers(group);
  registerPickupGroupFiles(group);
}

function registerTerms(group: Command): void {
  termOptions(
    group.command('create <name>').description('make a group, or change the one of that name'),
  ).action(async (name: string, options: TermOptions, command: Command) => {
    const attributes = await readAttributes(options);
    const { addPickupGroup } = await import('../admin/pickup-groups.ts');
    const outcome = await inChange(command, (context) => addPickupGroup(context, name, attributes));
    printOutcome(outcome, 'pickup group', options);
  });

  termOptions(group.command('set <name>').description('change a group')).action(
    async (name: string, options: TermOptions, command: Command) => {
      const attributes = await readAttributes(options);
      if (Object.keys(attributes).length === 0) {
        throw new AppError('invalid', 'Say what to set: --number 7 or --alert-after 20.');
      }
      const { setPickupGroup } = await import('../admin/pickup-groups.ts');
      const outcome = await inChange(command, (context) => setPickupGroup(context, name, attributes));
      printOutcome(outcome, 'pickup group', options);
    },
  );

  group
    .command('delete <name>')
    .description('take a group away, with all that stands under its name')
    .option('--json', 'for programs')
    .action(async (name: string, options: JsonOption, command: Command) => {
      const { removePickupGroup } = await import('../admin/pickup-groups.ts');
      const outcome = await inChange(command, (context) => removePickupGroup(context, name));
      printOutcome(outcome, 'pickup group', options);
    });
}

function termOptions(command: Command): Command {
  return command
    .option('--number <digits|none>', 'what is dialled behind the group code to reach it: 7')
    .option('--alert-after <seconds|default>', 'when those who may take are told that it rings; 0 for never')
    .option('--json', 'for programs');
}

async function readAttributes({ number, alertAfter }: TermOptions): Promise<PickupGroupAttributes> {
  const { readAlertAfter, readGroupNumber } = await import('../admin/pickup-words.ts');
  return {
    ...(number === undefined ? {} : { number: readGroupNumber(number) }),
    ...(alertAfter === undefined ? {} : { alertAfterS: readAlertAfter(alertAfter) }),
  };
}

function registerReading(group: Command): void {
  group
    .command('list')
    .description('all groups; who may take and be taken counts those of groups in them')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { showPickupGroups } = await import('../admin/pickup-members.ts');
      const groups = showPickupGroups(store);
      if (options.json) return printJson({ groups, count: groups.length });
      printTable(groupColumns, groups, counted(groups.length, 'pickup group'));
    });

  group
    .command('show <name>')
    .description('the members of one group, and everybody who is in it through groups')
    .option('--json', 'for programs')
    .action(async (name: string, options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { requireGroup } = await import('../admin/pickup-groups.ts');
      const { showPickupGroups } = await import('../admin/pickup-members.ts');
      requireGroup(store, name);
      const found = showPickupGroups(store).find((one) => one.name === name);
      if (found === undefined) return;
      if (options.json) return printJson(found);
      printLines([
        `number       ${found.number ?? 'none'}`,
        `alert after  ${found.alertAfterS === null ? 'default' : `${found.alertAfterS} s`}`,
        '',
      ]);
      const members = membersOf(found);
      printTable(memberColumns, members, counted(members.length, 'member'));
    });
}

/** Its own first, then those whom groups bring in. */
function membersOf(group: ShownPickupGroup): readonly Member[] {
  const own = new Set(group.members.map(({ extension }) => extension));
  const [takers, taken] = [new Set(group.interceptors), new Set(group.targets)];
  const brought = [...takers.union(taken)].filter((extension) => !own.has(extension));
  return [
    ...group.members.map(({ extension }) => ({ member: extension, through: 'itself' })),
    ...brought.map((extension) => ({ member: extension, through: 'a group' })),
  ]
    .map(({ member, through }) => ({
      member,
      through,
      interceptor: takers.has(member),
      target: taken.has(member),
    }))
    .concat(
      group.memberGroups.map(({ group: name, interceptor, target }) => ({
        member: `group:${name}`,
        through: 'itself',
        interceptor,
        target,
      })),
    );
}

function registerMembers(group: Command): void {
  group
    .command('add <name> [extensions...]')
    .description('add members: sales 1001-1003 1105, or whole groups: sales --group night')
    .option('--role <role>', 'both, interceptor (may take) or target (may be taken from)', 'both')
    .option('--group <group>', 'a group whose members are members here; may be given several times', collect)
    .option('--json', 'for programs')
    .action(async (name: string, words: string[], options: AddOptions, command: Command) => {
      const { addPickupMembers } = await import('../admin/pickup-members.ts');
      const { readRole } = await import('../admin/pickup-words.ts');
      const role = readRole(options.role);
      const outcome = await inChange(command, (context) =>
        addPickupMembers(context, name, words, role, options.group),
      );
      printOutcome(outcome, 'member', options);
    });

  group
    .command('remove <name> [extensions...]')
    .description('take members out, or whole groups: sales --group night')
    .option('--group <group>', 'a group that is a member; may be given several times', collect)
    .option('--json', 'for programs')
    .action(async (name: string, words: string[], options: MemberOptions, command: Command) => {
      const { removePickupMembers } = await import('../admin/pickup-members.ts');
      const outcome = await inChange(command, (context) =>
        removePickupMembers(context, name, words, options.group),
      );
      printOutcome(outcome, 'member', options);
    });
}
