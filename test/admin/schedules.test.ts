// Schedules: how windows are written, when they are open, who keeps them from being removed.
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { setExtensions } from '../../src/admin/extensions.ts';
import { readHolidays, readTimeZone, readWindows, windowText } from '../../src/admin/schedule-words.ts';
import { scheduleState, stateOf } from '../../src/admin/schedule-state.ts';
import { removeSchedule, setSchedule } from '../../src/admin/schedules.ts';
import { setSettings } from '../../src/admin/settings.ts';
import { readSchedules } from '../../src/store/schedules.ts';
import { tempContext } from '../store/temp-store.ts';

const invalid = (message: RegExp) =>
  expect.objectContaining({ code: 'invalid', message: expect.stringMatching(message) });

describe('windows', () => {
  it.each([
    ['mon-fri 08:00-18:30', ['mon-fri 08:00-18:30']],
    ['Monday 8:00-9:05', ['mon 08:00-09:05']],
    ['sat,sun 00:00-24:00', ['sat,sun 00:00-24:00']],
    ['daily 22:00-06:00', ['daily 22:00-24:00', 'daily 00:00-06:00']],
    ['fri,sun 22:00-6:00', ['fri,sun 22:00-24:00', 'mon,sat 00:00-06:00']],
    ['sat-mon 10:00-00:00', ['mon,sat,sun 10:00-24:00']],
    ['mon,wed-fri 09:00-12:00', ['mon,wed-fri 09:00-12:00']],
  ])('written %j are %j', (text, expected) => {
    expect(readWindows([text]).map(windowText)).toEqual(expected);
  });

  it.each([
    ['08:00-18:00', /no window/],
    ['mon-fri', /no window/],
    ['mun-fri 08:00-18:00', /Did you mean mon\?|Did you mean sun\?/],
    ['mon-fri 08:00-18:60', /18:60/],
    ['mon-fri 08:00-25:00', /25:00/],
    ['mon-fri 08:00-08:00', /open for no time/],
    ['mon-fri 24:00-08:00', /open for no time/],
    ['mon-fri 08:00-18:00 extra', /no window/],
    ['', /no window/],
  ])('written %j are refused', (text, problem) => {
    expect(() => readWindows([text])).toThrow(invalid(problem));
  });

  it('are told as they are read', () => {
    const windows = fc.record({
      days: fc
        .uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })
        .map((days) => days.toSorted((a, b) => a - b)),
      fromMinute: fc.integer({ min: 0, max: 1438 }),
      length: fc.integer({ min: 1, max: 1440 }),
    });
    fc.assert(
      fc.property(windows, ({ days, fromMinute, length }) => {
        const window = { days, fromMinute, toMinute: Math.min(1440, fromMinute + length) };
        expect(readWindows([windowText(window)])).toEqual([window]);
      }),
    );
  });
});

describe('holidays and time zones', () => {
  it('are days that there are, each once', () => {
    expect(readHolidays(['2026-12-25', '01-01,02-29', '01-01'])).toEqual(['01-01', '02-29', '2026-12-25']);
    for (const wrong of ['12-32', '2026-02-29', '2026-13-01', '1-1', 'xmas', '02-30']) {
      expect(() => readHolidays([wrong])).toThrow(invalid(/no holiday/));
    }
  });

  it('are spelled as the machine knows them', () => {
    expect(readTimeZone('europe/paris')).toBe('Europe/Paris');
    expect(() => readTimeZone('Europe/Pariz')).toThrow(invalid(/Did you mean Europe\/Paris\?/));
  });
});

describe('a schedule', () => {
  const office = { timeZone: 'Europe/Paris', open: ['mon-fri 08:00-18:30'], holidays: ['2026-12-25'] };

  it('is added, changed in part, and left alone where all is so already', () => {
    const context = tempContext();
    setSchedule(context, 'office', office);
    expect(setSchedule(context, 'office', office).changes).toEqual([]);
    expect(setSchedule(context, 'office', { holidays: [] }).changes).toMatchObject([
      { action: 'schedule-changed', before: { holidays: ['2026-12-25'] }, after: { holidays: [] } },
    ]);
    expect(readSchedules(context.store)).toEqual([
      {
        name: 'office',
        timeZone: 'Europe/Paris',
        weekly: [{ days: [1, 2, 3, 4, 5], fromMinute: 480, toMinute: 1110 }],
        holidays: [],
      },
    ]);
    expect(() => setSchedule(context, 'night', {})).toThrow(invalid(/Say when night is open/));
    expect(() => setSchedule(context, 'always', office)).toThrow(invalid(/meaning of its own/));
  });

  it('tells whether it is open, and what comes next, by its own clock', () => {
    const context = tempContext();
    setSchedule(context, 'office', office);
    const at = (time: string) => {
      const { isOpen, nextChangeMs } = scheduleState(context.store, 'office', Date.parse(time));
      return [isOpen, new Date(nextChangeMs ?? 0).toISOString()];
    };
    expect(at('2026-11-20T12:00:00Z')).toEqual([true, '2026-11-20T17:30:00.000Z']);
    expect(at('2026-11-20T17:30:00Z')).toEqual([false, '2026-11-23T07:00:00.000Z']);
    // Summer time, and a holiday before a week-end.
    expect(at('2026-07-01T05:59:59Z')).toEqual([false, '2026-07-01T06:00:00.000Z']);
    expect(at('2026-12-25T12:00:00Z')).toEqual([false, '2026-12-28T07:00:00.000Z']);
  });

  it('that is always open has no change ahead', () => {
    const row = { name: 'x', timeZone: 'UTC', weekly: readWindows(['daily 00:00-24:00']), holidays: [] };
    expect(stateOf(row, 0)).toMatchObject({ isOpen: true, nextChangeMs: null });
  });

  it('is not removed while something keeps to it, and must be there to be kept to', () => {
    const context = tempContext();
    setSchedule(context, 'office', office);
    setSettings(context, new Map([['schedule', ['office']]]));
    setExtensions(context, ['1001'], { schedule: 'office' });
    expect(() => removeSchedule(context, 'office')).toThrow(
      expect.objectContaining({
        code: 'conflict',
        message: expect.stringContaining('the organisation, extension 1001'),
      }),
    );
    expect(() => setSettings(context, new Map([['schedule', ['offce']]]))).toThrow(/Did you mean office\?/);
    setSettings(context, new Map([['schedule', ['none']]]));
    setExtensions(context, ['1001'], { schedule: null });
    expect(removeSchedule(context, 'office').changes).toMatchObject([{ action: 'schedule-removed' }]);
    expect(() => removeSchedule(context, 'office')).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});
