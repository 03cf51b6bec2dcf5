// `callwarden user token add | list | remove`: tokens with which programs use the API.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import { rights } from '../admin/account-rights.ts';
import type { ApiToken } from '../admin/tokens.ts';
import { AppError } from '../errors.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { isoOrNull, momentOrNull, momentText } from './moment.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';
import { readValidity, validityHelp, type ValidityWords } from './validity.ts';

interface AddOptions extends JsonOption, ValidityWords {
  readonly right: readonly string[];
}

const columns: readonly Column<ApiToken>[] = [
  { title: 'ACCOUNT', cell: ({ account }) => account },
  { title: 'TOKEN', cell: ({ name }) => name },
  { title: 'RIGHTS', cell: ({ rights: held }) => held.join(', ') },
  { title: 'LAST USED', cell: ({ usedMs }) => momentOrNull(usedMs) },
  { title: 'UNTIL', cell: ({ untilMs }) => momentText(untilMs) },
];

export function registerUserToken(user: Command): void {
  const token = user.command('token').description('tokens with which programs use the API');
  registerAdd(token);

  token
    .command('list [account]')
    .description('tokens of one account, or of all')
    .option('--json', 'for programs')
    .action(async (account: string | undefined, given: JsonOption, command: Command) => {
      const { listTokens } = await import('../admin/tokens.ts');
      using store = await openForReading(command);
      const tokens = listTokens(store, account ?? null);
      if (given.json) return printJson({ tokens: tokens.map(forPrograms), count: tokens.length });
      printTable(columns, tokens, counted(tokens.length, 'token'));
    });

  token
    .command('remove <account> <name>')
    .description('a token that is good for nothing any more')
    .option('--json', 'for programs')
    .action(async (account: string, name: string, given: JsonOption, command: Command) => {
      const { removeToken } = await import('../admin/tokens.ts');
      const outcome = await inChange(command, (context) => removeToken(context, account, name));
      printOutcome(outcome, 'token', given);
    });
}

function registerAdd(token: Command): void {
  token
    .command('add <account> <name>')
    .description('a token; it is shown this once')
    .requiredOption('--right <rights...>', `what it may do, of what the account may: ${rights.join(', ')}`)
    .option(...validityHelp.from)
    .option(...validityHelp.until)
    .option(...validityHelp.for)
    .option('--json', 'for programs')
    .action(async (account: string, name: string, given: AddOptions, command: Command) => {
      const { fromMs, untilMs } = readValidity(given, Date.now());
      if (untilMs === null) {
        throw new AppError('invalid', 'Say how long the token counts: --for 52w, or --until 2027-12-31.');
      }
      const { addToken } = await import('../admin/tokens.ts');
      const words = { name, rights: given.right, fromMs, untilMs };
      const { token: secret, ...outcome } = await inChange(command, (context) =>
        addToken(context, account, words),
      );
      if (given.json) return printJson({ token: secret, changed: outcome.changes.length, ...outcome });
      printOutcome(outcome, 'token', given);
      printLines(['', `The token is ${secret}`, 'It is shown this once: put it where the program reads it.']);
    });
}

const forPrograms = ({ createdMs, fromMs, untilMs, usedMs, ...token }: ApiToken) => ({
  ...token,
  created: isoOrNull(createdMs),
  from: isoOrNull(fromMs),
  until: isoOrNull(untilMs),
  lastUsed: isoOrNull(usedMs),
});
