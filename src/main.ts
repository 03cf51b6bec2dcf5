// The `callwarden` binary: its commands, one file each in cli/.
import { registerExtension } from './cli/extension.ts';
import { registerPickupGroup } from './cli/pickup-group.ts';
import { buildProgram, runProgram, type Register } from './cli/program.ts';
import { programVersion } from './cli/version.ts';

/** In the order of the help. */
const commands: readonly Register[] = [registerExtension, registerPickupGroup];

process.exitCode = await runProgram(buildProgram(programVersion(), commands), process.argv.slice(2));
