// scripts/lab: leaves a lab running to play with, and speaks to it.
import { Argument, Command, Option } from 'commander';

import { AppError } from '../src/errors.ts';
import { placeCall } from '../test/lab/commands/call.ts';
import { openConsole } from '../test/lab/commands/console.ts';
import { bringDown } from '../test/lab/commands/down.ts';
import { showStatus } from '../test/lab/commands/status.ts';
import { bringUp, serveLab } from '../test/lab/commands/up.ts';

const asterisk = new Option('--asterisk <line>', 'which Asterisk').choices(['22', '16']).default('22');
const dialplan = new Option(
  '--dialplan <file>',
  'the whole extensions.conf, instead of the sample PBX with Callwarden',
);
const which = new Option('--lab <id>', 'which lab, where several run (default: the newest)');

const program = new Command('lab')
  .description('A real Asterisk on free loopback ports with private files, phones and a carrier.')
  .showHelpAfterError()
  .enablePositionalOptions();

program
  .command('up')
  .description('start a lab and leave it running')
  .addOption(asterisk)
  .addOption(dialplan)
  .action(bringUp);

program.command('serve', { hidden: true }).addOption(asterisk).addOption(dialplan).action(serveLab);

program
  .command('down')
  .description('end the labs that were left running, and all that they started')
  .addOption(which)
  .action(bringDown);

program
  .command('status')
  .description('list the running labs')
  .option('--json', 'for programs')
  .action(showStatus);

program
  .command('console')
  .description("run a command on the lab's Asterisk console, or open the console")
  .addArgument(new Argument('[command...]'))
  .addOption(which)
  .passThroughOptions()
  .action(openConsole);

program
  .command('call')
  .description('place a call with a phone of ours, and tell what it heard')
  .argument('<from>', 'the extension that calls')
  .argument('<number>', 'what it dials')
  .addOption(which)
  .option('--seconds <n>', 'how long to stay after the answer', '1')
  .action(placeCall);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  console.error([error.message, ...error.details].join('\n'));
  process.exitCode = 1;
}
