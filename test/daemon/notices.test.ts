// Notices of the running daemon: none twice in a while, and none kept back by a clock that was ahead.
import { describe, expect, it } from 'vitest';
import type { Logger } from '../../src/config/logger.ts';
import { createNotices } from '../../src/daemon/notices.ts';
import type { Notice } from '../../src/store/notices.ts';
import type { CallRecorder } from '../../src/store/recorder.ts';

const AT = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;

function desk() {
  const quiet = () => undefined;
  const logger: Logger = { error: quiet, warn: quiet, info: quiet, debug: quiet };
  const recorder: Pick<CallRecorder, 'run'> = { run: () => Promise.reject(new Error('no writer here')) };
  const notices = createNotices(recorder, logger);
  const give = (atMs: number, quietMs = HOUR) => {
    const notice: Notice = {
      atMs,
      pbx: 'head-office',
      kind: 'unscreened-call',
      extension: '1001',
      text: 'A call.',
      detail: {},
    };
    return notices.giveOnce(notice, 'unscreened:trunk:1001', quietMs);
  };
  return give;
}

describe('a notice that is given once', () => {
  it('is given again when its time has passed', () => {
    const give = desk();
    expect([0, HOUR - 1, HOUR].map((ms) => give(AT + ms))).toEqual([true, false, true]);
  });

  it('is not kept back for years by a clock that was ahead, and not given twice for one that is put right', () => {
    const give = desk();
    expect(give(AT + 10_000 * HOUR)).toBe(true);
    expect([0, 30_000, -30_000].map((ms) => give(AT + ms))).toEqual([true, false, false]);
  });
});
