// PINs of the running daemon: the desk on the writer's thread, the key file, and what is wrong with either.
import { performance } from 'node:perf_hooks';
import { pinLockedText } from '../barring/pin-lockout.ts';
import type { Config } from '../config/config.ts';
import type { Logger } from '../config/logger.ts';
import { KeyHolder } from './key-holder.ts';
import { PinDesk } from './pin-desk.ts';
import type { Notice } from '../store/notices.ts';
import type { CallRecorder } from '../store/recorder.ts';

/** A caller waits for the answer, so the disk gets no longer. */
const ANSWER_DEADLINE_MS = 1_000;
const STATE_DEADLINE_MS = 10_000;

export interface DaemonPins {
  readonly desk: PinDesk;
  /** Looks at the key file and at what is on disk again; after each change of the policy. Never rejects. */
  refresh(): Promise<void>;
  /** Looks at the key file alone. */
  lookAtKey(): void;
  /** Why PINs do not count, for `status`; '' when all is well, and where there are none. */
  problem(): string;
}

export interface DaemonPinsOptions {
  readonly config: Pick<Config, 'pbx' | 'security'>;
  readonly logger: Logger;
  readonly recorder: Pick<CallRecorder, 'run'>;
  /** Tells of a notice that the writer has kept already. */
  readonly tell: (notice: Pick<Notice, 'atMs' | 'kind' | 'extension' | 'text'>) => void;
}

export function createDaemonPins({ config, logger, recorder, tell }: DaemonPinsOptions): DaemonPins {
  const key = new KeyHolder(config.security.keyFile);
  const pbx = config.pbx.name;
  let hashes: readonly string[] = [];
  let foreign = 0;
  const desk = new PinDesk({
    book: {
      state: () => recorder.run({ type: 'read-pin-state' }, STATE_DEADLINE_MS),
      page: (caller, ids) => recorder.run({ type: 'read-pins', caller, pins: ids }, ANSWER_DEADLINE_MS),
      claim: (caller, pin, atMs) =>
        recorder.run({ type: 'claim-pin', caller, pin, atMs, pbx }, ANSWER_DEADLINE_MS),
      fail: (caller, atMs) =>
        recorder.run({ type: 'note-pin-failure', caller, atMs, pbx }, ANSWER_DEADLINE_MS),
    },
    hasher: () => key.hasher(),
    nowMs: Date.now,
    monotonicMs: () => performance.now(),
    onLocked: ({ who, failures, atMs, lockMs }) =>
      tell({ atMs, kind: 'pin-locked', extension: who, text: pinLockedText(who, failures, lockMs) }),
    onProblem: (problem) => logger.error('pins', { problem }),
  });
  const problem = () => {
    if (hashes.length === 0) return '';
    if (key.problem !== '') return `No PIN is accepted: ${key.problem}`;
    if (foreign === 0) return '';
    return (
      `${foreign} of ${hashes.length} PINs ${foreign === 1 ? 'was' : 'were'} made with another key file than ` +
      `${config.security.keyFile} and ${foreign === 1 ? 'matches' : 'match'} nothing. Put that file back, or give ` +
      `${foreign === 1 ? 'it' : 'them'} new digits with \`callwarden pin renew\`.`
    );
  };
  const judge = (found: readonly string[]) => {
    const before = problem();
    const hasher = key.look();
    hashes = found;
    foreign = hasher === null ? 0 : hashes.filter((hash) => !hasher.made(hash)).length;
    const now = problem();
    if (now !== before && now !== '') logger.error('pins', { problem: now });
  };
  const refresh = async () => {
    const state = await desk.refresh();
    if (state !== null) judge(state.hashes);
  };
  return { desk, problem, refresh, lookAtKey: () => judge(hashes) };
}
