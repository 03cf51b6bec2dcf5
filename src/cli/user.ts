// `callwarden user add | list | set | password | remove | sessions`: who may use the console and the API.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import { roles } from '../admin/account-rights.ts';
import type { Account, PasswordOutcome } from '../admin/accounts.ts';
import type { PasswordChoice } from '../admin/password-choice.ts';
import { AppError } from '../errors.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { isoOrNull } from './moment.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import { readSecretInput } from './secret-input.ts';
import type { Column } from './table.ts';
import { registerUserSessions } from './user-sessions.ts';
import { registerUserToken } from './user-token.ts';

interface PasswordOptions extends JsonOption {
  readonly stdin?: boolean;
}

interface ResetOptions extends PasswordOptions {
  readonly keepTokens?: boolean;
}

interface FieldOptions extends JsonOption {
  readonly role?: readonly string[];
  readonly displayName?: string;
  readonly extension?: string;
}

interface SetOptions extends FieldOptions {
  readonly enable?: boolean;
  readonly disable?: boolean;
  readonly keepTokens?: boolean;
}

const options = {
  role: ['--role <roles...>', `what they may do: ${roles.join(', ')}`],
  displayName: ['--display-name <text>', 'whose it is: "Ana López"'],
  extension: ['--extension <extension>', 'the phone that “Pick up” rings; none for none'],
  stdin: ['--stdin', 'read a password of your choice from standard input; one is drawn without it'],
} as const;

const columns: readonly Column<Account>[] = [
  { title: 'NAME', cell: ({ name }) => name },
  { title: 'WHOSE', cell: ({ displayName }) => displayName || null },
  { title: 'ROLES', cell: ({ roles: held }) => held.join(', ') },
  { title: 'EXTENSION', cell: ({ extension }) => extension },
  { title: 'STATE', cell: stateOf },
];

function stateOf({ enabled, mustChange }: Account): string {
  if (!enabled) return 'disabled';
  return mustChange ? 'must change the password' : 'enabled';
}

export function registerUser(program: Command): void {
  const user = program.command('user').description('accounts of the console and the API');
  registerAdd(user);
  registerList(user);
  registerSet(user);
  registerPassword(user);

  user
    .command('remove <names...>')
    .description('take accounts away, with their sessions and tokens')
    .option('--json', 'for programs')
    .action(async (names: string[], given: JsonOption, command: Command) => {
      const { removeAccount } = await import('../admin/accounts.ts');
      for (const name of names) {
        const outcome = await inChange(command, (context) => removeAccount(context, name));
        printOutcome(outcome, 'account', given);
      }
    });
  registerUserSessions(user);
  registerUserToken(user);
}

function registerAdd(user: Command): void {
  user
    .command('add <name>')
    .description('an account; a drawn password is shown this once, and changed at the first sign-in')
    .requiredOption(...options.role)
    .option(...options.displayName)
    .option(...options.extension)
    .option(...options.stdin)
    .option('--json', 'for programs')
    .action(async (name: string, given: FieldOptions & PasswordOptions, command: Command) => {
      const { addAccount } = await import('../admin/accounts.ts');
      const { createPasswordHasher } = await import('../store/password-hash.ts');
      const choice = await readPassword(given);
      const outcome = await inChange(command, (context) =>
        addAccount(context, name, wordsOf(given), choice, createPasswordHasher(), choice === 'drawn'),
      );
      tell(name, outcome, given);
    });
}

function registerList(user: Command): void {
  user
    .command('list')
    .description('all accounts')
    .option('--json', 'for programs')
    .action(async (given: JsonOption, command: Command) => {
      const { listAccounts } = await import('../admin/accounts.ts');
      using store = await openForReading(command);
      const accounts = listAccounts(store);
      if (given.json) return printJson({ accounts: accounts.map(forPrograms), count: accounts.length });
      printTable(columns, accounts, counted(accounts.length, 'account'));
      if (accounts.length === 0) {
        printLines(['`callwarden user add <name> --role administrator` adds the first one.']);
      }
    });
}

function registerSet(user: Command): void {
  user
    .command('set <name>')
    .description('roles, name and extension of an account; who is disabled is signed out at once')
    .option(...options.role)
    .option(...options.displayName)
    .option(...options.extension)
    .option('--enable', 'they may sign in again; API tokens that the account had are removed')
    .option('--keep-tokens', 'with --enable: let its API tokens count again')
    .option('--disable', 'they may not, and neither may their tokens')
    .option('--json', 'for programs')
    .action(async (name: string, given: SetOptions, command: Command) => {
      if (given.enable === true && given.disable === true) {
        throw new AppError('invalid', 'Give either --enable or --disable.');
      }
      if (given.keepTokens === true && given.enable !== true) {
        throw new AppError('invalid', 'Give --keep-tokens together with --enable.');
      }
      const enabled = given.enable === true ? true : given.disable === true ? false : undefined;
      const { setAccount } = await import('../admin/accounts.ts');
      const outcome = await inChange(command, (context) =>
        setAccount(context, name, { ...wordsOf(given), enabled, keepTokens: given.keepTokens }),
      );
      printOutcome(outcome, 'account', given);
    });
}

function registerPassword(user: Command): void {
  user
    .command('password <name>')
    .description('a new password; they are signed out everywhere, and let in again after wrong ones')
    .option(...options.stdin)
    .option('--keep-tokens', 'let the API tokens of the account count on; they are removed without it')
    .option('--json', 'for programs')
    .action(async (name: string, given: ResetOptions, command: Command) => {
      const { resetPassword } = await import('../admin/passwords.ts');
      const { createPasswordHasher } = await import('../store/password-hash.ts');
      const choice = await readPassword(given);
      const words = { mustChange: choice === 'drawn', keepTokens: given.keepTokens === true };
      const outcome = await inChange(command, (context) =>
        resetPassword(context, name, choice, createPasswordHasher(), words),
      );
      tell(name, outcome, given);
    });
}

/** Never from an argument: whoever may list processes would read it there. */
async function readPassword({ stdin }: PasswordOptions): Promise<PasswordChoice> {
  return stdin === true ? { chosen: await readSecretInput('New password: ') } : 'drawn';
}

const wordsOf = ({ role, displayName, extension }: FieldOptions) => ({
  roles: role?.flatMap((word) => word.split(',')).filter((word) => word !== ''),
  displayName,
  extension: extension === 'none' ? null : extension,
});

/** The only time that a password is shown, and only one that nobody has chosen. */
function tell(name: string, { password, ...outcome }: PasswordOutcome, given: JsonOption): void {
  if (given.json) return printJson({ name, password, changed: outcome.changes.length, ...outcome });
  printOutcome(outcome, 'account', given);
  if (password === null) return;
  printLines([
    '',
    `The password of ${name} is ${password}`,
    'It is shown this once, and must be changed at the first sign-in.',
  ]);
}

function forPrograms({ createdMs, passwordMs, ...account }: Account) {
  return { ...account, created: isoOrNull(createdMs), passwordSince: isoOrNull(passwordMs) };
}
