// Numbers, moments, durations, countries and lists as the chosen language writes them, by `Intl`.
import { spoken } from './language.ts';
import { t } from './t.tsx';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MINUTES_A_DAY = 24 * 60;

const locale = () => spoken.value.locale;

export function formatNumber(value: number, options: Intl.NumberFormatOptions = {}): string {
  return new Intl.NumberFormat(locale(), options).format(value);
}

/** `share`: 0 to 1. */
export function formatPercent(share: number): string {
  return formatNumber(share, { style: 'percent', maximumFractionDigits: 1 });
}

export function formatDate(atMs: number): string {
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'medium' }).format(atMs);
}

/** Without the year, for axes. */
export function formatDay(atMs: number): string {
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short' }).format(atMs);
}

export function formatTime(atMs: number): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' }).format(atMs);
}

/** Breaks behind a comma, as between day and time, where there is no room for all of it. */
export function formatMoment(atMs: number): string {
  const text = new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(atMs);
  return text.replaceAll(/(?<!,) /g, '\u{a0}');
}

/** Of something that ends then: at the end of a day, that day alone, as it was chosen. */
export function formatEnd(atMs: number): string {
  const at = new Date(atMs);
  const minute = at.getHours() * 60 + at.getMinutes();
  if (minute === 0) return formatDate(atMs - MINUTE_MS);
  return minute === MINUTES_A_DAY - 1 ? formatDate(atMs) : formatMoment(atMs);
}

/** `in 3 days`, `2 minutes ago`. */
export function formatFromNow(atMs: number, nowMs: number): string {
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  const difference = atMs - nowMs;
  const size = Math.abs(difference);
  if (size >= DAY_MS) return format.format(Math.round(difference / DAY_MS), 'day');
  if (size >= HOUR_MS) return format.format(Math.round(difference / HOUR_MS), 'hour');
  if (size >= MINUTE_MS) return format.format(Math.round(difference / MINUTE_MS), 'minute');
  return format.format(Math.round(difference / SECOND_MS), 'second');
}

/** `0:07`, `12:30`, `1:02:03`. */
export function formatClock(durationMs: number): string {
  const seconds = Math.max(0, Math.floor(durationMs / SECOND_MS));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

/** `7 s`, `3 min`, `2 h`, `1.5 s`. */
export function formatDuration(durationMs: number): string {
  const unit = (value: number, name: string) =>
    formatNumber(value, { style: 'unit', unit: name, unitDisplay: 'short', maximumFractionDigits: 1 });
  if (durationMs < MINUTE_MS) return unit(durationMs / SECOND_MS, 'second');
  if (durationMs < HOUR_MS) return unit(durationMs / MINUTE_MS, 'minute');
  if (durationMs < DAY_MS) return unit(durationMs / HOUR_MS, 'hour');
  return unit(durationMs / DAY_MS, 'day');
}

/** Of a region such as `MX`; `001` is what belongs to no country. */
export function countryName(region: string): string {
  if (!/^[A-Z]{2}$/.test(region)) return region === '001' ? t('ui.worldwide') : region;
  return new Intl.DisplayNames(locale(), { type: 'region' }).of(region) ?? region;
}

export function formatList(items: readonly string[]): string {
  return new Intl.ListFormat(locale(), { type: 'conjunction' }).format(items);
}

/** For sorting names as the language does. */
export function compareText(one: string, other: string): number {
  return new Intl.Collator(locale(), { numeric: true, sensitivity: 'base' }).compare(one, other);
}

/** For searching as people type: without case and accents. */
export function plainText(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
