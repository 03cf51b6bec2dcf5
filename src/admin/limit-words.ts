// How limits are written: `20/h`, `5/d`, `60m`, and the words for what is counted.
import { limitClasses, limitMeasures, type LimitClass, type LimitMeasure } from '../barring/policy.ts';
import { AppError } from '../errors.ts';
import { readChoice } from './known-word.ts';
import { lengthWord, readLengthWord, unitMs } from './length-words.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 3_600_000;

/** The ledger keeps no more than that. */
const WINDOW_MS_MAX = 31 * DAY_MS;
/** Half of what the ledger reads at a start. */
const COUNT_MAX = 100_000;
const DURATION_S_MAX = 24 * 3600;
const DURATION_S_MIN = 5;
const QUARANTINE_MS_MAX = 366 * DAY_MS;

export interface LimitAmount {
  /** Calls or countries; seconds for `duration`. */
  readonly max: number;
  readonly windowMs: number | null;
}

/** Throws `AppError('invalid')`. */
export function readMeasure(word: string): LimitMeasure {
  return readChoice(word, limitMeasures, 'What is limited');
}

/** Throws `AppError('invalid')`. */
export function readLimitClass(word: string): LimitClass {
  return readChoice(word, limitClasses, '--class');
}

/** Throws `AppError('invalid')`. */
export function readAction(word: string): 'deny' | 'quarantine' {
  return readChoice(word, ['deny', 'quarantine'], '--then');
}

/** `20/h` for calls, `5/d` for countries, `2` for calls at the same time, `60m` for a duration. */
export function readAmount(measure: LimitMeasure, word: string): LimitAmount {
  switch (measure) {
    case 'calls':
    case 'countries':
      return readRate(measure, word);
    case 'concurrent':
      return { max: readCount(word, 'limit set concurrent 2'), windowMs: null };
    case 'duration':
      return { max: readDurationS(word), windowMs: null };
  }
}

function readRate(measure: string, word: string): LimitAmount {
  const [, count = '', times = '', unit = ''] = /^(\d{1,9})\/(\d{0,4})(min|[mhdw])$/.exec(word) ?? [];
  if (count === '') {
    throw new AppError(
      'invalid',
      `How many ${measure} in what time: 20/h, 50/d or 10/15m, not ${JSON.stringify(word)}.`,
    );
  }
  const windowMs = (times === '' ? 1 : Number(times)) * (unitMs[unit] ?? 0);
  if (windowMs < MINUTE_MS || windowMs > WINDOW_MS_MAX) {
    throw new AppError('invalid', 'A limit looks back over a minute at least and 31 days at most.');
  }
  return { max: readCount(count, `limit set ${measure} 20/h`), windowMs };
}

function readCount(word: string, example: string): number {
  const count = /^\d{1,9}$/.test(word) ? Number(word) : Number.NaN;
  if (count <= COUNT_MAX) return count;
  throw new AppError(
    'invalid',
    `A limit is a whole number from 0 to ${COUNT_MAX.toLocaleString('en')}, not ${JSON.stringify(word)}: ` +
      `\`callwarden ${example}\`.`,
  );
}

function readDurationS(word: string): number {
  const seconds = (readLengthWord(word) ?? 0) / 1000;
  if (seconds >= DURATION_S_MIN && seconds <= DURATION_S_MAX) return seconds;
  throw new AppError(
    'invalid',
    `The longest call is a time such as 90s, 60m or 2h, from 5 s to 24 h, not ${JSON.stringify(word)}.`,
  );
}

/** Throws `AppError('invalid')`; `option` names what was given. */
export function readQuarantineMs(word: string, option: string): number {
  const ms = readLengthWord(word) ?? 0;
  if (ms >= MINUTE_MS && ms <= QUARANTINE_MS_MAX) return ms;
  throw new AppError(
    'invalid',
    `${option} takes a time such as 30m, 4h or 7d, a minute at least, not ${JSON.stringify(word)}.`,
  );
}

/** `20/h`, `10/15m`, `2`, `60m`: as it is written. */
export function amountWord({ max, windowMs }: LimitAmount, measure: LimitMeasure): string {
  if (measure === 'duration') return lengthWord(max * 1000);
  if (windowMs === null) return String(max);
  const length = lengthWord(windowMs);
  return `${max}/${/^1\D/.test(length) ? length.slice(1) : length}`;
}
