// `callwarden schedule list | show | set | remove`: when chargeable calls are open.
import type { Command } from 'commander';
import { counted } from '../counted.ts';
import type { ScheduleState } from '../admin/schedule-state.ts';
import { printOutcome } from './changes.ts';
import { inChange, openForReading } from './context.ts';
import { collect } from './layer-options.ts';
import { isoOrNull, isoTime, momentOrNull, momentText, readMoment } from './moment.ts';
import { printJson, printLines, printTable, type JsonOption } from './output.ts';
import type { Column } from './table.ts';

interface SetOptions extends JsonOption {
  readonly timeZone?: string;
  readonly open?: string[];
  /** False for `--no-holiday`. */
  readonly holiday?: string[] | false;
}

interface AtOptions extends JsonOption {
  readonly at?: string;
}

const columns: readonly Column<ScheduleState>[] = [
  { title: 'SCHEDULE', cell: (row) => row.name },
  { title: 'OPEN NOW', cell: (row) => (row.isOpen ? 'yes' : 'no') },
  { title: 'UNTIL', cell: (row) => momentOrNull(row.nextChangeMs) },
  { title: 'TIME ZONE', cell: (row) => row.timeZone },
  { title: 'OPEN', cell: (row) => row.open.join('; ') },
  { title: 'HOLIDAYS', cell: (row) => row.holidays.length, right: true },
];

export function registerSchedule(program: Command): void {
  const schedule = program.command('schedule').description('when chargeable calls are open');

  schedule
    .command('list')
    .description('all schedules, and which of them are open now')
    .option('--json', 'for programs')
    .action(async (options: JsonOption, command: Command) => {
      using store = await openForReading(command);
      const { scheduleStates } = await import('../admin/schedule-state.ts');
      const schedules = scheduleStates(store, Date.now());
      if (options.json) return printJson({ schedules: schedules.map(jsonOf), count: schedules.length });
      printTable(columns, schedules, counted(schedules.length, 'schedule'));
    });

  schedule
    .command('show <name>')
    .description('one schedule: its windows and holidays, whether it is open, and who keeps to it')
    .option('--at <time>', '"2026-11-21 14:30" or 2026-11-21; now without it')
    .option('--json', 'for programs')
    .action(async (name: string, options: AtOptions, command: Command) => {
      const nowMs = Date.now();
      const atMs = options.at === undefined ? nowMs : readMoment(options.at, '--at', nowMs);
      using store = await openForReading(command);
      const { scheduleState } = await import('../admin/schedule-state.ts');
      const { scheduleUsers } = await import('../admin/schedules.ts');
      const state = scheduleState(store, name, atMs);
      const users = scheduleUsers(store, name);
      if (options.json) return printJson({ ...jsonOf(state), at: isoTime(atMs), users });
      printLines(linesOf(state, users, options.at === undefined ? 'now' : `at ${momentText(atMs)}`));
    });

  registerChanging(schedule);
}

function registerChanging(schedule: Command): void {
  schedule
    .command('set <name>')
    .description('make or change a schedule: office --open "mon-fri 08:00-18:30" --open "sat 09:00-12:00"')
    .option('--time-zone <zone>', 'such as Europe/Paris; that of this machine for a new schedule without it')
    .option('--open <window>', 'days and times, again for each: "mon-fri 08:00-18:30"', collect)
    .option('--holiday <day>', 'a closed day, again for each: 2026-12-25, or 12-25 for every year', collect)
    .option('--no-holiday', 'no closed days')
    .option('--json', 'for programs')
    .action(async (name: string, options: SetOptions, command: Command) => {
      const { setSchedule } = await import('../admin/schedules.ts');
      const { timeZone, open, holiday } = options;
      const words = { timeZone, open, holidays: holiday === false ? [] : holiday };
      const outcome = await inChange(command, (context) => setSchedule(context, name, words));
      printOutcome(outcome, 'schedule', options);
    });

  schedule
    .command('remove <name>')
    .description('take a schedule away that nothing keeps to')
    .option('--json', 'for programs')
    .action(async (name: string, options: JsonOption, command: Command) => {
      const { removeSchedule } = await import('../admin/schedules.ts');
      const outcome = await inChange(command, (context) => removeSchedule(context, name));
      printOutcome(outcome, 'schedule', options);
    });
}

function jsonOf({ nextChangeMs, isOpen, ...schedule }: ScheduleState) {
  return { ...schedule, isOpen, nextChange: isoOrNull(nextChangeMs) };
}

function linesOf(state: ScheduleState, users: readonly string[], when: string): readonly string[] {
  const next = state.nextChangeMs;
  const change = next === null ? 'with no change ahead' : `until ${momentText(next)} (local time here)`;
  return [
    `Schedule ${state.name}, ${state.timeZone}: ${state.isOpen ? 'open' : 'closed'} ${when}, ${change}`,
    ...state.open.map((window) => `open      ${window}`),
    `holidays  ${state.holidays.length === 0 ? 'none' : state.holidays.join(' ')}`,
    `used by   ${users.length === 0 ? 'nothing yet' : users.join(', ')}`,
  ];
}
