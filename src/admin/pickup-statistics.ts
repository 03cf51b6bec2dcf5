// The figures of pickup as people and programs are given them; docs/statistics.md defines each.
import {
  firstRecordMs,
  NO_FIGURES,
  readRingStatistics,
  type AttemptCount,
  type RingCounts,
  type RingFigures,
  type RingKey,
  type Taker,
} from '../store/ring-statistics.ts';
import type { Store } from '../store/open.ts';
import { shorterFirst } from '../store/rows.ts';
import { formatCsv } from './csv.ts';
import { isoMoment } from './moment-words.ts';
import { dayText, statisticsTime, type StatisticsTime } from './statistics-time.ts';

export const statisticsKeys = ['day', 'hour', 'group', 'extension'] as const;
export type StatisticsKey = (typeof statisticsKeys)[number];

export interface StatisticsQuery extends StatisticsTime {
  /** Null: only the total. */
  readonly by: StatisticsKey | null;
  readonly group: string | null;
  readonly extension: string | null;
}

/** Why a pickup was refused before anything was tried. */
export const refusals = ['no-right', 'nothing-ringing', 'already-taken', 'own-call'] as const;
type Refusal = (typeof refusals)[number];

interface AttemptFigures {
  readonly attempts: number;
  readonly won: number;
  /** Chosen, but somebody else was quicker. */
  readonly lost: number;
  readonly refused: Readonly<Record<Refusal, number>>;
  /** Neither: the picker hung up first, or it was not heard what became of it. */
  readonly open: number;
}

interface RingTime {
  readonly medianMs: number | null;
  readonly p90Ms: number | null;
}

export interface StatisticsRow extends RingCounts {
  /** `2026-11-21`, the hour `08`, the name of a group ('' for none), an extension; `total`. */
  readonly key: string;
  /** Of the calls that somebody got here, those that were picked up; null where there are none. */
  readonly rescuedShare: number | null;
  /** Of the calls whose end is known; null where there are none. */
  readonly abandonRate: number | null;
  readonly ringToAnswer: RingTime;
  readonly ringToAbandon: RingTime;
  readonly pickups: AttemptFigures;
}

export interface PickupStatistics {
  readonly by: StatisticsKey | null;
  readonly since: string;
  readonly until: string;
  readonly timeZone: string;
  readonly group: string | null;
  readonly extension: string | null;
  /** In the order of their keys. Days and hours in which nothing was are left out. */
  readonly rows: readonly StatisticsRow[];
  /** Each call once, also where it stands in several rows. */
  readonly total: StatisticsRow;
  readonly takers: readonly Taker[];
}

/**
 * Throws `AppError('invalid')` for a time that ends before it begins, and errors of the store.
 */
export function pickupStatistics(store: Store, query: StatisticsQuery): PickupStatistics {
  const { by, group, extension, timeZone } = query;
  const { sinceMs, untilMs, spans } = statisticsTime(query, firstRecordMs(store));
  const found = readRingStatistics(store, { by, spans, group, extension });
  const figures = new Map(found.rows.map((row) => [row.key, row] as const));
  const attempts = Map.groupBy(found.attempts, ({ key }) => key);
  const rows = [...new Set([...figures.keys(), ...attempts.keys()])].map((key) =>
    rowOf(keyText(by, key), figures.get(key), attempts.get(key) ?? []),
  );
  return {
    by,
    since: isoMoment(sinceMs),
    until: isoMoment(untilMs),
    timeZone,
    group,
    extension,
    rows: rows.toSorted((left, right) => shorterFirst(left.key, right.key)),
    total: rowOf('total', found.total, found.attemptsInTotal),
    takers: found.takers,
  };
}

function keyText(by: RingKey, key: string | number | null): string {
  if (typeof key !== 'number') return key ?? '';
  if (by === 'hour') return String(key).padStart(2, '0');
  return dayText(key);
}

/** Without figures nothing rang for it, and only pickups were attempted. */
function rowOf(
  key: string,
  figures: RingFigures | undefined,
  attempts: readonly AttemptCount[],
): StatisticsRow {
  const { answerMedianMs, answerP90Ms, abandonMedianMs, abandonP90Ms, ...counts } = figures ?? NO_FIGURES;
  return {
    ...counts,
    key,
    rescuedShare: shareOf(counts.rescued, counts.answered + counts.rescued),
    abandonRate: shareOf(counts.abandoned, counts.calls - counts.unknown),
    ringToAnswer: { medianMs: answerMedianMs, p90Ms: answerP90Ms },
    ringToAbandon: { medianMs: abandonMedianMs, p90Ms: abandonP90Ms },
    pickups: attemptFigures(attempts),
  };
}

const shareOf = (part: number, whole: number) => (whole === 0 ? null : part / whole);

function attemptFigures(counts: readonly AttemptCount[]): AttemptFigures {
  const sum = (fits: (row: AttemptCount) => boolean) =>
    counts.reduce((total, row) => total + (fits(row) ? row.count : 0), 0);
  const refusedFor = (reason: Refusal) => sum(({ verdict }) => verdict === reason);
  const refused = {
    'no-right': refusedFor('no-right'),
    'nothing-ringing': refusedFor('nothing-ringing'),
    'already-taken': refusedFor('already-taken'),
    'own-call': refusedFor('own-call'),
  };
  const attempts = sum(() => true);
  const won = sum(({ verdict, outcome }) => verdict === 'take' && outcome === 'won');
  const lost = sum(({ verdict, outcome }) => verdict === 'take' && outcome === 'lost');
  const settled = won + lost + refusals.reduce((total, reason) => total + refused[reason], 0);
  return { attempts, won, lost, refused, open: attempts - settled };
}

/** Rows and total for a spreadsheet. */
export function statisticsCsv({ by, rows, total }: PickupStatistics): string {
  const cell = (title: string, of: (row: StatisticsRow) => string | number | null) => ({ title, cell: of });
  const columns = [
    cell(by ?? 'all', (row) => row.key),
    ...(['calls', 'answered', 'rescued', 'abandoned', 'unanswered', 'refused', 'forwarded'] as const).map(
      (name) => cell(name, (row) => row[name]),
    ),
    cell('elsewhere', (row) => row.elsewhere),
    cell('unknown', (row) => row.unknown),
    cell('rescued_share', (row) => row.rescuedShare),
    cell('abandon_rate', (row) => row.abandonRate),
    cell('to_answer_median_ms', (row) => row.ringToAnswer.medianMs),
    cell('to_answer_p90_ms', (row) => row.ringToAnswer.p90Ms),
    cell('to_abandon_median_ms', (row) => row.ringToAbandon.medianMs),
    cell('to_abandon_p90_ms', (row) => row.ringToAbandon.p90Ms),
    cell('pickups', (row) => row.pickups.attempts),
    cell('pickups_won', (row) => row.pickups.won),
    cell('pickups_lost', (row) => row.pickups.lost),
    ...(['no-right', 'nothing-ringing', 'already-taken', 'own-call'] as const).map((reason) =>
      cell(`refused_${reason.replace('-', '_')}`, (row) => row.pickups.refused[reason]),
    ),
    cell('pickups_open', (row) => row.pickups.open),
  ];
  return formatCsv(columns, [...rows, total]);
}
