// The step for limits: how many calls, at the same time, to how many countries, and how long one may last.
import { counted } from '../counted.ts';
import type { Region } from '../numbering/destination.ts';
import type { Caller } from './caller.ts';
import type { Judging } from './judging.ts';
import { limitClasses, type LimitClass, type LimitMeasure, type LimitRow } from './policy.ts';
import { deny, type Opinion, type Step } from './rule.ts';
import type { Usage, UsageScope } from './usage.ts';
import type { DenyReason, Rule } from './verdict.ts';

/** A limit that holds for a call, and whose calls it counts. */
interface Holding {
  readonly limit: LimitRow;
  readonly scope: UsageScope;
}

type CountedMeasure = Exclude<LimitMeasure, 'duration'>;

const reasons: Readonly<Record<CountedMeasure, DenyReason>> = {
  calls: 'limit-calls',
  concurrent: 'limit-concurrent',
  countries: 'limit-countries',
};

const PERCENT = 100;

export const limits: Step = {
  name: 'rule-limits',
  judge: (judging) => {
    if (judging.classes.length === 0) return null;
    const each = eachLimits(judging, judging.classes);
    judging.maxDurationMs = maxDurationMs(each);
    const holding = holdingLimits(judging, each);
    let refusal: Opinion | null = null;
    for (const limit of holding) refusal = weigh(judging, limit, refusal);
    if (refusal !== null || holding.length === 0) return refusal;
    return { kind: 'pass', result: holding.map(({ limit }) => `limit:${limit.id}`).join(', ') };
  },
};

/** Counts one limit, leaves its notice, and gives the refusal that stands: the first. */
function weigh(judging: Judging, { limit, scope }: Holding, refusal: Opinion | null): Opinion | null {
  if (limit.measure === 'duration') return refusal;
  const { used, adds } = countOf(judging, limit, limit.measure, scope);
  const rule: Rule = {
    id: `limit:${limit.id}`,
    origin: limit.layer,
    text: `${wordsOf(limit)} for ${nameOf(scope)}, and ${used} were counted.`,
  };
  if (adds === 0) return refusal;
  if (used + adds <= limit.max) {
    if (used + adds >= (limit.max * limit.warnPercent) / PERCENT) {
      judging.notices.push({ kind: 'limit-near', limit: rule.id, text: rule.text, quarantineMs: null });
    }
    return refusal;
  }
  const counts = !limit.observe && judging.snapshot.settings.mode === 'enforce';
  judging.notices.push({
    kind: 'limit-reached',
    limit: rule.id,
    text: rule.text,
    quarantineMs: counts && limit.action === 'quarantine' ? limit.quarantineMs : null,
  });
  const reason = reasons[limit.measure];
  if (limit.observe) {
    judging.observed.push({ would: 'deny', reason, rule });
    return refusal;
  }
  return refusal ?? deny(reason, rule, 'enforced');
}

function countOf(
  { call, destination, usage, snapshot }: Judging,
  limit: LimitRow,
  measure: CountedMeasure,
  scope: UsageScope,
): { readonly used: number; readonly adds: number } {
  const used = usedOf(limit, scope, usage, { atMs: call.atMs, home: snapshot.plan.home.region });
  if (measure !== 'countries') return { used, adds: 1 };
  if (destination.kind !== 'international') return { used, adds: 0 };
  const known = usage.regions(scope, limit.class, call.atMs - (limit.windowMs ?? 0));
  // Where the data cannot tell the region, one of the candidates is it.
  const isNew = !destination.regions.some((region) => known.has(region));
  return { used, adds: isNew ? 1 : 0 };
}

