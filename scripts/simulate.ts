// `npm run simulate`: the daemon's own code in simulated worlds, each from a seed; `--seed 42 --trace` tells one of them.
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { installStandIns } from '../test/simulate/hooks.ts';
import { mutantNamed } from '../test/simulate/mutants.ts';

/** Fewer than that are not worth a process of their own. */
const SEEDS_PER_JOB_MIN = 20;

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    jobs: { type: 'string', default: String(availableParallelism()) },
    /** Stop at the first seed that fails. */
    bail: { type: 'boolean', default: false },
    /** Plays the calls of test/simulate/scenarios.ts in the model, and prints what came of them as JSON. */
    scenarios: { type: 'boolean', default: false },
    /** With a wrong line of test/simulate/mutants.ts in the code. */
    mutant: { type: 'string' },
  },
});

interface Totals {
  seeds: number;
  failed: number;
  calls: number;
  faults: number;
}

// That types are stripped from a thread's file by an interface of Node's that may change is nobody's news.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') console.error(warning.stack ?? warning.message);
});

const wholeNumber = (name: 'seeds' | 'from' | 'jobs' | 'seed', text: string): number => {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  console.error(`--${name} takes a whole number, such as --${name} 42.`);
  process.exit(2);
};

const from = values.seed === undefined ? wholeNumber('from', values.from) : wholeNumber('seed', values.seed);
const count = values.seed === undefined ? wholeNumber('seeds', values.seeds) : 1;
const jobs = Math.max(1, Math.min(wholeNumber('jobs', values.jobs), Math.floor(count / SEEDS_PER_JOB_MIN)));
if (values.scenarios) {
  installStandIns();
  const { playScenarios } = await import('../test/simulate/run/play-scenarios.ts');
  console.log(JSON.stringify(await playScenarios()));
  process.exit(0);
}
const startedNs = process.hrtime.bigint();
const totals = jobs > 1 && !values.bail ? await inProcesses() : await inThisProcess();
const seconds = Number((process.hrtime.bigint() - startedNs) / 1_000_000n) / 1000;
if (process.send) process.send(totals);
else {
  const { seeds, failed, calls, faults } = totals;
  console.log(
    `${seeds} seeds from ${from}: ${failed} failed; ${calls} calls, ${faults} faults, ${seconds.toFixed(1)} s`,
  );
}
process.exitCode = totals.failed === 0 ? 0 : 1;
if (process.send) process.disconnect();

async function inThisProcess(): Promise<Totals> {
  installStandIns(values.mutant === undefined ? null : mutantNamed(values.mutant));
  const { makeTemplate } = await import('../test/simulate/run/template.ts');
  const { simulateSeed } = await import('../test/simulate/run/simulate-seed.ts');
  using template = makeTemplate();
  const sums: Totals = { seeds: 0, failed: 0, calls: 0, faults: 0 };
  for (let seed = from; seed < from + count; seed += 1) {
    const { lines, sum, violations, calls, faults } = await simulateSeed(seed, template);
    sums.seeds += 1;
    sums.calls += calls;
    sums.faults += faults;
    if (values.trace) console.log(lines.join('\n'));
    if (values.seed !== undefined) console.log(`seed ${seed}: story ${sum}`);
    if (violations.length === 0) continue;
    sums.failed += 1;
    console.log(`seed ${seed} fails:\n  ${violations.join('\n  ')}`);
    console.log(`  Replay it: npm run simulate -- --seed ${seed} --trace`);
    if (values.bail) break;
  }
  return sums;
}

/** The seeds in equal parts, beside each other. */
async function inProcesses(): Promise<Totals> {
  const share = Math.ceil(count / jobs);
  const parts = Array.from({ length: jobs }, (_, job) => {
    const first = from + job * share;
    const seeds = Math.min(share, from + count - first);
    const mutant = values.mutant === undefined ? [] : ['--mutant', values.mutant];
    const args = ['--from', String(first), '--seeds', String(seeds), '--jobs', '1', ...mutant];
    return new Promise<Totals>((resolve, reject) => {
      const child = fork(import.meta.filename, args);
      let part: Totals | null = null;
      child.on('message', (message) => (part = message as Totals));
      child.on('exit', (code) => {
        if (part) resolve(part);
        else reject(new Error(`A part of the simulation ended with ${code}.`));
      });
    });
  });
  const all = await Promise.all(parts);
  const sum = (key: keyof Totals) => all.reduce((total, part) => total + part[key], 0);
  return { seeds: sum('seeds'), failed: sum('failed'), calls: sum('calls'), faults: sum('faults') };
}
