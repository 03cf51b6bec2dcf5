// The figures of call barring as people and programs are given them; docs/statistics.md defines each.
import {
  firstDecisionMs,
  readDenialCounts,
  type DecisionCounts,
  type DenialCounts,
} from '../store/denial-statistics.ts';
import type { Store } from '../store/open.ts';
import { formatCsv } from './csv.ts';
import { isoMoment } from './moment-words.ts';
import { dayText, statisticsTime, type StatisticsTime } from './statistics-time.ts';

export interface DenialFiguresQuery extends StatisticsTime {
  readonly extension: string | null;
}

export interface DenialFigures extends Omit<DenialCounts, 'byDay'> {
  readonly since: string;
  readonly until: string;
  readonly timeZone: string;
  readonly extension: string | null;
  /** Of the calls that were judged; null where there are none. */
  readonly denialRate: number | null;
  readonly byDay: readonly (DecisionCounts & { readonly day: string })[];
}

/** Throws `AppError('invalid')` for a time that ends before it begins, and errors of the store. */
export function denialFigures(store: Store, query: DenialFiguresQuery): DenialFigures {
  const { extension, timeZone } = query;
  const { sinceMs, untilMs, spans } = statisticsTime(query, firstDecisionMs(store));
  const { byDay, total, ...counts } = readDenialCounts(store, { spans, extension });
  const judged = total.allowed + total.denied;
  return {
    since: isoMoment(sinceMs),
    until: isoMoment(untilMs),
    timeZone,
    extension,
    denialRate: judged === 0 ? null : total.denied / judged,
    total,
    byDay: byDay.map((row) => Object.assign({}, row, { day: dayText(row.day) })),
    ...counts,
  };
}

/** A row for each day, for a spreadsheet. */
export function denialCsv({ byDay }: DenialFigures): string {
  const names = ['calls', 'allowed', 'denied', 'unscreened', 'observed'] as const;
  const counts = names.map((title) => ({
    title,
    cell: (row: DenialFigures['byDay'][number]) => row[title],
  }));
  return formatCsv([{ title: 'day', cell: ({ day }) => day }, ...counts], byDay);
}
