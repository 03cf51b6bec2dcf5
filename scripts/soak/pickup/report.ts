// What a soak of pickups came to: one row for each kind of call and each race, and every failure with how to repeat it.
import type { MemorySample } from '../memory.ts';
import { memoryLine } from '../report.ts';
import { callKinds, raceKinds } from './plan.ts';
import type { RoundResult } from './round.ts';

/** Records of the daemon by their outcome. */
export type RecordCounts = Readonly<Record<string, number>>;

export interface PickupSum {
  readonly rounds: number;
  /** Times that a picker got the call. */
  readonly won: number;
  /** Things that must not be, with the round that they were in. */
  readonly failures: readonly string[];
  readonly lines: readonly string[];
}

const FAILURES_SHOWN_MAX = 50;
const columns = [
  'rounds',
  'won',
  'lost',
  'refused',
  'hung up',
  'crossed',
  'one-way',
  'untold',
  'failures',
  'stuck',
  'ringing',
  'caller lost',
];

/** The same again, for one round that failed. */
export function sumUp(
  results: readonly RoundResult[],
  records: RecordCounts,
  samples: readonly MemorySample[],
  again: (index: number) => string,
): PickupSum {
  const failures = results.flatMap((result) => sentencesOf(result).map((text) => ({ result, text })));
  const unknown = records['unknown'] ?? 0;
  const named = failures.map(
    ({ result: { plan }, text }) =>
      `round ${plan.index} (${plan.kind}, ${plan.race}, ${plan.offsetMs} ms): ${text}; again: ${again(plan.index)}`,
  );
  const all = unknown === 0 ? named : [...named, `${unknown} pickups are recorded as unknown`];
  const won = total(results, ({ won: taken }) => taken);
  const times = results.flatMap(({ answeredAfterMs }) => answeredAfterMs).toSorted((a, b) => a - b);
  const at = (share: number) => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1);
  const lines = [
    '',
    row('', columns),
    ...callKinds.map((kind) =>
      rowOf(
        kind,
        results.filter(({ plan }) => plan.kind === kind),
      ),
    ),
    '',
    ...raceKinds.map((race) =>
      rowOf(
        race,
        results.filter(({ plan }) => plan.race === race),
      ),
    ),
    '',
    rowOf('all', results),
    '',
    `code to answer  ${at(0.5)} ms at the median, ${at(0.99)} ms at the 99th percentile, longest ${at(1)} ms`,
    `crossed         the longest ${longest(results)} ms after the target's answer`,
    `records         ${recordsLine(records)}`,
    `memory          ${memoryLine(samples)}`,
    all.length === 0 ? 'Nothing wrong.' : `${all.length} FAILURES`,
    ...all.slice(0, FAILURES_SHOWN_MAX).map((sentence) => `  ! ${sentence}`),
  ];
  return { rounds: results.length, won, failures: all, lines };
}

/** Everything about a round that must not be. */
export function sentencesOf({ wrong, stuck, leftRinging, callerLost }: RoundResult): readonly string[] {
  return [
    ...wrong,
    ...stuck.map((channel) => `STUCK: ${channel}`),
    ...leftRinging.map((extension) => `${extension} RINGS ON`),
    ...(callerLost ? ['CALLER LOST'] : []),
  ];
}

function rowOf(name: string, results: readonly RoundResult[]): string {
  return row(name, [
    results.length,
    total(results, ({ won }) => won),
    total(results, ({ lost }) => lost),
    total(results, ({ refused }) => refused),
    total(results, ({ abandoned }) => abandoned),
    total(results, ({ crossed }) => crossed),
    total(results, ({ oneWay }) => oneWay),
    total(results, ({ untold }) => untold),
    results.filter((result) => sentencesOf(result).length > 0).length,
    total(results, ({ stuck }) => stuck.length),
    total(results, ({ leftRinging }) => leftRinging.length),
    total(results, ({ callerLost }) => Number(callerLost)),
  ]);
}

function row(name: string, cells: readonly (string | number)[]): string {
  return name.padEnd(12) + cells.map((cell, at) => String(cell).padStart(widthOf(at))).join('');
}

function widthOf(at: number): number {
  return Math.max(8, (columns[at]?.length ?? 0) + 2);
}

function total(results: readonly RoundResult[], of: (result: RoundResult) => number): number {
  return results.reduce((sum, result) => sum + of(result), 0);
}

function longest(results: readonly RoundResult[]): string {
  return Math.max(0, ...results.flatMap(({ crossedAfterMs }) => crossedAfterMs)).toFixed(1);
}

function recordsLine(records: RecordCounts): string {
  const entries = Object.entries(records).toSorted(([one], [other]) => one.localeCompare(other));
  return entries.map(([outcome, count]) => `${count} ${outcome}`).join(', ') || 'none';
}
