// Times to choose from, counted from the moment in which one was chosen.
import { useMemo, useState } from 'preact/hooks';
import type { Option } from '../../components/fields.tsx';
import { t } from '../../i18n/t.tsx';
import { useAddress } from '../../shell/address.ts';

const DAY_MS = 86_400_000;

export const periods = ['today', 'day', 'week', 'month', 'quarter', 'all'] as const;
export type PeriodName = (typeof periods)[number];

export function periodOptions(names: readonly PeriodName[] = periods): readonly Option<PeriodName>[] {
  return names.map((value) => ({ value, label: t(`calls.period-${value}`) }));
}

/** Milliseconds since the epoch; undefined for all time. */
function sinceOf(name: PeriodName, nowMs: number): number | undefined {
  switch (name) {
    case 'today':
      return new Date(nowMs).setHours(0, 0, 0, 0);
    case 'day':
      return nowMs - DAY_MS;
    case 'week':
      return nowMs - 7 * DAY_MS;
    case 'month':
      return nowMs - 30 * DAY_MS;
    case 'quarter':
      return nowMs - 90 * DAY_MS;
    case 'all':
      return undefined;
  }
}

export interface ChosenPeriod {
  readonly name: PeriodName;
  readonly since: number | undefined;
  readonly choose: (name: PeriodName) => void;
  /** Counts from now on again. */
  readonly renew: () => void;
}

export function usePeriod(first: PeriodName): ChosenPeriod {
  const [{ period }, choose] = useAddress<{ readonly period: string }>({ period: first });
  const name = periods.find((known) => known === period) ?? first;
  const [turn, setTurn] = useState(0);
  const since = useMemo(() => sinceOf(name, Date.now()), [name, turn]);
  return { name, since, choose: (next) => choose({ period: next }), renew: () => setTurn(turn + 1) };
}

export const browserTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
