// `callwarden pickup calls`: the calls that rang, newest first, with what became of each.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import { readChoice } from '../admin/known-word.ts';
import { ringOutcomes } from '../pickup/ring-record.ts';
import type { RingingFilter, StoredRinging } from '../store/ringing-calls.ts';
import { openForReading } from './context.ts';
import { isoTime, momentText, readLimit, readMoment } from './moment.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import { pickupCommand } from './pickup-command.ts';
import { secondsText } from './seconds.ts';
import type { Column } from './table.ts';

interface RungOptions extends JsonOption {
  readonly extension?: string;
  readonly group?: string;
  readonly outcome?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit: string;
}

const columns: readonly Column<StoredRinging>[] = [
  { title: 'FIRST RING', cell: (call) => momentText(call.startedAtMs) },
  { title: 'CALLER', cell: (call) => call.callerExtension ?? call.callerNumber },
  { title: 'NAME', cell: (call) => call.callerName },
  { title: 'DIALLED', cell: (call) => call.dialled },
  { title: 'RANG', cell: (call) => secondsText(call.ringMs), right: true },
  { title: 'OUTCOME', cell: (call) => call.outcome },
  { title: 'BY', cell: (call) => call.answeredBy },
  { title: 'TAKEN FROM', cell: (call) => call.takenFrom },
  { title: 'GROUPS', cell: (call) => call.pickupGroups.join(' ') },
  {
    title: 'RANG ON',
    cell: (call) => call.extensions.map(({ extension, outcome }) => `${extension} ${outcome}`).join(', '),
  },
];

export function registerPickupCalls(program: Command): void {
  pickupCommand(program)
    .command('calls')
    .description('the calls that rang, newest first: who rang, how long, who got it, who took it from whom')
    .option('--extension <extension>', 'that rang there, or that the one there got or made')
    .option('--group <name>', 'that rang in that pickup group')
    .option('--outcome <word>', ringOutcomes.join(', '))
    .option('--since <time>', 'first ring: "2026-11-21 14:30", 2026-11-21 or 2h (ago)')
    .option('--until <time>', 'as --since')
    .option('--limit <rows>', 'rows at most', '50')
    .option('--json', 'for programs')
    .action(async (options: RungOptions, command: Command) => {
      const filter = readFilter(options, Date.now());
      using store = await openForReading(command);
      const { readRingingCalls } = await import('../store/ringing-calls.ts');
      const calls = readRingingCalls(store, filter);
      if (options.json) {
        const shown = calls.map((call) => Object.assign({ at: isoTime(call.startedAtMs) }, call));
        return printJson({ calls: shown, count: calls.length });
      }
      const more = calls.length === filter.limit ? ' (there may be more: --limit)' : '';
      printTable(columns, calls, `${counted(calls.length, 'call')} that rang${more}`);
    });
}

function readFilter(options: RungOptions, nowMs: number): RingingFilter {
  const { extension, group, outcome, since, until } = options;
  return {
    ...(extension === undefined ? {} : { extension }),
    ...(group === undefined ? {} : { group }),
    ...(outcome === undefined ? {} : { outcome: readChoice(outcome, ringOutcomes, '--outcome') }),
    ...(since === undefined ? {} : { sinceMs: readMoment(since, '--since', nowMs) }),
    ...(until === undefined ? {} : { untilMs: readMoment(until, '--until', nowMs) }),
    limit: readLimit(options.limit),
  };
}
