// `ReportFilter`: all rows, those unused for so many days, or those that end within so many; for reports above tables.
import { t } from '../i18n/t.tsx';
import { NumberField, SelectField } from './fields.tsx';

export type ReportKind = 'unused' | 'expiring';

/** '' for all rows. */
export interface ReportChoice {
  readonly kind: ReportKind | '';
  readonly days: number;
}

const DAYS_MAX = 3_660;
const usual: Readonly<Record<ReportKind, number>> = { unused: 90, expiring: 30 };

export const usualReport = (kind: ReportKind | ''): ReportChoice => ({
  kind,
  days: kind === '' ? 0 : usual[kind],
});

interface ReportFilterProps {
  readonly choice: ReportChoice;
  readonly onChange: (choice: ReportChoice) => void;
  /** What stands for all rows; without it, one of the reports is always chosen. */
  readonly all?: string;
}

export function ReportFilter({ choice, onChange, all }: ReportFilterProps) {
  const { kind, days } = choice;
  return (
    <>
      <SelectField<ReportKind | ''>
        label={t('ui.report')}
        value={kind}
        options={[
          ...(all === undefined ? [] : [{ value: '' as const, label: all }]),
          { value: 'unused', label: t('ui.reportUnused') },
          { value: 'expiring', label: t('ui.reportExpiring') },
        ]}
        onChange={(next) => onChange(usualReport(next))}
      />
      {kind === '' ? null : (
        <NumberField
          label={t(kind === 'unused' ? 'ui.reportUnusedDays' : 'ui.reportExpiringDays')}
          value={days}
          min={1}
          max={DAYS_MAX}
          unit={t('ui.reportDays', { count: days })}
          onChange={(next) => {
            if (next !== null && next >= 1 && next <= DAYS_MAX) onChange({ kind, days: next });
          }}
        />
      )}
    </>
  );
}
