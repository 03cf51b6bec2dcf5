// A naive count of calls that rang: as the documents define the figures, word for word and one by one.
import type {
  PickupStatistics,
  StatisticsKey,
  StatisticsQuery,
  StatisticsRow,
} from '../../src/admin/pickup-statistics.ts';
import type { RingOutcome, RungExtension } from '../../src/pickup/ring-record.ts';

export const ZONE = 'Europe/Paris';

/** A call that rang, as far as figures look at it. */
export interface Known {
  readonly startedAtMs: number;
  readonly ringMs: number;
  readonly outcome: RingOutcome;
  readonly legs: readonly RungExtension[];
  readonly groups: readonly string[];
}

/** A pickup attempt, as far as figures look at it. */
export interface Attempt {
  readonly atMs: number;
  readonly party: string | null;
  readonly verdict: string;
  readonly outcome: string | null;
  readonly groups: readonly string[];
}

const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: ZONE,
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
});

function timeKey(by: 'day' | 'hour', atMs: number): string {
  const part = Object.fromEntries(clock.formatToParts(atMs).map(({ type, value }) => [type, value]));
  return by === 'hour' ? (part['hour'] ?? '') : `${part['year']}-${part['month']}-${part['day']}`;
}

function seenBy(leg: RungExtension, outcome: RingOutcome): string {
  if (leg.outcome === 'taken') return 'rescued';
  if (leg.outcome !== 'stopped') return leg.outcome;
  if (outcome === 'refused') return 'unanswered';
  return ['abandoned', 'unanswered', 'unknown'].includes(outcome) ? outcome : 'elsewhere';
}

interface Fact {
  readonly keys: readonly string[];
  readonly outcome: string;
  readonly ringMs: number;
}

function keysOf(
  by: StatisticsKey | null,
  atMs: number,
  names: readonly string[],
  who: string,
): readonly string[] {
  if (by === null) return ['total'];
  if (by === 'extension') return [who];
  if (by === 'group') return names.length > 0 ? names : [''];
  return [timeKey(by, atMs)];
}

function factsOf(calls: readonly Known[], by: StatisticsKey | null, phone: string | null): readonly Fact[] {
  return calls.flatMap(({ legs, outcome, ringMs, startedAtMs, groups: names }) =>
    phone === null && by !== 'extension'
      ? [{ keys: keysOf(by, startedAtMs, names, ''), outcome, ringMs }]
      : legs
          .filter((leg) => phone === null || leg.extension === phone)
          .map((leg) => ({
            keys: keysOf(by, startedAtMs, names, leg.extension),
            outcome: seenBy(leg, outcome),
            ringMs: leg.ringMs,
          })),
  );
}

function percentile(values: readonly number[], percent: number): number | null {
  const smallest = values
    .toSorted((a, b) => a - b)
    .find((value) => {
      return values.filter((other) => other <= value).length * 100 >= percent * values.length;
    });
  return smallest ?? null;
}

/** The row of these facts and attempts. */
export function expectedRow(
  key: string,
  facts: readonly Fact[],
  attempts: readonly Attempt[],
): StatisticsRow {
  const count = (outcome: string) => facts.filter((fact) => fact.outcome === outcome).length;
  const times = (...outcomes: readonly string[]) =>
    facts.filter(({ outcome }) => outcomes.includes(outcome)).map(({ ringMs }) => ringMs);
  const tried = (verdict: string, outcome?: string) =>
    attempts.filter((one) => one.verdict === verdict && (outcome ?? one.outcome) === one.outcome).length;
  const [answered, rescued, abandoned] = [count('answered'), count('rescued'), count('abandoned')];
  const open = tried('take') - tried('take', 'won') - tried('take', 'lost');
  const ended = facts.length - count('unknown');
  const ringTime = (values: readonly number[]) => ({
    medianMs: percentile(values, 50),
    p90Ms: percentile(values, 90),
  });
  return {
    key,
    calls: facts.length,
    answered,
    rescued,
    abandoned,
    unanswered: count('unanswered'),
    refused: count('refused'),
    forwarded: count('forwarded'),
    elsewhere: count('elsewhere'),
    unknown: count('unknown'),
    rescuedShare: answered + rescued === 0 ? null : rescued / (answered + rescued),
    abandonRate: ended === 0 ? null : abandoned / ended,
    ringToAnswer: ringTime(times('answered', 'rescued')),
    ringToAbandon: ringTime(times('abandoned')),
    pickups: {
      attempts: attempts.length,
      won: tried('take', 'won'),
      lost: tried('take', 'lost'),
      refused: {
        'no-right': tried('no-right'),
        'nothing-ringing': tried('nothing-ringing'),
        'already-taken': tried('already-taken'),
        'own-call': tried('own-call'),
      },
      open,
    },
  };
}

/** The rows and the total of that query. */
export function expected(
  calls: readonly Known[],
  attempts: readonly Attempt[],
  { by, group, extension: phone }: StatisticsQuery,
): Pick<PickupStatistics, 'rows' | 'total'> {
  const inGroup = ({ groups: names }: { readonly groups: readonly string[] }) =>
    group === null || names.includes(group);
  const facts = factsOf(calls.filter(inGroup), by, phone);
  const tries = attempts.filter((one) => inGroup(one) && (phone === null || one.party === phone));
  const triesKeys = (one: Attempt) => keysOf(by, one.atMs, one.groups, one.party ?? '');
  const shown = (key: string) => by !== 'group' || group === null || key === group;
  const keys = [...new Set([...facts.flatMap((fact) => fact.keys), ...tries.flatMap(triesKeys)])].filter(
    shown,
  );
  const rows = keys.map((key) =>
    expectedRow(
      key,
      facts.filter((fact) => fact.keys.includes(key)),
      tries.filter((one) => triesKeys(one).includes(key)),
    ),
  );
  return {
    rows: by === null ? [] : rows.toSorted((a, b) => a.key.length - b.key.length || (a.key < b.key ? -1 : 1)),
    total: expectedRow('total', factsOf(calls.filter(inGroup), null, phone), tries),
  };
}
