// Since and until when something counts, as it is written on the command line.
import { describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import { readLengthMs, readValidity } from '../../src/cli/validity.ts';

const HOUR_MS = 3_600_000;
const now = new Date(2026, 10, 21, 10, 0).getTime();
const local = (...parts: [number, number, number, number?, number?]) => {
  const [year, month, day, hour = 0, minute = 0] = parts;
  return new Date(year, month - 1, day, hour, minute).getTime();
};

describe('validity', () => {
  it.each([
    [{}, null, null],
    [{ until: '2026-12-31' }, null, local(2027, 1, 1)],
    [{ until: '2026-11-21' }, null, local(2026, 11, 22)],
    [{ until: '2026-12-31 18:00' }, null, local(2026, 12, 31, 18)],
    [{ until: '2026-12-31T18:00:00Z' }, null, Date.UTC(2026, 11, 31, 18)],
    [{ until: '2026-12-31 18:00+02:00' }, null, Date.UTC(2026, 11, 31, 16)],
    [{ from: '2026-12-01' }, local(2026, 12, 1), null],
    [{ from: '2026-12-01', until: '2026-12-01' }, local(2026, 12, 1), local(2026, 12, 2)],
    [{ for: '2h' }, null, now + 2 * HOUR_MS],
    [{ for: '2w' }, null, now + 14 * 24 * HOUR_MS],
    [{ from: '2026-12-01', for: '3d' }, local(2026, 12, 1), local(2026, 12, 1) + 72 * HOUR_MS],
    [{ from: '2026-11-01', for: '1h' }, local(2026, 11, 1), now + HOUR_MS],
  ])('reads %j', (words, fromMs, untilMs) => {
    expect(readValidity(words, now)).toEqual({ fromMs, untilMs });
  });

  it.each([
    [{ until: '2026-12-31', for: '2h' }, /once/],
    [{ until: '2026-11-20' }, /passed/],
    [{ until: '2026-11-21 09:59' }, /passed/],
    [{ from: '2026-12-02', until: '2026-12-01' }, /after the beginning/],
    [{ until: '2026-02-31' }, /--until takes a day/],
    [{ until: '2h' }, /--until takes a day/],
    [{ from: 'tomorrow' }, /--from takes a day/],
    [{ until: '2026-12-31 24:00' }, /--until takes a day/],
    [{ for: '0h' }, /--for takes a length/],
    [{ for: '2 hours' }, /--for takes a length/],
    [{ until: '9999-12-31' }, /century/],
  ])('refuses %j', (words, sentence) => {
    expect(() => readValidity(words, now)).toThrow(AppError);
    expect(() => readValidity(words, now)).toThrow(sentence);
  });

  it('reads lengths of time', () => {
    expect(readLengthMs('90m', '--window')).toBe(90 * 60_000);
    expect(() => readLengthMs('90', '--window')).toThrow(/--window takes a length/);
  });
});
