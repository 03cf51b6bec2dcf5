// Whether the dialplan in Asterisk is the one that settings and configuration call for, for `status`.
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { AmiConnection } from '../asterisk/ami/connection.ts';
import { readInstalledFingerprint } from '../asterisk/dialplan/installed.ts';
import { RENEW_COMMAND } from '../asterisk/dialplan/generate.ts';
import { contractIn, type DialplanContract } from '../config/dialplan-contract.ts';
import type { Config } from '../config/config.ts';
import type { DialplanWorkerData } from './dialplan-worker.ts';
import type { Logger } from '../config/logger.ts';
import type { Store } from '../store/open.ts';
import { readSettings, type Settings } from '../store/settings.ts';

/** Changes that follow each other are looked at once. */
const TICK_MS = 1000;
/** A dialplan that is stale may be renewed at any time, without a call that tells. */
const READ_AGAIN_MS = 5000;
const MAKE_DEADLINE_MS = 60_000;
const WORKER_HEAP_MB = 128;

export interface DaemonDialplan extends Disposable {
  /** A call has told which dialplan asks. */
  seen(fingerprint: string): void;
  /** A sentence for `status`; '' while it is not known to be stale. */
  problem(): string;
}

export interface DaemonDialplanOptions {
  readonly config: Config;
  readonly logger: Logger;
  readonly store: Store;
  /** Grows with each change. */
  readonly policyVersion: () => number | null;
  /** Null while AMI is not connected or not wanted: then calls alone tell. */
  readonly ami: () => Pick<AmiConnection, 'list'> | null;
  readonly monotonicMs: () => number;
}

interface State {
  /** The settings that `wanted` was made from. */
  madeFrom: string;
  atVersion: number | null;
  wanted: string | null;
  /** '' where Asterisk has none; null while nobody told. */
  installed: string | null;
  readAtMs: number;
  readFrom: Pick<AmiConnection, 'list'> | null;
  /** AMI does not let us read it: the account lacks the class. */
  refusedBy: Pick<AmiConnection, 'list'> | null;
  worker: Worker | null;
}

export function watchDialplan(options: DaemonDialplanOptions): DaemonDialplan {
  const state: State = {
    madeFrom: '',
    atVersion: null,
    wanted: null,
    installed: null,
    readAtMs: Number.NEGATIVE_INFINITY,
    readFrom: null,
    refusedBy: null,
    worker: null,
  };
  const contract = contractIn(options.config);
  const timer = setInterval(() => {
    remake(state, options, contract);
    void readAgain(state, options);
  }, TICK_MS).unref();
  return {
    seen: (fingerprint) => {
      state.installed = fingerprint;
    },
    problem: () => problemOf(state),
    [Symbol.dispose]: () => {
      clearInterval(timer);
      void state.worker?.terminate();
    },
  };
}

function remake(state: State, options: DaemonDialplanOptions, contract: DialplanContract): void {
  const version = options.policyVersion();
  if (version === null || version === state.atVersion || state.worker !== null) return;
  try {
    const settings = readSettings(options.store);
    const madeFrom = JSON.stringify(settings);
    if (madeFrom !== state.madeFrom) make(state, options, settings, contract, madeFrom);
    state.atVersion = version;
  } catch (error) {
    // The store is busy or broken, which `status` tells by itself; the next tick tries again.
    options.logger.debug('dialplan', { problem: String(error) });
  }
}

function make(
  state: State,
  { logger }: DaemonDialplanOptions,
  settings: Settings,
  contract: DialplanContract,
  madeFrom: string,
): void {
  // The compiled daemon runs from .js files, the checkout from .ts files.
  const file = new URL(`./dialplan-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, {
    workerData: { settings, contract } satisfies DialplanWorkerData,
    resourceLimits: { maxOldGenerationSizeMb: WORKER_HEAP_MB },
    // Nothing of the environment is any of its business.
    env: {},
  });
  worker.unref();
  state.worker = worker;
  const late = setTimeout(() => void worker.terminate(), MAKE_DEADLINE_MS).unref();
  worker.on('message', (fingerprint: unknown) => {
    state.wanted = String(fingerprint);
    state.madeFrom = madeFrom;
    // What is installed is read anew with what is wanted, where it can be.
    state.readAtMs = Number.NEGATIVE_INFINITY;
  });
  worker.on('error', (error) => logger.warn('dialplan', { problem: String(error) }));
  worker.on('exit', () => {
    clearTimeout(late);
    state.worker = null;
  });
}

const isStale = ({ wanted, installed }: State) =>
  wanted !== null && installed !== null && wanted !== installed;

async function readAgain(state: State, { ami, monotonicMs, logger }: DaemonDialplanOptions): Promise<void> {
  const from = ami();
  if (from === null || from === state.refusedBy || state.wanted === null) return;
  const isDue = monotonicMs() - state.readAtMs >= READ_AGAIN_MS;
  if (!isDue || (from === state.readFrom && state.installed !== null && !isStale(state))) return;
  state.readAtMs = monotonicMs();
  state.readFrom = from;
  try {
    state.installed = await readInstalledFingerprint(from);
  } catch (error) {
    // An account that may not read is told about by `callwarden doctor`; calls tell their fingerprint anyway.
    state.refusedBy = from;
    logger.debug('dialplan', { problem: String(error) });
  }
}

function problemOf(state: State): string {
  if (!isStale(state)) return '';
  const has =
    state.installed === ''
      ? 'Asterisk has no dialplan of Callwarden, or one of before fingerprints'
      : `The dialplan in Asterisk (${state.installed}) is stale`;
  return `${has}: settings and configuration call for ${state.wanted}. Renew it: ${RENEW_COMMAND}`;
}
