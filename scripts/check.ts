// `npm run check`: formatter, linter with types, compiler, dead code and the tree test, one after the other.
import { spawnSync } from 'node:child_process';

const steps: readonly (readonly [string, string, readonly string[]])[] = [
  ['format', 'oxfmt', ['--check']],
  ['lint', 'oxlint', ['--type-aware', '--deny-warnings']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  ['types of the console', 'tsc', ['-p', 'src/console']],
  ['dead code', 'knip', []],
  ['tree', 'vitest', ['run', 'test/tidy.test.ts', '--reporter=dot']],
];

const failed: string[] = [];
for (const [name, command, args] of steps) {
  console.log(`\n== ${name}: ${command} ${args.join(' ')}`);
  const result = spawnSync(command, args, { stdio: 'inherit' });
  if (result.status !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\ncheck: clean' : `\ncheck: ${failed.join(', ')} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
