// The simulation itself: its seeds hold, it repeats what a seed says, and it finds what is wrong.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { env } from 'node:process';
import { describe, expect, it } from 'vitest';
import { mutants } from './mutants.ts';

const script = join(import.meta.dirname, '../../scripts/simulate.ts');
/** `SIMULATE_SEEDS=100000 npm test` takes more. */
const SEEDS = env['SIMULATE_SEEDS'] ?? '1000';
const SEEDS_DEADLINE_MS = 600_000;
const MUTANT_DEADLINE_MS = 120_000;
/** Within so many worlds a wrong line is found. */
const MUTANT_SEEDS = '120';

interface Run {
  readonly status: number;
  readonly output: string;
}

function simulate(...args: readonly string[]): Promise<Run> {
  return new Promise((resolve) => {
    execFile(process.execPath, [script, ...args], { maxBuffer: 2 ** 28 }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code ?? 1) : 0, output: stdout + stderr });
    });
  });
}

describe('the simulation', () => {
  it(
    `holds every invariant in ${SEEDS} worlds`,
    async () => {
      const { status, output } = await simulate('--seeds', SEEDS);
      expect(output).toMatch(new RegExp(`^${SEEDS} seeds from 1: 0 failed; `));
      expect(status).toBe(0);
    },
    SEEDS_DEADLINE_MS,
  );

  it('tells the same story of one seed twice', async () => {
    const [first, second] = await Promise.all([
      simulate('--seed', '12', '--trace'),
      simulate('--seed', '12', '--trace'),
    ]);
    const story = (output: string) => output.replace(/, [\d.]+ s\n$/, '');
    expect(first.output).toContain('daemon-1 says');
    expect(story(first.output)).toBe(story(second.output));
  });

  it('takes no seed that is none', async () => {
    const { status, output } = await simulate('--seed', 'forty-two');
    expect(status).toBe(2);
    expect(output).toContain('--seed 42');
  });

  it.each(mutants.map(({ name }) => name))(
    'finds the wrong line “%s”, and says how to see it again',
    async (name) => {
      const { status, output } = await simulate('--seeds', MUTANT_SEEDS, '--bail', '--mutant', name);
      expect(status).toBe(1);
      expect(output).toMatch(/Replay it: npm run simulate -- --seed \d+ --trace/);
    },
    MUTANT_DEADLINE_MS,
  );
});
