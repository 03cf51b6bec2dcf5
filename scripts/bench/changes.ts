// Changes of the policy in the database that is named, watched as the daemon does, measured and printed as JSON.
import { once } from 'node:events';
import { join } from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { PolicyHolder } from '../../src/daemon/policy-holder.ts';
import { openStore } from '../../src/store/open.ts';
import { watchPolicy } from '../../src/store/policy-watch.ts';
import { eventually } from '../../test/lab/processes.ts';
import { median, type Changes, type Pauses } from './changes-result.ts';

const CHANGES = 10;
const IDLE_MS = 5000;
const CHANGE_DEADLINE_MS = 20_000;

const silent = { error: () => {}, warn: () => {}, info: () => {}, debug: () => {} };

interface Told {
  readonly policyVersion: number;
  readonly tookMs: number;
  readonly committedAtMs: number;
}

async function measure(path: string): Promise<Changes> {
  using store = openStore(path, { readonly: true, busyTimeoutMs: 0 });
  const holder = new PolicyHolder(silent);
  let problem: unknown = null;
  using watch = watchPolicy(store, {
    onPolicy: (policy) => holder.take(policy, Date.now),
    onProblem: (error) => (problem = error),
    monotonicMs: () => performance.now(),
  });
  void watch;
  const worker = new Worker(join(import.meta.dirname, 'change-worker.ts'), { workerData: path });
  const change = async () => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
    worker.postMessage('change');
    const [told] = (await once(worker, 'message')) as [Told];
    const inForce = async () => holder.snapshot()?.version === told.policyVersion;
    if (!(await eventually(inForce, CHANGE_DEADLINE_MS, 1))) {
      throw new Error('The change did not come into force.', { cause: problem });
    }
    const inForceMs = performance.timeOrigin + performance.now() - told.committedAtMs;
    return { commitMs: told.tookMs, inForceMs };
  };
  for (let warmUp = 0; warmUp < 3; warmUp += 1) await change();
  const idle = await pauses(() => sleep(IDLE_MS));
  const timings: Awaited<ReturnType<typeof change>>[] = [];
  const loading = await pauses(async () => {
    for (let index = 0; index < CHANGES; index += 1) timings.push(await change());
  });
  await worker.terminate();
  return {
    commitMs: median(timings.map((timing) => timing.commitMs)),
    inForceMs: median(timings.map((timing) => timing.inForceMs)),
    idle,
    loading,
  };
}

/** Timers of one millisecond tell how late they come. */
async function pauses(work: () => Promise<unknown>): Promise<Pauses> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  await work();
  delay.disable();
  return { longestMs: delay.max / 1e6, p99Ms: delay.percentile(99) / 1e6 };
}

process.stdout.write(JSON.stringify(await measure(process.argv[2] ?? '')));
