// Calls that rang: how long, on which phones, who got them.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { ringOutcomes, type RingOutcome } from './outcomes.ts';
import type { rangForm } from '../../../http/api/routes/record-forms.ts';
import { withName } from '../../api/people.ts';
import { usePages } from '../../api/use-pages.ts';
import { Badge } from '../../components/badge.tsx';
import { Empty } from '../../components/empty.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { SelectField } from '../../components/fields.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { formatDuration, formatMoment } from '../../i18n/format.ts';
import { t, tOr } from '../../i18n/t.tsx';
import { callerOf } from '../live/names.ts';
import { outcomeTone } from './names.ts';
import { RecordFilters, useRecords } from './record-filters.tsx';

type Rung = z.infer<typeof rangForm>;

export function RangCalls() {
  const records = useRecords('week');
  const [outcome, setOutcome] = useState<RingOutcome | 'all'>('all');
  const chosen = {
    ...records.query,
    ...(outcome === 'all' ? {} : { outcome }),
  };
  const { rows, paging, problem, reload } = usePages<Rung>('/ringing-calls', chosen);
  const options = [
    { value: 'all' as const, label: t('calls.everyOutcome') },
    ...ringOutcomes.map((value) => ({ value, label: t(`calls.outcome-${value}`) })),
  ];
  return (
    <Section flush>
      <RecordFilters
        of={records}
        label={t('calls.search')}
        hint={t('calls.rangHint')}
        filter={
          <SelectField
            label={t('calls.outcome')}
            value={outcome}
            options={options}
            onChange={setOutcome}
            bare
          />
        }
      >
        <ExportLink path="/ringing-calls.csv" query={chosen} file="ringing-calls.csv" />
      </RecordFilters>
      {problem === null ? null : <ProblemNote problem={problem} onRetry={reload} />}
      <Table
        label={t('calls.rang')}
        rows={rows}
        rowKey={({ seq }) => String(seq)}
        columns={columns()}
        paging={paging}
        empty={<Empty title={t('calls.noRang')} text={t('calls.noneText')} />}
      />
    </Section>
  );
}

function columns(): readonly Column<Rung>[] {
  return [
    { key: 'time', title: t('calls.firstRing'), render: ({ startedAtMs }) => formatMoment(startedAtMs) },
    { key: 'caller', title: t('calls.caller'), render: callerOf },
    {
      key: 'on',
      title: t('calls.rangOn'),
      render: ({ extensions }) =>
        [...new Set(extensions.map(({ extension }) => withName(extension)))].join(', '),
    },
    { key: 'groups', title: t('calls.groups'), render: ({ pickupGroups }) => pickupGroups.join(', ') || '–' },
    {
      key: 'rang',
      title: t('calls.rangFor'),
      align: 'end',
      render: ({ ringMs }) => formatDuration(ringMs),
    },
    {
      key: 'outcome',
      title: t('calls.outcome'),
      render: ({ outcome }) => (
        <Badge tone={outcomeTone(outcome)}>{tOr(`calls.outcome-${outcome}`, outcome)}</Badge>
      ),
    },
    {
      key: 'by',
      title: t('calls.gotBy'),
      render: ({ answeredBy, takenFrom }) =>
        takenFrom === null
          ? withName(answeredBy ?? '–')
          : t('calls.rescuedFrom', { by: withName(answeredBy ?? '–'), from: withName(takenFrom) }),
    },
  ];
}