/** How much of a limit is used up at `atMs`: calls, or countries without the home region; 0 for a duration. */
export function usedOf(
  limit: Pick<LimitRow, 'measure' | 'class' | 'windowMs'>,
  scope: UsageScope,
  usage: Usage,
  { atMs, home }: { readonly atMs: number; readonly home: Region },
): number {
  const sinceMs = atMs - (limit.windowMs ?? 0);
  switch (limit.measure) {
    case 'calls':
      return usage.calls(scope, limit.class, sinceMs);
    case 'concurrent':
      return usage.concurrent(scope, limit.class);
    case 'countries': {
      const known = usage.regions(scope, limit.class, sinceMs);
      return known.size - (known.has(home) ? 1 : 0);
    }
    case 'duration':
      return 0;
  }
}

/** All counted limits that hold for this call, by id: where each extension has its own count, the nearest alone. */
function holdingLimits(
  { caller, snapshot, classes }: Judging,
  each: readonly LimitRow[],
): readonly Holding[] {
  const { payer } = caller;
  const found: readonly Holding[] = [
    ...(payer === null
      ? []
      : each.map((limit) => ({ limit, scope: { kind: 'extension' as const, name: payer } }))),
    ...caller.groups.flatMap(({ name, limits: rows }) =>
      rows.filter(isShared).map((limit) => ({ limit, scope: { kind: 'group' as const, name } })),
    ),
    ...snapshot.limits
      .filter(isShared)
      .map((limit) => ({ limit, scope: { kind: 'organisation' as const, name: '' } })),
  ];
  return found
    .filter(({ limit }) => limit.measure !== 'duration' && classes.includes(limit.class))
    .sort((left, right) => left.limit.id - right.limit.id);
}

/** The limits that a caller has, of any class, by id. */
export function limitsOf(of: Pick<Judging, 'caller' | 'snapshot'>): readonly LimitRow[] {
  const shared = [...of.caller.groups.flatMap(({ limits: rows }) => rows), ...of.snapshot.limits].filter(
    isShared,
  );
  return [...eachLimits(of, limitClasses), ...shared].sort((left, right) => left.id - right.id);
}

/** Whether all those of the layer share one count. */
export const isShared = ({ counted: how, layer }: LimitRow): boolean =>
  how === 'together' && layer !== 'extension';

/** Where each extension has its own count, by measure and class the limits of the nearest layer that has any. */
function eachLimits(
  { caller, snapshot }: Pick<Judging, 'caller' | 'snapshot'>,
  classes: readonly LimitClass[],
): readonly LimitRow[] {
  const found: LimitRow[] = [];
  for (const rows of nearestFirst(caller, snapshot.limits)) {
    const nearer = [...found];
    for (const row of rows) {
      if (isShared(row) || !classes.includes(row.class)) continue;
      const isTaken = nearer.some((other) => other.measure === row.measure && other.class === row.class);
      if (!isTaken) found.push(row);
    }
  }
  return found;
}

function nearestFirst(caller: Caller, ofOrganisation: readonly LimitRow[]): readonly (readonly LimitRow[])[] {
  return [caller.extension?.limits ?? [], caller.groups.flatMap(({ limits: rows }) => rows), ofOrganisation];
}

/** The shortest of those that hold for the classes of this call; one that only observes ends no call. */
function maxDurationMs(each: readonly LimitRow[]): number | null {
  const seconds = each
    .filter(({ measure, observe }) => measure === 'duration' && !observe)
    .map(({ max }) => max);
  return seconds.length === 0 ? null : Math.min(...seconds) * 1000;
}

function wordsOf({ measure, class: name, max }: LimitRow): string {
  switch (measure) {
    case 'calls':
      return `At most ${counted(max, `${name} call`)} in the time set`;
    case 'concurrent':
      return `At most ${counted(max, `${name} call`)} at the same time`;
    case 'countries':
      return `At most ${counted(max, 'country')} by ${name} calls in the time set`;
    case 'duration':
      return `At most ${counted(max, 'second')}`;
  }
}

function nameOf({ kind, name }: UsageScope): string {
  return kind === 'organisation'
    ? 'the organisation'
    : `${kind === 'group' ? 'the group' : 'extension'} ${name}`;
}
