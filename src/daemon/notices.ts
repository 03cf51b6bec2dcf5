// Notices of the running daemon: a line in the log, a row by the writer's thread, and none twice in a while.
import type { Logger } from '../config/logger.ts';
import { forgetOldest } from '../forget-oldest.ts';
import type { ToldNotice } from './news.ts';
import { QUIET_KEY, QUIET_UNTIL, type Notice, type StoredNotice } from '../store/notices.ts';
import type { CallRecorder } from '../store/recorder.ts';

const WRITE_DEADLINE_MS = 5_000;
const DAY_MS = 86_400_000;
/** A clock may be set back by so much without a second notice. */
const CLOCK_SLACK_MS = 60_000;
/** Times that are counted for `status`, and keys that are remembered, at most; the oldest go first. */
const REMEMBERED_MAX = 10_000;

export interface Notices {
  /** Never throws and never waits. */
  give(notice: Notice): void;
  /** The same, unless its like was given a short while ago; says whether it was given. */
  giveOnce(notice: Notice, key: string, quietMs: number): boolean;
  /** Tells in the log of a notice that a task has written. */
  tell(notice: ToldNotice): void;
  /** Notices of the 24 hours before. */
  lastDay(nowMs: number): number;
  /** Those of before the start, newest first. */
  restore(rows: readonly StoredNotice[]): void;
}

export function createNotices(
  recorder: Pick<CallRecorder, 'run'>,
  logger: Logger,
  onTold: (notice: ToldNotice) => void = () => undefined,
): Notices {
  const times: number[] = [];
  const quietUntilMs = new Map<string, number>();

  const remember = (atMs: number) => {
    times.push(atMs);
    if (times.length > REMEMBERED_MAX) times.shift();
  };
  const beQuiet = (key: string, untilMs: number) => {
    quietUntilMs.delete(key);
    quietUntilMs.set(key, untilMs);
    forgetOldest(quietUntilMs, REMEMBERED_MAX);
  };
  const notices: Notices = {
    give(notice) {
      notices.tell(notice);
      recorder.run({ type: 'write-notice', notice }, WRITE_DEADLINE_MS).catch((error: unknown) => {
        logger.error('records', { problem: `a notice was not written: ${String(error)}` });
      });
    },
    giveOnce(notice, key, quietMs) {
      const untilMs = quietUntilMs.get(key);
      // What was given by a clock that was ahead and has been set back must not silence its like until then.
      const leftMs = (untilMs ?? notice.atMs) - notice.atMs;
      if (leftMs > 0 && leftMs <= quietMs + CLOCK_SLACK_MS) return false;
      const quiet = { [QUIET_KEY]: key, [QUIET_UNTIL]: notice.atMs + quietMs };
      beQuiet(key, notice.atMs + quietMs);
      notices.give({ ...notice, detail: { ...notice.detail, ...quiet } });
      return true;
    },
    tell(notice) {
      const { atMs, kind, extension, text } = notice;
      remember(atMs);
      logger.warn('notice', { kind, extension, text });
      onTold(notice);
    },
    lastDay: (nowMs) => times.filter((atMs) => atMs > nowMs - DAY_MS).length,
    restore(rows) {
      for (const { atMs, detail } of rows.toReversed()) {
        remember(atMs);
        const { [QUIET_KEY]: key, [QUIET_UNTIL]: untilMs } = detail;
        if (typeof key === 'string' && typeof untilMs === 'number') beQuiet(key, untilMs);
      }
    },
  };
  return notices;
}
