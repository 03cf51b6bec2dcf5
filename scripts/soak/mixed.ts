// Mixed load and faults on a real PBX from a plan, and the balance of it.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../src/store/open.ts';
import { eventually } from '../../test/lab/processes.ts';
import { startPbx, type Pbx } from '../../test/pbx.ts';
import { balance, type DecisionRow } from './balance.ts';
import { doFaults } from './faults.ts';
import { placeCalls } from './load.ts';
import { watchMemory } from './memory.ts';
import { reportLines } from './report.ts';
import { phones, planSoak, type SoakOptions } from './plan.ts';

const RECORDS_DEADLINE_MS = 5000;
const DECISION_MS = 2000;
/** The deadline, the announcement behind it, and what a busy machine adds. */
const WAIT_MAX_MS = DECISION_MS + 5000;

const policy = [
  'country allow AR',
  `extension set ${phones.entitled.join(' ')} --international on`,
  `extension set ${[...phones.barred, ...Object.values(phones.pickup)].join(' ')}`,
  'pickup group create desk',
  `pickup group add desk ${phones.pickup.target} ${phones.pickup.picker}`,
];

/** Prints as it goes; true when the accounts agree and nothing was left behind. */
export async function soakCalls(options: SoakOptions): Promise<boolean> {
  const plan = planSoak(options);
  console.log(
    `${plan.calls.length} calls in ${options.seconds} s, ${plan.faults.length} faults, seed ${options.seed}; ` +
      `the same again: npm run soak -- --seconds ${options.seconds} --rate ${options.callsPerSecond} ` +
      `--fault-every ${options.faultEverySeconds} --seed ${options.seed}`,
  );
  await using pbx = await startPbx({
    policy,
    decisionMs: DECISION_MS,
    verbosity: 0,
    extensions: [...phones.entitled, ...phones.barred, ...Object.values(phones.pickup)],
    modules: ['cdr_csv'],
    files: { 'cdr.conf': '[general]\nenable=yes\nunanswered=yes\ncongestion=yes\n[csv]\nloguniqueid=yes\n' },
  });
  // cdr_csv makes the file, but not its folder.
  mkdirSync(join(pbx.lab.directory, 'log/cdr-csv'), { recursive: true });
  using memory = watchMemory(pbx);
  const startMs = performance.now();
  const [placed, faults] = await Promise.all([placeCalls(pbx, plan, startMs), doFaults(pbx, plan, startMs)]);
  const isIdle = await pbx.lab.waitIdle(WAIT_MAX_MS).then(
    () => true,
    (error: unknown) => (console.log(String(error)), false),
  );
  const sum = balance({
    placed,
    faults,
    decisions: await allDecisions(pbx),
    cdr: readCdr(pbx),
    carrier: pbx.lab.carrier.numbers,
    waitMaxMs: WAIT_MAX_MS,
  });
  for (const line of reportLines(sum, faults, memory.samples)) console.log(line);
  return isIdle && sum.wrong.length === 0;
}

/** What is queued is written first, as far as the writer gets. */
async function allDecisions(running: Pbx): Promise<readonly DecisionRow[]> {
  await eventually(async () => (await running.status()).records.queued === 0, RECORDS_DEADLINE_MS, 100);
  using store = openStore(join(running.directory, 'callwarden.db'), { readonly: true });
  return store.db
    .prepare<[], DecisionRow>(
      `SELECT channel_id AS channelId, at_ms AS atMs, dialled, verdict, outcome FROM calls WHERE kind = 'decision'`,
    )
    .all();
}

/** Asterisk's own account: the ids of its channels. */
function readCdr(running: Pbx): ReadonlySet<string> {
  const text = readFileSync(join(running.lab.directory, 'log/cdr-csv/Master.csv'), 'utf8');
  return new Set(text.split('\n').flatMap((line) => /"(\d+\.\d+)"/.exec(line)?.[1] ?? []));
}
