// Token buckets: how much one address, or one account, may ask for; what is beyond waits for the next second.
import { forgetOldest } from '../forget-oldest.ts';

/** Addresses and accounts that are counted; the one that asked longest ago is forgotten first. */
const BUCKETS_MAX = 10_000;

export interface RateLimit {
  /** At once. */
  readonly burst: number;
  /** Again each second. */
  readonly perSecond: number;
}

export interface RateLimiter {
  /** Takes one token: 0, or the seconds after which there will be one. */
  take(key: string): number;
}

interface Bucket {
  tokens: number;
  atMs: number;
}

/** `monotonicMs`: a clock that nobody sets back. */
export function createRateLimiter({ burst, perSecond }: RateLimit, monotonicMs: () => number): RateLimiter {
  const buckets = new Map<string, Bucket>();
  return {
    take: (key) => {
      const nowMs = monotonicMs();
      const { tokens, atMs } = buckets.get(key) ?? { tokens: burst, atMs: nowMs };
      const filled = Math.min(burst, tokens + ((nowMs - atMs) / 1000) * perSecond);
      // Whoever asks is the newest again.
      buckets.delete(key);
      buckets.set(key, { tokens: filled >= 1 ? filled - 1 : filled, atMs: nowMs });
      forgetOldest(buckets, BUCKETS_MAX);
      return filled >= 1 ? 0 : Math.max(1, Math.ceil((1 - filled) / perSecond));
    },
  };
}

/** One customer of a provider has a whole network of IPv6 addresses: they count as one. */
export function addressKey(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail] = address.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const gap = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: gap }, () => '0'), ...back];
  return groups.slice(0, 4).join(':');
}
