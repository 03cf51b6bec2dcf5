// Times of the day: windows by the clock of a time zone, through changes of the clock, on holidays, by layer.
import { describe, expect, it } from 'vitest';
import { compileSchedule, isOpen } from '../../src/barring/schedule.ts';
import type { ScheduleRow } from '../../src/barring/policy.ts';
import { extensionRow } from './policy.ts';
import { group, outcome, schedule, type Rows } from './rows.ts';

const open = (row: ScheduleRow, iso: string) => isOpen(compileSchedule(row), Date.parse(iso));
const daily = (fromMinute: number, toMinute: number) => [
  { days: [1, 2, 3, 4, 5, 6, 7], fromMinute, toMinute },
];

describe('a schedule', () => {
  it.each([
    ['2026-11-20T07:59:59Z', false],
    ['2026-11-20T08:00:00Z', true],
    ['2026-11-20T17:59:59Z', true],
    ['2026-11-20T18:00:00Z', false],
    ['2026-11-21T12:00:00Z', false],
    ['2026-11-22T12:00:00Z', false],
    ['2026-11-23T12:00:00Z', true],
  ])('is open from the first minute until before the last, on its days: %s %s', (iso, expected) => {
    expect(open(schedule('office'), iso)).toBe(expected);
  });

  it('goes by the clock on the wall, through both changes of the clock', () => {
    const paris = schedule('office', { timeZone: 'Europe/Paris', weekly: daily(8 * 60, 9 * 60) });
    expect([open(paris, '2026-03-28T07:30:00Z'), open(paris, '2026-03-28T06:30:00Z')]).toEqual([true, false]);
    expect([open(paris, '2026-03-29T06:30:00Z'), open(paris, '2026-03-29T07:30:00Z')]).toEqual([true, false]);
    expect([open(paris, '2026-10-25T06:30:00Z'), open(paris, '2026-10-25T07:30:00Z')]).toEqual([false, true]);
    // The hour that does not exist, and the one that comes twice.
    const night = schedule('night', { timeZone: 'Europe/Paris', weekly: daily(2 * 60, 3 * 60) });
    const quarters = (day: string) => [0, 1, 2, 3].map((hour) => open(night, `${day}T0${hour}:15:00Z`));
    expect(quarters('2026-03-29')).toEqual([false, false, false, false]);
    expect(quarters('2026-10-25')).toEqual([true, true, false, false]);
  });

  it.each([
    ['Asia/Kathmandu', '2026-11-20T02:15:00Z', true],
    ['Asia/Kathmandu', '2026-11-20T02:14:00Z', false],
    ['Australia/Lord_Howe', '2026-11-19T21:00:00Z', true],
    ['Pacific/Kiritimati', '2026-11-19T18:00:00Z', true],
    ['America/St_Johns', '2026-11-20T11:30:00Z', true],
    ['America/St_Johns', '2026-11-20T11:29:00Z', false],
  ])('knows zones that are ahead by quarters and halves of an hour: %s %s', (timeZone, iso, expected) => {
    expect(open(schedule('office', { timeZone }), iso)).toBe(expected);
  });

  it('is closed on holidays, by the local date, of one year or of each', () => {
    const row = schedule('office', {
      timeZone: 'America/Mexico_City',
      weekly: daily(0, 24 * 60),
      holidays: ['12-25', '2026-11-20'],
    });
    expect(open(row, '2026-12-25T05:59:00Z')).toBe(true);
    expect(open(row, '2026-12-25T06:00:00Z')).toBe(false);
    expect(open(row, '2031-12-26T05:59:00Z')).toBe(false);
    expect(open(row, '2026-11-20T12:00:00Z')).toBe(false);
    expect(open(row, '2027-11-20T12:00:00Z')).toBe(true);
  });

  it('answers the same in whatever order it is asked', () => {
    const compiled = compileSchedule(schedule('office', { timeZone: 'Europe/Paris' }));
    const times = Array.from({ length: 400 }, (_, index) => Date.UTC(2026, 2, 27) + index * 1_200_000);
    const forwards = times.map((atMs) => isOpen(compiled, atMs));
    const backwards = times.toReversed().map((atMs) => isOpen(compiled, atMs));
    expect(backwards.toReversed()).toEqual(forwards);
    expect(new Set(forwards).size).toBe(2);
  });

  it.each([Number.NaN, Infinity, -Infinity, -1, 8.64e15, 9e15])(
    'is closed at %d, which is no date',
    (atMs) => {
      expect(isOpen(compileSchedule(schedule('always', { weekly: daily(0, 24 * 60) })), atMs)).toBe(false);
    },
  );

  it('is never open where the system does not know its time zone', () => {
    expect(
      open(schedule('mars', { timeZone: 'Mars/Olympus', weekly: daily(0, 24 * 60) }), '2026-11-20'),
    ).toBe(false);
  });
});

describe('chargeable calls', () => {
  const friday = Date.UTC(2026, 10, 20, 12);
  const saturday = Date.UTC(2026, 10, 21, 12);
  const countries = [{ region: 'FR', state: 'allow' as const }];
  const schedules = [
    schedule('office'),
    schedule('weekend', { weekly: [{ days: [6, 7], fromMinute: 0, toMinute: 1440 }] }),
  ];
  const at = (rows: Rows, atMs: number, dialled = '0033140205050') =>
    outcome({ countries, schedules, ...rows }, dialled, { atMs });

  it('go out while the schedule is open; national ones always do', () => {
    const rows: Rows = { settings: { schedule: 'office', premium: ['premium'] } };
    expect(at(rows, friday)).toBe('continue country-allowed country:FR');
    expect(at(rows, saturday)).toBe('deny outside-hours schedule:office');
    expect(at(rows, saturday, '9001234567')).toBe('deny outside-hours schedule:office');
    expect(at(rows, saturday, '5512345678')).toMatch(/^continue national/);
    expect(at(rows, saturday, '911')).toMatch(/^continue emergency/);
  });

  it('go by the nearest layer that names a schedule; of several groups all must be open', () => {
    const settings = { schedule: 'office' };
    const weekend = group('weekend', { schedule: 'weekend' });
    const office = group('office', { schedule: 'office' });
    const anytime = group('anytime', { schedule: '' });
    expect(at({ settings, groups: [weekend] }, saturday)).toMatch(/^continue/);
    expect(at({ settings, groups: [weekend] }, friday)).toBe('deny outside-hours schedule:weekend');
    expect(at({ groups: [weekend, office] }, friday)).toBe('deny outside-hours schedule:weekend');
    expect(at({ settings, groups: [anytime] }, saturday)).toMatch(/^continue/);
    expect(at({ groups: [anytime, office] }, saturday)).toBe('deny outside-hours schedule:office');
    const extensions = [extensionRow('1001', { right: 'on', schedule: '' })];
    expect(at({ settings, groups: [weekend], extensions }, saturday)).toMatch(/^continue/);
  });

  it('are refused where the schedule that is named is gone', () => {
    expect(at({ settings: { schedule: 'gone' } }, friday)).toBe('deny outside-hours schedule:gone');
  });
});
