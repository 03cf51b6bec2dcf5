// Attempts to take a call: who, whose, what came of it.
import { usePages } from '../../api/use-pages.ts';
import { Badge } from '../../components/badge.tsx';
import { Empty } from '../../components/empty.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { Section } from '../../components/page.tsx';
import { Person } from '../../components/person.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { formatDuration, formatMoment } from '../../i18n/format.ts';
import { t, tOr } from '../../i18n/t.tsx';
import type { Call } from './decisions.tsx';
import { RecordFilters, useRecords } from './record-filters.tsx';

export function Pickups() {
  const records = useRecords('week');
  const { rows, paging, problem, reload } = usePages<Call>('/pickups', records.query);
  return (
    <Section flush>
      <RecordFilters of={records} label={t('calls.search')} hint={t('calls.searchHint')}>
        <ExportLink path="/calls.csv" query={{ kind: 'pickup', ...records.query }} file="pickups.csv" />
      </RecordFilters>
      {problem === null ? null : <ProblemNote problem={problem} onRetry={reload} />}
      <Table
        label={t('calls.pickups')}
        rows={rows}
        rowKey={({ seq }) => String(seq)}
        columns={columns()}
        paging={paging}
        empty={<Empty title={t('calls.noPickups')} text={t('calls.noPickupsText')} />}
      />
    </Section>
  );
}

/** As the daemon recorded it. */
interface Wanted {
  readonly callerNumber?: string;
  readonly callerName?: string;
  readonly rangMs?: number;
}

function wantedCall({ detail }: Call): Wanted {
  const { call } = detail as { readonly call?: Wanted };
  return call ?? {};
}

function columns(): readonly Column<Call>[] {
  return [
    { key: 'time', title: t('calls.time'), render: ({ atMs }) => formatMoment(atMs) },
    {
      key: 'picker',
      title: t('calls.picker'),
      render: ({ party, detail }) => (
        <>
          {party === null ? t('calls.nobody') : <Person extension={party} />}
          {typeof detail['by'] === 'string' ? <span class="quiet"> ({detail['by']})</span> : null}
        </>
      ),
    },
    {
      key: 'from',
      title: t('calls.takenFrom'),
      render: ({ number, dialled }) => <Person extension={number || dialled || '–'} />,
    },
    {
      key: 'caller',
      title: t('calls.caller'),
      render: (call) => {
        const { callerName = '', callerNumber = '' } = wantedCall(call);
        return [callerName, callerNumber].filter(Boolean).join(' ') || '–';
      },
    },
    {
      key: 'rang',
      title: t('calls.hadRung'),
      align: 'end',
      render: (call) => {
        const { rangMs } = wantedCall(call);
        return rangMs === undefined ? '–' : formatDuration(rangMs);
      },
    },
    {
      key: 'outcome',
      title: t('calls.outcome'),
      render: ({ outcome, reason, verdict }) => {
        const isWon = outcome === 'won';
        const why = reason === 'take' ? (outcome ?? 'unknown') : reason;
        const word = isWon ? t('calls.taken') : tOr(`live.why-${why}`, verdict);
        return <Badge tone={isWon ? 'good' : 'warn'}>{word}</Badge>;
      },
    },
  ];
}
