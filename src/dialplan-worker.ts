// A thread that makes the dialplan's fingerprint from the settings: seconds of patterns that no call is to wait for.
import { parentPort, workerData } from 'node:worker_threads';
import { dialplanFactsOf } from './admin/dialplan-facts.ts';
import { dialplanFingerprint } from './asterisk/dialplan/generate.ts';
import type { DialplanContract } from './config/dialplan-contract.ts';
import type { Settings } from './store/settings.ts';

const { settings, contract } = workerData as {
  readonly settings: Settings;
  readonly contract: DialplanContract;
};
parentPort?.postMessage(dialplanFingerprint({ ...dialplanFactsOf(settings), ...contract }));
