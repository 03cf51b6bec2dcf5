// How much of each limit is used up: the calls on record, counted as a call of that moment would be.
import { callerOf } from '../barring/caller.ts';
import { isShared, limitsOf, usedOf } from '../barring/limits.ts';
import type { LimitRow } from '../barring/policy.ts';
import { compileSnapshot } from '../barring/snapshot.ts';
import type { UsageScope } from '../barring/usage.ts';
import { readLimits } from '../store/limits.ts';
import type { Store } from '../store/open.ts';
import { loadPolicy } from '../store/policy.ts';
import { readSettings } from '../store/settings.ts';
import { readPast } from './recorded-past.ts';

export interface LimitUse {
  /** Of all together, or of the extension that has used the most; null for a duration, of which nothing is counted. */
  readonly used: number | null;
  /** Where each has a count of its own: those that have used something of it and for whom it holds, the most first. */
  readonly extensions: readonly { readonly extension: string; readonly used: number }[];
}

/** By the id of the limit; none where there are no limits, or no home region is set and so no call can be judged. */
export function limitUses(store: Store, nowMs: number): ReadonlyMap<number, LimitUse> {
  if (readLimits(store).length === 0 || readSettings(store)['home-region'] === '') return new Map();
  const { barring } = loadPolicy(store);
  const snapshot = compileSnapshot(barring);
  const { usage, callers } = readPast(store, { atMs: nowMs, nowMs }, true);
  const count = (limit: LimitRow, scope: UsageScope) =>
    usedOf(limit, scope, usage, { atMs: nowMs, home: snapshot.plan.home.region });
  const users = new Map<number, { extension: string; used: number }[]>();
  for (const extension of callers) {
    const call = { dialled: '', payer: extension, via: 'direct', atMs: nowMs } as const;
    for (const limit of limitsOf({ snapshot, caller: callerOf(snapshot, call) })) {
      const used = isShared(limit) ? 0 : count(limit, { kind: 'extension', name: extension });
      if (used === 0) continue;
      const others = users.get(limit.id);
      if (others) others.push({ extension, used });
      else users.set(limit.id, [{ extension, used }]);
    }
  }
  const useOf = (limit: LimitRow): LimitUse => {
    if (limit.measure === 'duration') return { used: null, extensions: [] };
    if (isShared(limit))
      return { used: count(limit, { kind: limit.layer, name: limit.name }), extensions: [] };
    const extensions = (users.get(limit.id) ?? []).toSorted(
      (a, b) => b.used - a.used || (a.extension < b.extension ? -1 : 1),
    );
    return { used: extensions[0]?.used ?? 0, extensions };
  };
  return new Map(barring.limits.map((limit) => [limit.id, useOf(limit)]));
}
