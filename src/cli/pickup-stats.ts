// `callwarden pickup stats`: what became of the calls that rang, who rescued them, and which pickups were refused.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import { readChoice } from '../admin/known-word.ts';
import { statisticsKeys, type PickupStatistics, type StatisticsRow } from '../admin/pickup-statistics.ts';
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';
import { openForReading } from './context.ts';
import { momentText, readMoment } from './moment.ts';
import { printJson, printLines, type JsonOption } from './output.ts';
import { pickupCommand } from './pickup-command.ts';
import { secondsText } from './seconds.ts';
import { tableLines, type Column } from './table.ts';

interface StatsOptions extends JsonOption {
  readonly by?: string;
  readonly since?: string;
  readonly until?: string;
  readonly group?: string;
  readonly extension?: string;
  readonly timeZone?: string;
  readonly csv?: boolean;
}

/** Cut by a clock. */
const TIMES: ReadonlySet<string | null> = new Set(['day', 'hour']);

const HELP_AFTER = `
A rescued call is one that somebody picked up: it is neither missed nor abandoned. Each figure is defined in
docs/statistics.md. With --extension, or by extension, calls are seen by the phones on which they rang.`;

const keyColumn = (by: string | null): Column<StatisticsRow> => ({
  title: (by ?? 'all').toUpperCase(),
  cell: ({ key }) => key,
});

/** Whole per cent hide little, and tenths are compared at a glance. */
const percent = (share: number | null) => (share === null ? null : `${(share * 100).toFixed(1)} %`);

const count = (title: string, cell: (row: StatisticsRow) => number | string | null) => ({
  title,
  cell,
  right: true,
});

const callColumns = (withElsewhere: boolean): readonly Column<StatisticsRow>[] => [
  count('CALLS', (row) => row.calls),
  count('ANSWERED', (row) => row.answered),
  count('RESCUED', (row) => row.rescued),
  count('SHARE', (row) => percent(row.rescuedShare)),
  count('ABANDONED', (row) => row.abandoned),
  count('RATE', (row) => percent(row.abandonRate)),
  count('UNANSWERED', (row) => row.unanswered),
  count('REFUSED', (row) => row.refused),
  count('FORWARDED', (row) => row.forwarded),
  ...(withElsewhere ? [count('ELSEWHERE', (row) => row.elsewhere)] : []),
  count('UNKNOWN', (row) => row.unknown),
];

const timeColumns: readonly Column<StatisticsRow>[] = [
  count('TO ANSWER: MEDIAN', (row) => secondsText(row.ringToAnswer.medianMs)),
  count('90TH', (row) => secondsText(row.ringToAnswer.p90Ms)),
  count('TO ABANDON: MEDIAN', (row) => secondsText(row.ringToAbandon.medianMs)),
  count('90TH', (row) => secondsText(row.ringToAbandon.p90Ms)),
];

const attemptColumns: readonly Column<StatisticsRow>[] = [
  count('PICKUPS', ({ pickups }) => pickups.attempts),
  count('WON', ({ pickups }) => pickups.won),
  count('LOST', ({ pickups }) => pickups.lost),
  count('NO RIGHT', ({ pickups }) => pickups.refused['no-right']),
  count('NOTHING RINGING', ({ pickups }) => pickups.refused['nothing-ringing']),
  count('ALREADY TAKEN', ({ pickups }) => pickups.refused['already-taken']),
  count('OWN CALL', ({ pickups }) => pickups.refused['own-call']),
  count('OPEN', ({ pickups }) => pickups.open),
];

const takerColumns: readonly Column<PickupStatistics['takers'][number]>[] = [
  { title: 'PICKER', cell: ({ picker }) => picker },
  { title: 'TOOK FROM', cell: ({ from }) => from },
  { title: 'CALLS', cell: ({ count: calls }) => calls, right: true },
];

export function registerPickupStats(program: Command): void {
  pickupCommand(program)
    .command('stats')
    .description('calls that rang: answered, rescued, abandoned; ring times; who took whose; refused pickups')
    .option('--by <what>', `rows by ${statisticsKeys.join(', ')}`)
    .option('--since <time>', '"2026-11-21 14:30", 2026-11-21 or 7d (ago); all that is kept without it')
    .option('--until <time>', 'as --since; now without it')
    .option('--group <name>', 'of that pickup group alone')
    .option('--extension <extension>', 'as that phone saw it')
    .option(
      '--time-zone <zone>',
      'by whose clock days begin, such as Europe/Paris; that of this machine without it',
    )
    .option('--csv', 'rows and total for a spreadsheet')
    .option('--json', 'for programs')
    .addHelpText('after', HELP_AFTER)
    .action(async (options: StatsOptions, command: Command) => {
      if (options.csv && options.json) throw new AppError('invalid', 'Give --csv or --json, not both.');
      const query = await readQuery(options, Date.now());
      using store = await openForReading(command);
      const { pickupStatistics, statisticsCsv } = await import('../admin/pickup-statistics.ts');
      const statistics = pickupStatistics(store, query);
      if (options.json) return printJson(statistics);
      if (options.csv) return void process.stdout.write(statisticsCsv(statistics));
      const { readPickupGroups } = await import('../store/pickup-groups.ts');
      const groups = options.group === undefined ? [] : readPickupGroups(store).map(({ name }) => name);
      printLines([...linesOf(statistics), '', footer(statistics, groups)]);
    });
}

async function readQuery(options: StatsOptions, nowMs: number) {
  const { machineTimeZone, readTimeZone } = await import('../admin/schedule-words.ts');
  const { by, since, until, group, extension, timeZone } = options;
  return {
    by: by === undefined ? null : readChoice(by, statisticsKeys, '--by'),
    sinceMs: since === undefined ? null : readMoment(since, '--since', nowMs),
    untilMs: until === undefined ? null : readMoment(until, '--until', nowMs),
    group: group ?? null,
    extension: extension ?? null,
    timeZone: timeZone === undefined ? machineTimeZone() : readTimeZone(timeZone),
    nowMs,
  };
}

/** Three tables of the same rows, the total last, and who took whose below them. */
function linesOf({ by, rows, total, takers, extension }: PickupStatistics): readonly string[] {
  const all = [...rows.map((row) => Object.assign({}, row, { key: row.key || '-' })), total];
  const withElsewhere = by === 'extension' || extension !== null;
  const key = keyColumn(by);
  const lines = [...tableLines([key, ...callColumns(withElsewhere)], all), ''];
  lines.push(...tableLines([key, ...timeColumns], all), '', ...tableLines([key, ...attemptColumns], all));
  if (takers.length > 0) lines.push('', ...tableLines(takerColumns, takers));
  return lines;
}

function footer(
  { since, until, timeZone, by, group, total }: PickupStatistics,
  groups: readonly string[],
): string {
  const clock = TIMES.has(by) ? `, by the clock of ${timeZone}` : '';
  const said = `${counted(total.calls, 'call')} that rang from ${momentOf(since)} to ${momentOf(until)}${clock}`;
  if (group === null || groups.includes(group)) return said;
  const near = nearestWord(group, groups);
  const meant = near === null ? '' : `; did you mean --group ${near}?`;
  return `${said}; there is no pickup group ${JSON.stringify(group)} now${meant}`;
}

const momentOf = (iso: string) => momentText(Date.parse(iso));
