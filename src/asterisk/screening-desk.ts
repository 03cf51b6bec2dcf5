// Takes every screening question, once each, and counts what became of it.
import type { AriChannel, AriLink } from './ari/link.ts';
import { screenChannel, type DecisionRecord, type ScreeningPorts } from './screening-session.ts';

/** Questions remembered, so that one that comes by event and by listing after a reconnect is answered once. */
const REMEMBERED_MAX = 4096;

export interface ScreeningCounts {
  readonly continued: number;
  readonly denied: number;
  /** The caller hung up, or the link broke, before the verdict arrived. */
  readonly abandoned: number;
}

export interface ScreeningDesk {
  /** `args` are those of `Stasis()` behind the job. Never throws and never rejects. */
  take(link: AriLink, channel: Pick<AriChannel, 'id' | 'name'>, args: readonly string[]): void;
  counts(): ScreeningCounts;
  /** Resolves when every verdict that was said has been taken by Asterisk or given up. */
  idle(): Promise<void>;
}

export function createScreeningDesk(ports: ScreeningPorts): ScreeningDesk {
  const remembered = new Set<string>();
  const pending = new Set<Promise<void>>();
  const counts = { continued: 0, denied: 0, abandoned: 0 };

  const record = (decision: DecisionRecord) => {
    if (decision.outcome !== 'said') counts.abandoned += 1;
    else if (decision.verdict.kind === 'continue') counts.continued += 1;
    else counts.denied += 1;
    ports.record(decision);
  };

  return {
    take(link, channel, args) {
      const question = `${channel.id} ${args.join(',')}`;
      if (remembered.has(question)) return;
      remembered.add(question);
      if (remembered.size > REMEMBERED_MAX) forgetOldest(remembered);
      const work: Promise<void> = screenChannel(link, channel, args, { ...ports, record }).finally(() =>
        pending.delete(work),
      );
      pending.add(work);
    },
    counts: () => ({ ...counts }),
    async idle() {
      await Promise.all(pending);
    },
  };
}

/** A Set keeps the order of insertion. */
function forgetOldest(remembered: Set<string>): void {
  for (const oldest of remembered) {
    remembered.delete(oldest);
    return;
  }
}
