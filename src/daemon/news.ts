// What has happened, handed on to all who want to hear of it: live events, figures, webhooks. None of them can hold a call up.
import type { PickupRecord } from '../asterisk/pickup-record.ts';
import type { DecisionRecord } from '../asterisk/screening-session.ts';
import type { Logger } from '../config/logger.ts';
import { messageOf } from '../errors.ts';
import type { RingRecord } from '../pickup/ring-record.ts';
import type { Notice } from '../store/notices.ts';

/** A notice as it is told; not all that give one have its detail at hand. */
export type ToldNotice = Pick<Notice, 'atMs' | 'kind' | 'extension' | 'text'> &
  Partial<Pick<Notice, 'detail'>>;

export interface News {
  onDecision(decision: DecisionRecord): void;
  /** An attempt to take a call whose outcome is known. */
  onPickup(record: PickupRecord): void;
  /** A call that rings no more. */
  onRung(record: RingRecord): void;
  onNotice(notice: ToldNotice): void;
}

export interface DaemonNews extends News {
  /** From now on; who comes later has missed what was before. */
  tell(hearer: Partial<News>): void;
}

/** Whatever a hearer throws is said in the log, and the others hear of it all the same. */
export function createNews(logger: Pick<Logger, 'error'>): DaemonNews {
  const hearers: Partial<News>[] = [];
  const each = (tell: (hearer: Partial<News>) => void) => {
    for (const hearer of hearers) {
      try {
        tell(hearer);
      } catch (error) {
        logger.error('news', { problem: messageOf(error) });
      }
    }
  };
  return {
    tell: (hearer) => void hearers.push(hearer),
    onDecision: (decision) => each((hearer) => hearer.onDecision?.(decision)),
    onPickup: (record) => each((hearer) => hearer.onPickup?.(record)),
    onRung: (record) => each((hearer) => hearer.onRung?.(record)),
    onNotice: (notice) => each((hearer) => hearer.onNotice?.(notice)),
  };
}
