// The `callwarden` binary: its commands, one file each in cli/.
import { registerAudit } from './cli/audit.ts';
import { registerCalls } from './cli/calls.ts';
import { registerCheck } from './cli/check.ts';
import { registerCountry } from './cli/country.ts';
import { registerDialplan } from './cli/dialplan.ts';
import { registerExtension } from './cli/extension.ts';
import { registerInit } from './cli/init.ts';
import { registerPickupGroup } from './cli/pickup-group.ts';
import { buildProgram, runProgram, type Register } from './cli/program.ts';
import { registerRinging } from './cli/ringing.ts';
import { registerRun } from './cli/run.ts';
import { registerPremium, registerSettings } from './cli/settings.ts';
import { registerStatus } from './cli/status.ts';
import { programVersion } from './cli/version.ts';

/** In the order of the help. */
const commands: readonly Register[] = [
  registerInit,
  registerRun,
  registerStatus,
  registerDialplan,
  registerCheck,
  registerSettings,
  registerCountry,
  registerPremium,
  registerExtension,
  registerPickupGroup,
  registerRinging,
  registerCalls,
  registerAudit,
];

process.exitCode = await runProgram(buildProgram(programVersion(), commands), process.argv.slice(2));
