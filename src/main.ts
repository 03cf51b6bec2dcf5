// The `callwarden` binary: its commands, one file each in cli/.
import { registerAudit } from './cli/audit.ts';
import { registerCalls } from './cli/calls.ts';
import { registerCheck } from './cli/check.ts';
import { registerCountry } from './cli/country.ts';
import { registerExtension } from './cli/extension.ts';
import { registerInit } from './cli/init.ts';
import { registerPickupGroup } from './cli/pickup-group.ts';
import { buildProgram, runProgram, type Register } from './cli/program.ts';
import { registerPremium, registerSettings } from './cli/settings.ts';
import { programVersion } from './cli/version.ts';

/** In the order of the help. */
const commands: readonly Register[] = [
  registerInit,
  registerCheck,
  registerSettings,
  registerCountry,
  registerPremium,
  registerExtension,
  registerPickupGroup,
  registerCalls,
  registerAudit,
];

process.exitCode = await runProgram(buildProgram(programVersion(), commands), process.argv.slice(2));
