// `callwarden dialplan`: the file that goes into Asterisk, made from the settings.
import type { Command } from 'commander';
import { environment } from '../config/environment.ts';
import { contractIn, DEFAULT_CONTRACT, type DialplanContract } from '../config/dialplan-contract.ts';
import { globalOptions, openForReading, placesOf } from './context.ts';
import type { JsonOption } from './output.ts';

export function registerDialplan(program: Command): void {
  program
    .command('dialplan')
    .description(
      'print callwarden.conf for Asterisk, made from the settings: callwarden dialplan > /etc/asterisk/callwarden.conf',
    )
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { dialplanFacts } = await import('../admin/dialplan-facts.ts');
      const { generateDialplan } = await import('../asterisk/dialplan/generate.ts');
      const text = generateDialplan({ ...dialplanFacts(store), ...(await contractOf(command)) });
      process.stdout.write(options.json ? `${JSON.stringify({ dialplan: text })}\n` : text);
    });
}

/** What both sides must agree on stands in the configuration; without one, its defaults hold. */
async function contractOf(command: Command): Promise<DialplanContract> {
  if (placesOf(command).file === null) return DEFAULT_CONTRACT;
  const { loadConfig } = await import('../config/load.ts');
  return contractIn(loadConfig({ path: globalOptions(command).config, env: environment() }));
}
