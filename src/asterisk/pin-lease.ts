// The deadline that Asterisk keeps over a dialogue for a PIN: short, and put off while the daemon lives.
import type { Done } from './ari/link.ts';
import { tryDeadlineSeconds, type PinTiming } from './pin-timing.ts';
import type { ScreeningLine } from './screening-line.ts';

/** How often it is put off while it runs, so that one answer that comes late cuts nobody off. */
const RENEWALS = 4;

export interface PinLease {
  /**
   * Sends what begins a prompt, with a deadline over its length: while it plays the deadline cannot be put off, as Asterisk 22
   * keeps such a command waiting until its end, and all others of that socket behind it (measured). Rejects as they do.
   */
  prompt(play: (() => Promise<Done>) | null): Promise<readonly Done[]>;
  /** The prompt has ended: the short deadline begins. */
  prompted(): void;
  /** Nothing is put off any more when it resolves; false where one of the commands for that may still be under way. */
  end(): Promise<boolean>;
}

/** `onFailed`: the channel is gone, or a command was not answered, and the link is as good as lost. */
export function openPinLease(
  line: ScreeningLine,
  channelId: string,
  timing: PinTiming,
  onFailed: (why: 'gone' | 'lost') => void,
): PinLease {
  const { promptMs, stopMs, leaseMs } = timing;
  const deadline = (ms: number) =>
    line.setVariable(channelId, 'TIMEOUT(absolute)', String(Math.ceil(ms / 1000)));
  if (line.kind === 'agi') {
    // AGI does one thing at a time, and Asterisk sees at once that its connection is gone.
    const overTry = tryDeadlineSeconds(timing) * 1000;
    return {
      prompt: (play) => Promise.all([deadline(overTry), ...(play ? [play()] : [])]),
      prompted: () => undefined,
      end: () => Promise.resolve(true),
    };
  }
  let playing = false;
  let failed = false;
  let underWay: Promise<void> | null = null;
  const putOff = async () => {
    const done = await deadline(leaseMs).catch(() => 'lost' as const);
    underWay = null;
    if (done === 'done') return;
    failed = done === 'lost';
    onFailed(done);
  };
  const renew = () => {
    if (!playing) underWay ??= putOff();
  };
  const timer = setInterval(renew, leaseMs / RENEWALS);
  timer.unref();
  return {
    async prompt(play) {
      playing = play !== null;
      await underWay;
      return Promise.all(play ? [deadline(promptMs + stopMs + leaseMs), play()] : [deadline(leaseMs)]);
    },
    prompted() {
      if (playing) {
        playing = false;
        renew();
      }
    },
    async end() {
      clearInterval(timer);
      await underWay;
      return !failed;
    },
  };
}
