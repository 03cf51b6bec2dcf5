// `callwarden pickup take`: takes one ringing call for one extension, whose phone is called for it.
import type { Command } from 'commander';
import { escapeUnprintable } from '../config/log-line.ts';
import type { TakeOutcome, TakeRefusal } from '../pickup/take.ts';
import { placesOf } from './context.ts';
import { EXIT } from './exit-status.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { pickupCommand } from './pickup-command.ts';

interface TakeOptions extends JsonOption {
  readonly for: string;
}

export function registerPickupTake(program: Command): void {
  pickupCommand(program)
    .command('take <call>')
    .description('take a ringing call, by its id (see `callwarden ringing`) or the extension it rings on')
    .requiredOption('--for <extension>', 'who is to have it: his rights count, and his phone is called')
    .option('--json', 'for programs')
    .addHelpText(
      'after',
      `
The right is checked before the phone is called, and again when it is answered. Until then others may take the call; the
phone then stops ringing. It rings for 20 s at most. Exit status: 0 taken, 3 refused, 1 not known or no daemon.`,
    )
    .action(async (target: string, options: TakeOptions, command: Command) => {
      const { askTake } = await import('../http/client.ts');
      const outcome = await askTake(placesOf(command).socket, { target, picker: options.for });
      if (options.json) printJson(outcome);
      else printLines([escapeUnprintable(sentenceOf(outcome, options.for))]);
      if (outcome.outcome === 'refused') process.exitCode = EXIT.denied;
      if (outcome.outcome === 'unknown') process.exitCode = EXIT.failed;
    });
}

function sentenceOf(outcome: TakeOutcome, picker: string): string {
  switch (outcome.outcome) {
    case 'taken': {
      const caller = [outcome.callerNumber, outcome.callerName].filter((word) => word !== '').join(' ');
      return `${picker} has the call${caller === '' ? '' : ` of ${caller}`} that rang on ${outcome.from}.`;
    }
    case 'refused':
      return refusalSentence(outcome.reason, outcome.by, outcome.rule, picker);
    case 'unknown':
      return 'What came of it is not known: the link to Asterisk was lost, or the phone was hung up on the way.';
  }
}

function refusalSentence(
  reason: TakeRefusal,
  by: string | null,
  rule: string | null,
  picker: string,
): string {
  switch (reason) {
    case 'no-right':
      return `Refused: ${picker} may not take it (${rule ?? reason}); see \`callwarden pickup why\`.`;
    case 'nothing-ringing':
      return 'Refused: nothing rings there, or it has stopped.';
    case 'already-taken':
      return `Refused: taken already${by === null ? '' : ` by ${by}`}.`;
    case 'own-call':
      return `Refused: it is the call of ${picker} himself.`;
    case 'not-answered':
      return `Refused: nobody answered the phone of ${picker}.`;
    case 'unreachable':
      return `Refused: the phone of ${picker} could not be called.`;
    case 'busy':
      return `Refused: a call is being taken for ${picker} already, or too many for others; try again in a moment.`;
  }
}
