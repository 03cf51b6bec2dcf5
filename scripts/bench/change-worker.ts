// A thread beside the one that is measured: changes one country at each word, as a command would, and says when.
import { performance } from 'node:perf_hooks';
import { parentPort, workerData } from 'node:worker_threads';
import { setCountries } from '../../src/admin/countries.ts';
import { openStore } from '../../src/store/open.ts';

const store = openStore(String(workerData));
let allow = false;

parentPort?.on('message', () => {
  const startMs = performance.now();
  const context = { store, actor: 'cli:bench', pbx: 'bench', nowMs: Date.now() };
  const { policyVersion } = setCountries(context, ['DE'], allow ? null : 'allow');
  allow = !allow;
  const doneMs = performance.now();
  const told = {
    policyVersion,
    tookMs: doneMs - startMs,
    committedAtMs: performance.timeOrigin + doneMs,
  };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
  parentPort?.postMessage(told);
});
