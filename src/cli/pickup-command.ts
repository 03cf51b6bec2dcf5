// The word `pickup` of the command line, under which several commands stand.
import type { Command } from 'commander';

/** Made where no other command has made it yet. */
export function pickupCommand(program: Command): Command {
  return (
    program.commands.find((command) => command.name() === 'pickup') ??
    program.command('pickup').description('call pickup')
  );
}
