// `callwarden calls`: the records of decisions and pickups, newest first.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import { readChoice } from '../admin/known-word.ts';
import { recordKinds, recordReasons, recordVerdicts } from '../admin/record-words.ts';
import type { Observation } from '../barring/verdict.ts';
import type { CallFilter, StoredCall } from '../store/calls.ts';
import { openForReading } from './context.ts';
import { isoTime, momentText, readLimit, readMoment } from './moment.ts';
import { printJson, printTable, type JsonOption } from './output.ts';
import { secondsText } from './seconds.ts';
import type { Column } from './table.ts';

interface CallsOptions extends JsonOption {
  readonly kind?: string;
  readonly from?: string;
  readonly verdict?: string;
  readonly reason?: string;
  readonly observed?: boolean;
  readonly number?: string;
  readonly since?: string;
  readonly until?: string;
  readonly limit: string;
}

const columns: readonly Column<StoredCall>[] = [
  { title: 'TIME', cell: (call) => momentText(call.atMs) },
  { title: 'KIND', cell: (call) => call.kind },
  { title: 'FROM', cell: (call) => call.party },
  { title: 'VIA', cell: (call) => call.via },
  { title: 'DIALLED', cell: (call) => call.dialled },
  { title: 'TO', cell: (call) => call.e164 ?? call.number },
  { title: 'REGION', cell: (call) => call.regions.join(' ') },
  { title: 'VERDICT', cell: (call) => call.verdict },
  { title: 'REASON', cell: (call) => call.reason },
  { title: 'RULE', cell: (call) => call.rule },
  { title: 'OUTCOME', cell: (call) => call.outcome },
];

/** Whose call was wanted and how long it had rung; who asked, by which code, what he was told, and who has the call. */
const attemptColumns: readonly Column<StoredCall>[] = [
  { title: 'TIME', cell: (call) => momentText(call.atMs) },
  { title: 'PICKER', cell: (call) => call.party },
  { title: 'KIND', cell: (call) => call.via },
  { title: 'TARGET', cell: (call) => call.dialled },
  { title: 'FROM', cell: (call) => call.number },
  { title: 'CALLER', cell: (call) => wantedCall(call).callerNumber ?? null },
  { title: 'HAD RUNG', cell: (call) => secondsText(wantedCall(call).rangMs ?? null), right: true },
  { title: 'CHOICE', cell: (call) => call.verdict },
  { title: 'RULE', cell: (call) => call.rule },
  { title: 'OUTCOME', cell: (call) => call.outcome },
  { title: 'TOLD', cell: (call) => (call.reason === 'take' ? null : call.reason) },
  {
    title: 'HAS IT',
    cell: ({ detail }) => (typeof detail['takenBy'] === 'string' ? detail['takenBy'] : null),
  },
];

/** What only observed, and what it would have done. */
const observedColumns: readonly Column<StoredCall>[] = [
  ...columns.filter(({ title }) => !['KIND', 'REASON', 'RULE', 'OUTCOME'].includes(title)),
  {
    title: 'WOULD',
    cell: (call) =>
      observationsOf(call)
        .map(({ would, reason }) => `${would} ${reason}`)
        .join(', '),
  },
  {
    title: 'RULE',
    cell: (call) =>
      observationsOf(call)
        .map(({ rule }) => rule.id)
        .join(', '),
  },
];

export function registerCalls(program: Command): void {
  program
    .command('calls')
    .description('what was decided and picked up, newest first')
    .option('--kind <kind>', 'decision or pickup')
    .option('--from <extension>', 'the payer of a call, or the picker')
    .option('--verdict <word>', 'continue, deny, unscreened; for pickups take, no-right, ...')
    .option('--reason <code>', 'such as country-not-allowed')
    .option('--observed', 'those that something would have refused that only observes')
    .option('--number <digits>', 'digits that the number contains')
    .option('--since <time>', '"2026-11-21 14:30", 2026-11-21 or 2h (ago)')
    .option('--until <time>', 'as --since')
    .option('--limit <rows>', 'rows at most', '50')
    .option('--json', 'for programs')
    .action(async (options: CallsOptions, command: Command) => {
      const filter = readFilter(options, Date.now());
      using store = await openForReading(command);
      const { readCalls } = await import('../store/calls.ts');
      const calls = readCalls(store, filter);
      if (options.json) {
        const shown = calls.map((call) => Object.assign({ at: isoTime(call.atMs) }, call));
        return printJson({ calls: shown, count: calls.length });
      }
      const more = calls.length === filter.limit ? ' (there may be more: --limit)' : '';
      printTable(
        options.observed ? observedColumns : filter.kind === 'pickup' ? attemptColumns : columns,
        calls,
        `${counted(calls.length, 'record')}${more}`,
      );
    });
}

/** As the daemon recorded it: its `detail` is its own. */
function wantedCall({ detail }: StoredCall): { readonly callerNumber?: string; readonly rangMs?: number } {
  const { call } = detail as { readonly call?: { readonly callerNumber: string; readonly rangMs: number } };
  return call ?? {};
}

/** As the daemon recorded them: its `detail` is its own. */
function observationsOf({ detail }: StoredCall): readonly Observation[] {
  const { observed } = detail as { readonly observed?: readonly Observation[] };
  return observed ?? [];
}

function readFilter(options: CallsOptions, nowMs: number): CallFilter {
  const { kind, from, verdict, reason, observed, number, since, until } = options;
  return {
    ...(kind === undefined ? {} : { kind: readChoice(kind, recordKinds, '--kind') }),
    ...(from === undefined ? {} : { party: from }),
    ...(verdict === undefined ? {} : { verdict: readChoice(verdict, recordVerdicts, '--verdict') }),
    ...(reason === undefined ? {} : { reason: readChoice(reason, recordReasons, '--reason') }),
    ...(observed === undefined ? {} : { observed }),
    ...(number === undefined ? {} : { number }),
    ...(since === undefined ? {} : { sinceMs: readMoment(since, '--since', nowMs) }),
    ...(until === undefined ? {} : { untilMs: readMoment(until, '--until', nowMs) }),
    limit: readLimit(options.limit),
  };
}
