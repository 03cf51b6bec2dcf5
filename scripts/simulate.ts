// `npm run simulate`: the daemon's own code in simulated worlds, each from a seed; `--seed 42 --trace` tells one of them.
import { parseArgs } from 'node:util';
import { installStandIns } from '../test/simulate/hooks.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const realNow = process.hrtime.bigint;
installStandIns();
const { makeTemplate } = await import('../test/simulate/run/template.ts');
const { simulateSeed } = await import('../test/simulate/run/simulate-seed.ts');

const from = Number(values.seed ?? values.from);
const count = values.seed === undefined ? Number(values.seeds) : 1;
const startedNs = realNow();
using template = makeTemplate();
let [failed, calls, faults] = [0, 0, 0];
for (let seed = from; seed < from + count; seed += 1) {
  const outcome = await simulateSeed(seed, template);
  calls += outcome.calls;
  faults += outcome.faults;
  if (values.trace) console.log(outcome.lines.join('\n'));
  if (values.seed !== undefined) console.log(`seed ${seed}: story ${outcome.sum}`);
  if (outcome.violations.length === 0) continue;
  failed += 1;
  console.log(`seed ${seed} fails:\n  ${outcome.violations.join('\n  ')}`);
  console.log(`  Replay it: npm run simulate -- --seed ${seed} --trace`);
}
const seconds = Number((realNow() - startedNs) / 1_000_000n) / 1000;
console.log(
  `${count} seeds from ${from}: ${failed} failed; ${calls} calls, ${faults} faults, ${seconds.toFixed(1)} s`,
);
process.exitCode = failed === 0 ? 0 : 1;
