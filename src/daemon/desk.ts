// Screening in the running daemon: each call judged by the policy in force, with usage and guard told of it.
import { createScreeningDesk, type ScreeningDesk } from '../asterisk/screening-desk.ts';
import type { DecisionRecord } from '../asterisk/screening-session.ts';
import type { DaemonParts } from './parts.ts';
import type { Logger } from '../config/logger.ts';
import type { Doors } from './asterisk.ts';

export interface DaemonDeskPorts
  extends Pick<Doors, 'policy' | 'pins' | 'usage' | 'guard'>, Pick<DaemonParts, 'dialplan'> {
  readonly logger: Logger;
  readonly nowMs: () => number;
  /** Monotonic, microseconds. */
  readonly monotonicUs: () => number;
}

/** No policy, no verdict. `record` is called on the hot path, as soon as a verdict was said. */
export function createDaemonDesk(
  { logger, policy, pins, usage, guard, dialplan, nowMs, monotonicUs }: DaemonDeskPorts,
  record: (decision: DecisionRecord) => void,
): ScreeningDesk {
  return createScreeningDesk({
    judge: (call, request) => {
      dialplan.seen(request.version);
      const snapshot = policy.snapshot();
      if (snapshot === null) return null;
      const judgement = usage.judge(snapshot, call, request);
      guard.judged(request.channelId, judgement);
      return judgement;
    },
    isExtension: (endpoint) => policy.isExtension(endpoint),
    pins,
    refusal: (reason, language) => policy.refusal(reason, language),
    nowMs,
    monotonicUs,
    record,
    onProblem: (problem, { channelName }) => logger.error('no-verdict', { problem, channel: channelName }),
  });
}
