// Changing schedules: the weekly windows and holidays that say when chargeable calls are open.
import type { ScheduleRow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { readExtensions } from '../store/extensions.ts';
import { readGroups } from '../store/groups.ts';
import type { Store } from '../store/open.ts';
import { readPickupRights } from '../store/pickup-rights.ts';
import { deleteSchedule, readSchedules, writeSchedule } from '../store/schedules.ts';
import { readSettings } from '../store/settings.ts';
import { changePolicy, type AdminContext, type ChangeOutcome } from './change.ts';
import { isSame } from './same.ts';
import { notKnown } from './known-word.ts';
import { readPolicyName, refuseAlike } from './policy-name.ts';
import { machineTimeZone, readHolidays, readTimeZone, readWindows, windowText } from './schedule-words.ts';
import { someNames } from './some-of.ts';

const SCHEDULES_MAX = 1_000;
/** Users of a schedule that a sentence names one by one. */
const NAMED_MAX = 10;

/** What is given is replaced as a whole, what is not stays. */
export interface ScheduleWords {
  readonly timeZone?: string | undefined;
  /** Such as `mon-fri 08:00-18:30`. */
  readonly open?: readonly string[] | undefined;
  /** Such as `2026-12-25`, or `12-25` for every year. */
  readonly holidays?: readonly string[] | undefined;
}

/** What the audit and the tables show of a schedule. */
export function scheduleWordsOf(schedule: ScheduleRow): Readonly<Record<string, unknown>> {
  return {
    timeZone: schedule.timeZone,
    open: schedule.weekly.map(windowText),
    holidays: schedule.holidays,
  };
}

/**
 * Adds the schedule or changes the one of that name; `isNew` says which of the two is meant. Throws `AppError`: `invalid`, or
 * `conflict` and `not-found` where it is there already, or not.
 */
export function setSchedule(
  context: AdminContext,
  given: string,
  words: ScheduleWords,
  isNew: boolean | null = null,
): ChangeOutcome {
  const name = readPolicyName(given, 'a schedule');
  if (name === 'always' || name === 'inherit' || name === 'none') {
    throw new AppError('invalid', `${name} has a meaning of its own. Give the schedule another name.`);
  }
  const weekly = words.open === undefined ? undefined : readWindows(words.open);
  const holidays = words.holidays === undefined ? undefined : readHolidays(words.holidays);
  const zone = words.timeZone === undefined ? undefined : readTimeZone(words.timeZone);
  return changePolicy(context, () => {
    const { store } = context;
    const schedules = readSchedules(store);
    const before = schedules.find((row) => row.name === name) ?? null;
    if (before === null && isNew === false) requireSchedule(store, name);
    if (before !== null && isNew === true) {
      throw new AppError(
        'conflict',
        `There is a schedule ${name} already. Change it, or choose another name.`,
      );
    }
    if (before === null) refuseAlike([name], schedules, 'schedule');
    if (before === null && schedules.length >= SCHEDULES_MAX) {
      throw new AppError(
        'invalid',
        `There are ${SCHEDULES_MAX} schedules, which is the limit. Remove old ones.`,
      );
    }
    if (before === null && weekly === undefined) {
      throw new AppError('invalid', `Say when ${name} is open, such as --open "mon-fri 08:00-18:30".`);
    }
    const after: ScheduleRow = {
      name,
      timeZone: zone ?? before?.timeZone ?? machineTimeZone(),
      weekly: weekly ?? before?.weekly ?? [],
      holidays: holidays ?? before?.holidays ?? [],
    };
    if (isSame(before, after)) return { changes: [] };
    writeSchedule(store, after);
    const guessed = before === null && zone === undefined;
    return {
      changes: [
        {
          action: before === null ? 'schedule-added' : 'schedule-changed',
          subject: `schedule ${name}`,
          before: before && scheduleWordsOf(before),
          after: scheduleWordsOf(after),
        },
      ],
      notices: [
        ...(guessed ? [`The time zone is that of this machine, ${after.timeZone}.`] : []),
        ...(scheduleUsers(store, name).length === 0
          ? [
              `No layer keeps to it yet: \`callwarden settings set schedule ${name}\`, or --schedule ${name} with ` +
                '`group set` and `extension set`.',
            ]
          : []),
      ],
    };
  });
}

/** Throws `AppError`: `not-found`, or `conflict` while something keeps to it. */
export function removeSchedule(context: AdminContext, name: string): ChangeOutcome {
  return changePolicy(context, () => {
    const { store } = context;
    const before = requireSchedule(store, name);
    const users = scheduleUsers(store, name);
    if (users.length > 0) {
      throw new AppError(
        'conflict',
        `The schedule ${name} is in use: ${someNames(users, NAMED_MAX)}. Give them another one first.`,
      );
    }
    deleteSchedule(store, name);
    const change = {
      action: 'schedule-removed',
      subject: `schedule ${name}`,
      before: scheduleWordsOf(before),
      after: null,
    };
    return { changes: [change] };
  });
}

/** Everything that keeps to a schedule, in words: `the organisation`, `group sales`, `extension 1001`, `pickup right 3`. */
export function scheduleUsers(store: Store, name: string): readonly string[] {
  const settings = readSettings(store);
  return [
    ...(settings.schedule === name ? ['the organisation'] : []),
    ...(settings['pickup-quiet-hours'] === name ? ['pickup-quiet-hours'] : []),
    ...readGroups(store)
      .filter((group) => group.schedule === name)
      .map((group) => `group ${group.name}`),
    ...readExtensions(store)
      .filter((row) => row.schedule === name)
      .map((row) => `extension ${row.extension}`),
    ...readPickupRights(store)
      .filter((right) => right.schedule === name)
      .map((right) => `pickup right ${right.id}`),
  ];
}

/** Throws `AppError('not-found')` with the nearest name. */
export function requireSchedule(store: Store, name: string): ScheduleRow {
  const schedules = readSchedules(store);
  const found = schedules.find((row) => row.name === name);
  if (found) return found;
  const names = schedules.map((row) => row.name);
  throw notKnown('schedule', name, names, 'schedule list');
}
