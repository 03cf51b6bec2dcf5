// Takes every screening question, once each, and counts what became of it.
import { messageOf } from '../errors.ts';
import type { AriChannel } from './ari/link.ts';
import { createQuestions } from './questions.ts';
import type { ScreeningLine } from './screening-line.ts';
import { screenChannel, type DecisionRecord, type ScreeningPorts } from './screening-session.ts';

export interface ScreeningCounts {
  readonly continued: number;
  readonly denied: number;
  /** The caller hung up, or the link broke, before the verdict arrived. */
  readonly abandoned: number;
}

export interface ScreeningDesk {
  /** `args` are those of `Stasis()` behind the job. Never throws and never rejects. */
  take(
    link: ScreeningLine,
    channel: Pick<AriChannel, 'id' | 'name' | 'state'>,
    args: readonly string[],
  ): void;
  counts(): ScreeningCounts;
  /** Resolves when every verdict that was said has been taken by Asterisk or given up. */
  idle(): Promise<void>;
}

export function createScreeningDesk(ports: ScreeningPorts): ScreeningDesk {
  const questions = createQuestions((channelId, error) => {
    ports.onProblem(`a question could not be answered: ${messageOf(error)}`, { channelName: channelId });
  });
  const counts = { continued: 0, denied: 0, abandoned: 0 };

  const record = (decision: DecisionRecord) => {
    if (decision.outcome !== 'said') counts.abandoned += 1;
    else if (decision.verdict.kind === 'continue') counts.continued += 1;
    else counts.denied += 1;
    ports.record(decision);
  };

  return {
    take(link, channel, args) {
      questions.takeOnce(channel.id, args, async () => {
        const screened = await screenChannel(link, channel, args, { ...ports, record });
        if (screened === 'unanswered') questions.forget(channel.id, args);
      });
    },
    counts: () => ({ ...counts }),
    idle: () => questions.idle(),
  };
}
