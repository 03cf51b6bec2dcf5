// The command line as a whole: the options that hold everywhere, how it ends, and who says what to whom.
import { Command } from 'commander';
import { codeOf } from '../errors.ts';
import { exitStatus } from './exit-status.ts';
import { tellError } from './output.ts';

/** Adds one command, or one group of commands, to the program. */
export type Register = (program: Command) => void;

/** The headings of the help, in its order; what stands under none of them is of the first. */
const SETTING_UP = 'Setting up and running:';
const HEADINGS: Readonly<Record<string, readonly string[]>> = {
  [SETTING_UP]: ['init', 'run', 'status', 'doctor', 'dialplan', 'backup', 'restore', 'user', 'notify'],
  'What would happen, and why:': ['check', 'who-may'],
  'Call barring:': ['settings', 'country', 'level', 'premium', 'rule', 'limit', 'quarantine', 'announcement'],
  'Who may call what:': ['extension', 'exception', 'group', 'schedule', 'list', 'pin'],
  'Call pickup:': ['pickup', 'ringing', 'watch'],
  'The policy as a whole:': ['policy', 'numbering'],
  'What happened:': ['calls', 'notices', 'audit'],
};

const HELP_AFTER = `
Each command says more with --help: callwarden country allow --help
Exit status: 0 fine, 1 failed, 2 wrong usage, 3 denied (check), 4 replaced by another daemon (run).
Every command has --json. The configuration is /etc/callwarden/callwarden.toml unless --config or
CALLWARDEN_CONFIG names another; --database names the database without one.`;

export function buildProgram(version: string, commands: readonly Register[]): Command {
  const program = new Command('callwarden')
    .description('Call barring and call pickup with rights, beside an Asterisk PBX')
    .version(version)
    .option('--config <file>', 'configuration file')
    .option('--database <file>', 'policy database, instead of the one that the configuration names')
    .addHelpText('after', HELP_AFTER)
    .showSuggestionAfterError()
    .commandsGroup(SETTING_UP)
    .helpCommand('help [command]', 'what a command takes, as --help does')
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(`callwarden: ${text.replace(/^error: /, '')}`),
    });
  for (const register of commands) register(program);
  for (const [heading, names] of Object.entries(HEADINGS)) {
    for (const command of program.commands.filter((each) => names.includes(each.name()))) {
      command.helpGroup(heading);
    }
  }
  tellUsage(program, '');
  return program;
}

/** After a slip of the hand: how the command is written, and where more is said. */
function tellUsage(command: Command, parents: string): void {
  const path = `${parents}${command.name()}`;
  command.showHelpAfterError(`Usage: ${path} ${command.usage()}\n\`${path} --help\` says more.`);
  for (const each of command.commands) tellUsage(each, `${path} `);
}

/** Runs the command that the arguments name and returns the exit status. Never rejects. */
export async function runProgram(program: Command, args: readonly string[]): Promise<number> {
  // Whoever reads may stop reading: `callwarden calls | head` is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const status = exitStatus(error);
    if (!isCommanders(error)) tellError(error);
    return status;
  }
}

const isCommanders = (error: unknown) => codeOf(error).startsWith('commander.');
