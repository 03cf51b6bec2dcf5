// How a phone stopped to ring, and a caller went, in Asterisk's words and in those of the ring log.
import type { RingEnd } from './ring-watcher.ts';

/** Q.850 cause of a leg whose call Asterisk gave up, when it says so. */
const CAUSE_NO_ANSWER = 19;
/** User busy, and call rejected: the phone said no. */
const CAUSES_DECLINED: ReadonlySet<number> = new Set([17, 21]);

/** From DialStatus in lower case. A phone that declines with 603 is told as one that did not answer; its end says more. */
export function endOf(status: string): RingEnd {
  switch (status) {
    case 'busy':
    case 'congestion':
    case 'chanunavail':
      return 'refused';
    case 'noanswer':
      return 'timeout';
    default:
      return 'cancelled';
  }
}

/** From the Q.850 cause of the phone's channel. */
export function endByCause(cause: number): RingEnd {
  if (CAUSES_DECLINED.has(cause)) return 'refused';
  return cause === CAUSE_NO_ANSWER ? 'timeout' : 'cancelled';
}

/** A caller who goes from the very line that rang the phones gave up there, be it between two rings of a queue. */
export function wentOn(dialledAt: string | null, place: string | undefined): boolean | null {
  return place === undefined || dialledAt === null ? null : place !== dialledAt;
}
