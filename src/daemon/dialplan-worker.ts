// A thread that makes the dialplan's fingerprint from the settings: seconds of patterns that no call is to wait for.
import { parentPort, workerData } from 'node:worker_threads';
import { dialplanFactsOf } from '../admin/dialplan-facts.ts';
import { dialplanFingerprint } from '../asterisk/dialplan/generate.ts';
import type { DialplanContract } from '../config/dialplan-contract.ts';
import type { Settings } from '../store/settings.ts';

export interface DialplanWorkerData {
  readonly settings: Settings;
  readonly contract: DialplanContract;
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what the daemon has put there
const { settings, contract } = workerData as DialplanWorkerData;
const fingerprint = dialplanFingerprint({ ...dialplanFactsOf(settings), ...contract });
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- no browser window
parentPort?.postMessage(fingerprint);
