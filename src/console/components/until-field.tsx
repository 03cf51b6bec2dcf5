// `UntilField`: the end of something in one click (today, Friday, in a week, none), or a day and time of one's own.
import { useId, useState } from 'preact/hooks';
import { formatMoment } from '../i18n/format.ts';
import { t } from '../i18n/t.tsx';
import { TextField } from './fields.tsx';

const FRIDAY = 5;
const DAYS_OF_WEEK = 7;

type Quick = 'today' | 'friday' | 'week' | 'none' | 'other';

const quicks: readonly Quick[] = ['today', 'friday', 'week', 'none', 'other'];
const words = {
  today: 'ui.untilToday',
  friday: 'ui.untilFriday',
  week: 'ui.untilWeek',
  none: 'ui.untilNoEnd',
  other: 'ui.untilOther',
} as const;

interface UntilFieldProps {
  readonly label?: string;
  /** Milliseconds since the epoch; null for no end. */
  readonly value: number | null;
  readonly onChange: (untilMs: number | null) => void;
  /** False: it must have an end. */
  readonly noEnd?: boolean;
}

/** The last minute of the day that is so many days from now. */
function endOfDay(days: number): number {
  const day = new Date();
  day.setDate(day.getDate() + days);
  day.setHours(23, 59, 0, 0);
  return day.getTime();
}

/** Today, where today is a Friday. */
function daysToFriday(): number {
  return (FRIDAY - new Date().getDay() + DAYS_OF_WEEK) % DAYS_OF_WEEK;
}

/** As the browser's field wants it, in the time zone of the browser. */
function fieldText(atMs: number): string {
  const local = new Date(atMs - new Date(atMs).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 'yyyy-mm-ddThh:mm'.length);
}

/** What an exception begins with: an end that one must take away rather than remember. */
export const inAWeek = (): number => endOfDay(DAYS_OF_WEEK);

const ends: Readonly<Record<Exclude<Quick, 'other'>, () => number | null>> = {
  today: () => endOfDay(0),
  friday: () => endOfDay(daysToFriday()),
  week: inAWeek,
  none: () => null,
};

const isEnd = (key: Quick, untilMs: number | null) => key !== 'other' && ends[key]() === untilMs;

export function UntilField({ label, value, onChange, noEnd = true }: UntilFieldProps) {
  const name = useId();
  const offered = quicks.filter((key) => noEnd || key !== 'none');
  const [quick, setQuick] = useState<Quick>(() => offered.find((key) => isEnd(key, value)) ?? 'other');
  const choose = (key: Quick) => {
    setQuick(key);
    onChange(key === 'other' ? (value ?? endOfDay(0)) : ends[key]());
  };
  return (
    <fieldset class="choices">
      <legend>{label ?? t('ui.until')}</legend>
      <div class="pills">
        {offered.map((key) => (
          <label key={key} class="pill">
            <input type="radio" name={name} checked={quick === key} onChange={() => choose(key)} />
            <span>{t(words[key])}</span>
          </label>
        ))}
      </div>
      {quick === 'other' ? (
        <TextField
          label={t('ui.dayAndTime')}
          type="datetime-local"
          value={value === null ? '' : fieldText(value)}
          onChange={(text) => {
            const atMs = new Date(text).getTime();
            if (!Number.isNaN(atMs)) onChange(atMs);
          }}
        />
      ) : value === null ? null : (
        <p class="hint">{formatMoment(value)}</p>
      )}
    </fieldset>
  );
}
