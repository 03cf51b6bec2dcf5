// Reads that take seconds: in a thread of their own, one after the other, with a deadline that ends even what heeds nobody.
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { StatisticsQuery } from '../../src/admin/pickup-statistics.ts';
import { createHeavyReads, type HeavyOptions } from '../../src/daemon/heavy.ts';
import { openHere, tempDirectory } from '../store/temp-store.ts';

const query: StatisticsQuery = {
  by: null,
  sinceMs: null,
  untilMs: null,
  group: null,
  extension: null,
  timeZone: 'UTC',
  nowMs: Date.UTC(2026, 10, 22),
};

function heavyReads(options: Partial<HeavyOptions> = {}) {
  const path = join(tempDirectory(), 'callwarden.db');
  openHere(path, { create: true });
  const heavy = createHeavyReads({ path, ...options });
  onTestFinished(() => heavy[Symbol.dispose]());
  return heavy;
}

describe('heavy reads', { timeout: 30_000 }, () => {
  it('answer as the task does, also again after the thread has ended for lack of work', async () => {
    const heavy = heavyReads({ idleMs: 50 });
    const answer = await heavy.read('pickup-statistics', query);
    expect(answer).toMatchObject({ timeZone: 'UTC', rows: [], total: { calls: 0 } });
    await new Promise((resolve) => void setTimeout(resolve, 200));
    expect(await heavy.read('pickup-statistics', query)).toEqual(answer);
  });

  it('fail as the task does, with its code', async () => {
    const wrong = { ...query, sinceMs: 2, untilMs: 1 };
    await expect(heavyReads().read('pickup-statistics', wrong)).rejects.toMatchObject({ code: 'invalid' });
  });

  it('are refused when too many wait, and given up at the deadline', async () => {
    const heavy = heavyReads({ deadlineMs: 1 });
    const all = await Promise.allSettled(
      Array.from({ length: 20 }, () => heavy.read('pickup-statistics', query)),
    );
    const reasons = all.map((one) => (one.status === 'rejected' ? String(one.reason) : 'done'));
    expect(reasons.filter((reason) => reason.includes('Too many reports'))).toHaveLength(3);
    expect(reasons.some((reason) => reason.includes('was not made within'))).toBe(true);
  });
});
