// The windows of a schedule as the API writes them (`mon-fri 08:00-18:30`), taken apart for the fields of the page.
export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof days)[number];

export interface OpenWindow {
  readonly days: readonly Day[];
  /** `08:00`. */
  readonly from: string;
  readonly to: string;
}

export const newWindow: OpenWindow = { days: days.slice(0, 5), from: '08:00', to: '18:00' };

const dayAt = (word: string) => days.findIndex((day) => day === word);

function readDays(word: string): readonly Day[] {
  if (word === 'daily') return days;
  const found = new Set(
    word.split(',').flatMap((part) => {
      const [first = '', last = first] = part.split('-');
      const from = dayAt(first);
      const many = ((dayAt(last) - from + days.length) % days.length) + 1;
      return Array.from({ length: many }, (_, step) => days[(from + step) % days.length]);
    }),
  );
  return days.filter((day) => found.has(day));
}

export function readWindow(text: string): OpenWindow {
  const [word = '', clocks = ''] = text.split(' ');
  const [from = '', to = ''] = clocks.split('-');
  return { days: readDays(word), from, to };
}

/** The end of a day is 24:00, which a field for times writes as 00:00. */
export function windowText({ days: chosen, from, to }: OpenWindow): string {
  const word = chosen.length === days.length ? 'daily' : chosen.join(',');
  return `${word} ${from}-${to === '00:00' ? '24:00' : to}`;
}

/** As a field for times takes it. */
export const fieldTime = (time: string): string => (time === '24:00' ? '00:00' : time);

/** The name of a day as the language writes it, short or whole. */
export function dayName(day: Day, locale: string, style: 'short' | 'long'): string {
  // The fifth of January 1970 was a Monday.
  const at = Date.UTC(1970, 0, 5 + days.indexOf(day));
  return new Intl.DateTimeFormat(locale, { weekday: style, timeZone: 'UTC' }).format(at);
}

/** `Mon – Fri 08:00–18:30` in the words of the language. */
export function windowLabel(text: string, locale: string): string {
  const { days: open, from, to } = readWindow(text);
  const names = open.map((day) => dayName(day, locale, 'short'));
  const [first = ''] = names;
  const at = open.map((day) => days.indexOf(day));
  const isRun = at.every((place, step) => step === 0 || place === (at[step - 1] ?? 0) + 1);
  const which = isRun && names.length > 2 ? `${first} – ${names.at(-1) ?? ''}` : names.join(', ');
  return `${which} ${from}–${to}`;
}
