// Quarantines of the running daemon: in force in memory at once, on disk as soon as the writer can.
import { performance } from 'node:perf_hooks';
import type { Ledger } from '../barring/ledger.ts';
import type { Quarantine } from '../barring/usage.ts';
import type { Logger } from '../config/logger.ts';
import type { Notices } from './notices.ts';
import { forgetOldest } from '../forget-oldest.ts';
import type { Notice } from '../store/notices.ts';
import { watchQuarantines } from '../store/quarantine-watch.ts';
import type { CallRecorder } from '../store/recorder.ts';

const WRITE_DEADLINE_MS = 5_000;
/** After a write that failed. */
const RETRY_AFTER_MS = 5_000;
/** Quarantines that wait to be written, at most; the oldest go first. */
const UNWRITTEN_MAX = 10_000;

export interface QuarantineDesk extends Disposable {
  /** In force when it returns, unless a longer one is; whatever becomes of the database. */
  impose(quarantine: Quarantine): void;
}

interface Unwritten {
  readonly quarantine: Quarantine;
  readonly notice: Notice;
  /** Not to be sent before, by the clock that never jumps; infinite while it is with the writer. */
  sendAtMs: number;
}

export interface QuarantineDeskOptions {
  readonly path: string;
  readonly pbx: string;
  readonly ledger: Ledger;
  readonly recorder: Pick<CallRecorder, 'run'>;
  readonly notices: Notices;
  readonly logger: Logger;
  readonly nowMs: () => number;
}

export function openQuarantineDesk(options: QuarantineDeskOptions): QuarantineDesk {
  const { ledger, recorder, notices, logger, nowMs } = options;
  const unwritten = new Map<string, Unwritten>();
  let rows: readonly Quarantine[] = [];
  let isEnding = false;

  const inForce = () => ledger.setQuarantines(merged(rows, unwritten.values()));

  const write = async (waiting: Unwritten) => {
    if (performance.now() < waiting.sendAtMs) return;
    waiting.sendAtMs = Number.POSITIVE_INFINITY;
    const { quarantine, notice } = waiting;
    try {
      const answer = await recorder.run({ type: 'quarantine', quarantine, notice }, WRITE_DEADLINE_MS);
      if (unwritten.get(quarantine.extension) !== waiting) return;
      unwritten.delete(quarantine.extension);
      rows = [...rows.filter(({ extension }) => extension !== quarantine.extension), answer.quarantine];
      inForce();
    } catch (error) {
      waiting.sendAtMs = performance.now() + RETRY_AFTER_MS;
      logger.error('records', { problem: `a quarantine holds, and is not written yet: ${String(error)}` });
    }
  };

  const endThoseThatAreOver = async () => {
    const atMs = nowMs();
    if (isEnding || !rows.some(({ untilMs }) => untilMs !== null && untilMs <= atMs)) return;
    isEnding = true;
    try {
      const task = { type: 'end-quarantines' as const, atMs, pbx: options.pbx };
      const { ended } = await recorder.run(task, WRITE_DEADLINE_MS);
      for (const { extension } of ended) {
        const text = `The quarantine of ${extension} has ended.`;
        notices.tell({ atMs, kind: 'released', extension, text, detail: { ended: true } });
      }
      rows = rows.filter(({ untilMs }) => untilMs === null || untilMs > atMs);
    } catch {
      // They are over in any case; their rows go another time.
    } finally {
      isEnding = false;
    }
  };

  const watch = watchQuarantines(options.path, {
    onRows: (found) => {
      rows = found;
      inForce();
    },
    onNotices: (found) => {
      for (const notice of found) if (isByHand(notice)) notices.tell(notice);
    },
    onLook: () => {
      for (const waiting of unwritten.values()) void write(waiting);
      void endThoseThatAreOver();
    },
    onProblem: (error) =>
      logger.error('records', { problem: `quarantines cannot be read: ${String(error)}` }),
  });

  return {
    impose(quarantine) {
      const { pbx } = options;
      const { extension, sinceMs, untilMs, reason, by } = quarantine;
      const there = ledger.quarantines(sinceMs).find((row) => row.extension === extension);
      if (there && endOf(there) >= endOf(quarantine)) return;
      const end = untilMs === null ? '' : ` until ${new Date(untilMs).toISOString()}`;
      const text = `${extension} is in quarantine${end}. ${reason}`;
      const notice: Notice = {
        atMs: sinceMs,
        pbx,
        kind: 'quarantined',
        extension,
        text,
        detail: { by, untilMs },
      };
      const waiting = { quarantine, notice, sendAtMs: 0 };
      unwritten.set(extension, waiting);
      forgetOldest(unwritten, UNWRITTEN_MAX);
      inForce();
      notices.tell(notice);
      void write(waiting);
    },
    [Symbol.dispose]: () => watch[Symbol.dispose](),
  };
}

/** Of a command: what the daemon does by itself is told when it does it. */
const isByHand = ({ kind, detail: { by, ended } }: Notice) =>
  (kind === 'quarantined' || kind === 'released') &&
  ended !== true &&
  typeof by === 'string' &&
  !/^(?:limit|sign):/.test(by);

const endOf = ({ untilMs }: Quarantine) => untilMs ?? Number.POSITIVE_INFINITY;

/** Of two for one extension the longer one holds. */
function merged(rows: readonly Quarantine[], unwritten: Iterable<Unwritten>): readonly Quarantine[] {
  const held = new Map(rows.map((row) => [row.extension, row]));
  for (const { quarantine } of unwritten) {
    const there = held.get(quarantine.extension);
    if (!there || endOf(there) < endOf(quarantine)) held.set(quarantine.extension, quarantine);
  }
  return [...held.values()];
}
