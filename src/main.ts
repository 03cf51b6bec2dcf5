// The `callwarden` binary.
import { commands } from './cli/commands.ts';
import { buildProgram, runProgram } from './cli/program.ts';
import { programVersion } from './cli/version.ts';

process.exitCode = await runProgram(buildProgram(programVersion(), commands), process.argv.slice(2));
