// What accounts have of something of which there is only so much: counted from the first moment, and given back.
import { AppError } from '../../errors.ts';
import type { HeavyReads } from './ports.ts';

/** Of the 16 reports that may wait: one account's do not keep others from theirs. */
const ACCOUNT_READS_MAX = 6;

/** Takes one for that account, and says how to give it back; null where it has as many as it may. */
export type Share = (account: string) => (() => void) | null;

/** Counted before anything is waited for, so that many at the same moment are no way round. */
export function createShares(ofAccountMax: number): Share {
  const taken = new Map<string, number>();
  return (account) => {
    const count = taken.get(account) ?? 0;
    if (count >= ofAccountMax) return null;
    taken.set(account, count + 1);
    return () => {
      const left = (taken.get(account) ?? 1) - 1;
      if (left > 0) taken.set(account, left);
      else taken.delete(account);
    };
  };
}

const reads = createShares(ACCOUNT_READS_MAX);

/** The same reports, as far as one account may ask for them. */
export function heavyFor(account: string, heavy: HeavyReads): HeavyReads {
  return {
    read: (task, query) => {
      const leave = reads(account);
      if (leave !== null) return heavy.read(task, query).finally(leave);
      const what = `${ACCOUNT_READS_MAX} reports are being made for ${account} already`;
      return Promise.reject(new AppError('unavailable', `${what}; wait for one of them, then ask again.`));
    },
  };
}
