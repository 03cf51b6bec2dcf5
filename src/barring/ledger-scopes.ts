// The counts of extensions, groups and the organisation: calls of the past, calls that are up, regions called.
import type { Region } from '../numbering/destination.ts';
import {
  addCall,
  countSince,
  emptyLog,
  KEPT_MS,
  onesOf,
  removeCall,
  shrinkLog,
  type CallLog,
  type ClassCounts,
} from './ledger-log.ts';
import { limitClasses, type LimitClass } from './policy.ts';
import type { UsageScope } from './usage.ts';

/** As many as extensions and groups can be; those beyond it share one, and so are counted together. */
const SCOPES_MAX = 120_000;
/** Over all logs. Beyond it the logs are made coarser than their own bounds ask for. */
const ENTRIES_MAX = 500_000;
/** What a log is then brought down to. */
const FEW_ENTRIES = 32;
/** Scopes that are looked after with each call, so that no call waits for all of them. */
const SWEPT_AT_ONCE = 8;

interface Scope {
  readonly log: CallLog;
  /** By class. */
  readonly up: number[];
  /** When each region was last called, by class; 0 for never. */
  readonly regions: Map<Region, number[]>;
}

/** What is counted of one call. */
export interface CountedCall {
  readonly atMs: number;
  /** Null where nobody can be named. */
  readonly extension: string | null;
  readonly groups: readonly string[];
  readonly classes: readonly LimitClass[];
  readonly regions: readonly Region[];
}

export interface ScopeCounts {
  add(call: CountedCall): void;
  remove(call: CountedCall): void;
  /** `by` is 1 when a call comes up and -1 when it is over. */
  changeUp(call: CountedCall, by: 1 | -1): void;
  calls(scope: UsageScope, of: LimitClass, sinceMs: number): number;
  up(scope: UsageScope, of: LimitClass): number;
  regions(scope: UsageScope, of: LimitClass, sinceMs: number): ReadonlySet<Region>;
  /** No call is up. */
  clearUp(): void;
}

const NO_REGIONS: ReadonlySet<Region> = new Set();
const keyOf = ({ kind, name }: UsageScope) => `${kind} ${name}`;
const none = (): number[] => limitClasses.map(() => 0);

/** The scopes that a call counts in. */
export function scopesOf(call: Pick<CountedCall, 'extension' | 'groups'>): readonly UsageScope[] {
  return [
    { kind: 'organisation', name: '' },
    ...call.groups.map((name) => ({ kind: 'group' as const, name })),
    ...(call.extension === null ? [] : [{ kind: 'extension' as const, name: call.extension }]),
  ];
}

export function createScopeCounts(): ScopeCounts {
  const scopes = new Map<string, Scope>();
  const shared: Scope = { log: emptyLog(), up: none(), regions: new Map() };
  let entries = 0;
  let sweep = scopes.entries();

  const found = (scope: UsageScope): Scope | undefined =>
    scopes.get(keyOf(scope)) ?? (scopes.size >= SCOPES_MAX ? shared : undefined);

  const made = (scope: UsageScope): Scope => {
    const known = found(scope);
    if (known) return known;
    const fresh: Scope = { log: emptyLog(), up: none(), regions: new Map() };
    scopes.set(keyOf(scope), fresh);
    return fresh;
  };

  const changeLog = (scope: Scope, change: () => void) => {
    entries -= scope.log.times.length;
    change();
    entries += scope.log.times.length;
  };

  const lookAfterSome = (nowMs: number) => {
    for (let step = 0; step < SWEPT_AT_ONCE; step += 1) {
      const next = sweep.next();
      if (next.done) {
        sweep = scopes.entries();
        return;
      }
      const [key, scope] = next.value;
      const max = entries > ENTRIES_MAX ? FEW_ENTRIES : Number.POSITIVE_INFINITY;
      if (isStale(scope, nowMs) || scope.log.times.length > max) {
        changeLog(scope, () => shrinkLog(scope.log, nowMs, max));
      }
      if (isForgettable(scope, nowMs)) scopes.delete(key);
    }
  };

  return {
    add(call) {
      const ones = onesOf(call.classes);
      for (const name of scopesOf(call)) {
        const scope = made(name);
        changeLog(scope, () => addCall(scope.log, call.atMs, ones));
        noteRegion(scope, call.regions, ones, call.atMs);
      }
      lookAfterSome(call.atMs);
    },
    remove(call) {
      const ones = onesOf(call.classes);
      for (const name of scopesOf(call)) {
        const scope = found(name);
        if (scope) removeCall(scope.log, call.atMs, ones);
      }
    },
    changeUp(call, by) {
      for (const [index, one] of onesOf(call.classes).entries()) {
        if (one === 0) continue;
        for (const name of scopesOf(call)) {
          const { up } = made(name);
          up[index] = Math.max(0, (up[index] ?? 0) + by);
        }
      }
    },
    calls(scope, of, sinceMs) {
      const counted = found(scope);
      return counted ? countSince(counted.log, limitClasses.indexOf(of), sinceMs) : 0;
    },
    up: (scope, of) => found(scope)?.up[limitClasses.indexOf(of)] ?? 0,
    regions(scope, of, sinceMs) {
      const counted = found(scope);
      if (!counted) return NO_REGIONS;
      const index = limitClasses.indexOf(of);
      const since = new Set<Region>();
      for (const [region, lastMs] of counted.regions) {
        if ((lastMs[index] ?? 0) > 0 && (lastMs[index] ?? 0) >= sinceMs) since.add(region);
      }
      return since;
    },
    clearUp() {
      for (const scope of [...scopes.values(), shared]) scope.up.fill(0);
    },
  };
}

/**
 * One region for each call: where the data cannot tell which, the one that was called last, so that it counts no other
 * country. Regions are a few hundred, so a scope is bounded by the world.
 */
function noteRegion(scope: Scope, candidates: readonly Region[], ones: ClassCounts, atMs: number): void {
  const lastOf = (region: Region) => Math.max(...(scope.regions.get(region) ?? [0]));
  const [first] = candidates;
  if (first === undefined) return;
  const region = candidates.reduce((best, other) => (lastOf(other) > lastOf(best) ? other : best), first);
  const lastMs = scope.regions.get(region) ?? none();
  for (const [index, one] of ones.entries()) if (one > 0) lastMs[index] = Math.max(lastMs[index] ?? 0, atMs);
  scope.regions.set(region, lastMs);
}

const isStale = ({ log }: Scope, nowMs: number) => (log.times[0] ?? nowMs) < nowMs - KEPT_MS;

function isForgettable(scope: Scope, nowMs: number): boolean {
  return (
    scope.log.times.length === 0 &&
    scope.up.every((count) => count === 0) &&
    [...scope.regions.values()].every((lastMs) => Math.max(...lastMs) < nowMs - KEPT_MS)
  );
}
