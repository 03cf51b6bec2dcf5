// How windows, holidays and time zones of schedules are written: `mon-fri 08:00-18:30`, `12-25`, `Europe/Paris`.
import type { ScheduleWindow } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { nearestWord } from '../nearest-word.ts';

const WINDOWS_MAX = 50;
const HOLIDAYS_MAX = 200;
const DAY_MINUTES = 24 * 60;

const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const longNames = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const CLOCKS = /^(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})$/;
const HOLIDAY = /^(?:(\d{4})-)?(\d{2})-(\d{2})$/;
/** 29 February is a day of some years. */
const LEAP_YEAR = 2028;

/** Throws `AppError('invalid')` with what is wrong. A window over midnight becomes two. */
export function readWindows(words: readonly string[]): readonly ScheduleWindow[] {
  const windows = words.flatMap(readWindow);
  if (windows.length === 0) throw new AppError('invalid', 'A schedule is open at some time: use --open.');
  if (windows.length > WINDOWS_MAX) {
    throw new AppError('invalid', `A schedule has ${WINDOWS_MAX} windows at most, not ${windows.length}.`);
  }
  return windows;
}

function readWindow(text: string): readonly ScheduleWindow[] {
  const [daysWord = '', clocks = '', ...rest] = text.trim().toLowerCase().split(/\s+/);
  const match = CLOCKS.exec(clocks);
  if (!match || rest.length > 0) {
    throw new AppError(
      'invalid',
      `${JSON.stringify(text)} is no window. Write days and times: "mon-fri 08:00-18:30" or "daily 22:00-06:00".`,
    );
  }
  const days = readDays(daysWord, text);
  const [, fromHour, fromRest, toHour, toRest] = match;
  const fromMinute = minuteOf(fromHour, fromRest, text);
  const toMinute = minuteOf(toHour, toRest, text);
  if (fromMinute === toMinute || fromMinute === DAY_MINUTES) {
    throw new AppError('invalid', `${JSON.stringify(text)} is open for no time. All day is 00:00-24:00.`);
  }
  if (fromMinute < toMinute) return [{ days, fromMinute, toMinute }];
  const evening = { days, fromMinute, toMinute: DAY_MINUTES };
  if (toMinute === 0) return [evening];
  const following = days.map((day) => (day % 7) + 1).sort((a, b) => a - b);
  return [evening, { days: following, fromMinute: 0, toMinute }];
}

function minuteOf(hour = '', minute = '', text: string): number {
  const total = Number(hour) * 60 + Number(minute);
  if (Number(minute) < 60 && total <= DAY_MINUTES) return total;
  throw new AppError('invalid', `${hour}:${minute} in ${JSON.stringify(text)} is no time of a day.`);
}

/** 1 Monday to 7 Sunday, ascending, of `mon-fri`, `sat,sun`, `fri-mon` or `daily`. */
function readDays(word: string, text: string): readonly number[] {
  if (word === 'daily') return [1, 2, 3, 4, 5, 6, 7];
  const found = new Set<number>();
  for (const part of word.split(',')) {
    const [from = '', to = from, ...more] = part.split('-');
    const first = dayOf(from, text);
    const last = more.length > 0 ? dayOf(part, text) : dayOf(to, text);
    for (let day = first; ; day = (day % 7) + 1) {
      found.add(day);
      if (day === last) break;
    }
  }
  return [...found].sort((a, b) => a - b);
}

function dayOf(word: string, text: string): number {
  const index = dayNames.findIndex((name, at) => word === name || word === longNames[at]);
  if (index >= 0) return index + 1;
  const near = nearestWord(word, [...dayNames, ...longNames, 'daily']);
  throw new AppError(
    'invalid',
    `${JSON.stringify(word)} in ${JSON.stringify(text)} is no day. ` +
      (near === null ? 'Days are mon tue wed thu fri sat sun, or daily.' : `Did you mean ${near}?`),
  );
}

/** `mon-fri 08:00-18:30`: what `readWindows` would read. */
export function windowText({ days, fromMinute, toMinute }: ScheduleWindow): string {
  return `${daysText(days)} ${clockText(fromMinute)}-${clockText(toMinute)}`;
}

function daysText(days: readonly number[]): string {
  if (days.length === 7) return 'daily';
  const runs: number[][] = [];
  for (const day of days) {
    const run = runs.at(-1);
    if (run?.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined) => dayNames[(day ?? 1) - 1] ?? '';
  return runs
    .map((run) => (run.length < 3 ? run.map(name).join(',') : `${name(run[0])}-${name(run.at(-1))}`))
    .join(',');
}

const two = (value: number) => String(value).padStart(2, '0');
const clockText = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;

/** Ascending, each once: `2026-12-25`, or `12-25` for every year. Throws `AppError('invalid')`. */
export function readHolidays(words: readonly string[]): readonly string[] {
  const days = words.flatMap((text) => text.split(/[\s,]+/)).filter((text) => text !== '');
  const wrong = days.find((day) => !isDay(day));
  if (wrong !== undefined) {
    throw new AppError(
      'invalid',
      `${JSON.stringify(wrong)} is no holiday. Write 2026-12-25, or 12-25 for every year.`,
    );
  }
  const holidays = [...new Set(days)].sort();
  if (holidays.length <= HOLIDAYS_MAX) return holidays;
  throw new AppError('invalid', `A schedule has ${HOLIDAYS_MAX} holidays at most, not ${holidays.length}.`);
}

function isDay(text: string): boolean {
  const [, year = LEAP_YEAR, month = '', day = ''] = HOLIDAY.exec(text) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return month !== '' && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
}

/** The zone's own spelling. Throws `AppError('invalid')` with the nearest name. */
export function readTimeZone(word: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: word }).resolvedOptions().timeZone;
  } catch {
    const near = nearestWord(word, Intl.supportedValuesOf('timeZone'));
    const hint = near === null ? 'Write one such as Europe/Paris.' : `Did you mean ${near}?`;
    throw new AppError('invalid', `${JSON.stringify(word)} is no time zone. ${hint}`);
  }
}

export function machineTimeZone(): string {
  return new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
}
