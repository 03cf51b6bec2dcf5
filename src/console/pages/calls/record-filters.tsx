// What lists of records are narrowed down by: letters and a period of time, with what one page has besides.
import type { ComponentChildren } from 'preact';
import { SearchField, SelectField } from '../../components/fields.tsx';
import { Toolbar } from '../../components/table.tsx';
import { t } from '../../i18n/t.tsx';
import { useAddress } from '../../shell/address.ts';
import { periodOptions, usePeriod, type ChosenPeriod, type PeriodName } from './period.ts';
import { useSettled } from './use-settled.ts';

interface ChosenRecords {
  readonly text: string;
  readonly setText: (text: string) => void;
  readonly period: ChosenPeriod;
  /** For the API, once nobody types any more. */
  readonly query: { readonly text: string; readonly since: number | undefined };
}

export function useRecords(firstPeriod: PeriodName): ChosenRecords {
  const [{ text }, choose] = useAddress({ text: '' });
  const period = usePeriod(firstPeriod);
  const setText = (next: string) => choose({ text: next });
  return { text, setText, period, query: { text: useSettled(text).trim(), since: period.since } };
}

interface RecordFiltersProps {
  readonly of: ChosenRecords;
  readonly label: string;
  readonly hint: string;
  /** Between the letters and the period. */
  readonly filter?: ComponentChildren;
  /** At the end: buttons and files. */
  readonly children: ComponentChildren;
}

export function RecordFilters({
  of: { text, setText, period },
  label,
  hint,
  filter,
  children,
}: RecordFiltersProps) {
  return (
    <Toolbar>
      <SearchField value={text} onChange={setText} label={label} placeholder={hint} />
      {filter}
      <PeriodField of={period} />
      {children}
    </Toolbar>
  );
}

export function PeriodField({ of: { name, choose } }: { readonly of: ChosenPeriod }) {
  return (
    <SelectField label={t('calls.period')} value={name} options={periodOptions()} onChange={choose} bare />
  );
}
