// `callwarden pickup group list | show | create | delete | add | remove`: who may take whose calls.
import type { Command } from 'commander';
import type { PickupRole } from '../admin/pickup-groups.ts';
import { AppError } from '../errors.ts';
import type { PickupGroupRow } from '../pickup/call.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import { counted, type Column } from './table.ts';

type Member = PickupGroupRow['members'][number];

interface AddOptions extends JsonOption {
  readonly role: string;
}

const groupColumns: readonly Column<PickupGroupRow>[] = [
  { title: 'GROUP', cell: (group) => group.name },
  { title: 'MEMBERS', cell: (group) => group.members.length, right: true },
  { title: 'EXTENSIONS', cell: (group) => group.members.map((member) => member.extension).join(' ') },
];

const memberColumns: readonly Column<Member>[] = [
  { title: 'EXTENSION', cell: (member) => member.extension },
  { title: 'MAY TAKE', cell: (member) => member.interceptor },
  { title: 'MAY BE TAKEN', cell: (member) => member.target },
];

/** Makes `pickup` where no other command has made it yet. */
export function registerPickupGroup(program: Command): void {
  const pickup =
    program.commands.find((command) => command.name() === 'pickup') ??
    program.command('pickup').description('call pickup');
  const group = pickup.command('group').description('groups whose members take each other’s ringing calls');
  registerReading(group);
  registerMembers(group);

  group
    .command('create <name>')
    .description('make an empty group')
    .option('--json', 'for programs')
    .action(async (name: string, options: JsonOption, command: Command) => {
      const { addPickupGroup } = await import('../admin/pickup-groups.ts');
      const outcome = await inChange(command, (context) => addPickupGroup(context, name));
      printOutcome(outcome, 'pickup group', options);
    });

  group
    .command('delete <name>')
    .description('take a group away, with its memberships')
    .option('--json', 'for programs')
    .action(async (name: string, options: JsonOption, command: Command) => {
      const { removePickupGroup } = await import('../admin/pickup-groups.ts');
      const outcome = await inChange(command, (context) => removePickupGroup(context, name));
      printOutcome(outcome, 'pickup group', options);
    });
}

function registerReading(group: Command): void {
  group
    .command('list')
    .description('all groups')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { readPickupGroups } = await import('../store/pickup-groups.ts');
      const groups = readPickupGroups(store);
      if (options.json) return printJson({ groups, count: groups.length });
      printTable(groupColumns, groups, counted(groups.length, 'pickup group'));
    });

  group
    .command('show <name>')
    .description('the members of one group')
    .option('--json', 'for programs')
    .action(async (name: string, options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { requireGroup } = await import('../admin/pickup-groups.ts');
      const found = requireGroup(store, name);
      if (options.json) return printJson(found);
      printTable(memberColumns, found.members, counted(found.members.length, 'member'));
    });
}

function registerMembers(group: Command): void {
  group
    .command('add <name> <extensions...>')
    .description('add members: sales 1001-1003 1105')
    .option('--role <role>', 'both, interceptor (may take) or target (may be taken from)', 'both')
    .option('--json', 'for programs')
    .action(async (name: string, words: string[], options: AddOptions, command: Command) => {
      const { addPickupMembers, pickupRoles } = await import('../admin/pickup-groups.ts');
      const role = readRole(options.role, pickupRoles);
      const outcome = await inChange(command, (context) => addPickupMembers(context, name, words, role));
      printOutcome(outcome, 'member', options);
    });

  group
    .command('remove <name> <extensions...>')
    .description('take members out')
    .option('--json', 'for programs')
    .action(async (name: string, words: string[], options: JsonOption, command: Command) => {
      const { removePickupMembers } = await import('../admin/pickup-groups.ts');
      const outcome = await inChange(command, (context) => removePickupMembers(context, name, words));
      printOutcome(outcome, 'member', options);
    });
}

function readRole(word: string, roles: readonly PickupRole[]): PickupRole {
  const role = roles.find((known) => known === word);
  if (role) return role;
  throw new AppError('invalid', `A role is one of ${roles.join(', ')}, not ${JSON.stringify(word)}.`);
}
