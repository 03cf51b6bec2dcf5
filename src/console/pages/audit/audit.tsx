// The page “Audit log”: who changed what, with before and after, and whether the chain of records is whole.
import type { z } from 'zod';
import type { auditForm } from '../../../http/api/routes/record-forms.ts';
import { usePages } from '../../api/use-pages.ts';
import { Empty } from '../../components/empty.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { Page, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { formatMoment } from '../../i18n/format.ts';
import { said } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';
import { RecordFilters, useRecords } from '../calls/record-filters.tsx';
import { ZoneNote } from '../calls/zone-note.tsx';
import './audit.css';
import { Actor } from './actor.tsx';
import { Chain } from './chain.tsx';
import { Difference, subjectText } from './difference.tsx';

export type AuditRecord = z.infer<typeof auditForm>;

export default function AuditLog() {
  const records = useRecords('month');
  const { rows, paging, problem, reload } = usePages<AuditRecord>('/audit', records.query);
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <ZoneNote />
      <Chain />
      <Section flush>
        <RecordFilters of={records} label={t('audit.search')} hint={t('audit.searchHint')}>
          <ExportLink path="/audit.csv" query={records.query} file="audit.csv" label={t('audit.csv')} />
          <ExportLink path="/audit.jsonl" query={records.query} file="audit.jsonl" label={t('audit.json')} />
        </RecordFilters>
        {problem === null ? null : <ProblemNote problem={problem} onRetry={reload} />}
        <Table
          label={t('audit.title')}
          rows={rows}
          rowKey={({ seq }) => String(seq)}
          columns={columns()}
          paging={paging}
          empty={
            <Empty
              title={t('audit.none')}
              text={paging.next === null ? t('audit.noneText') : t('calls.goOn')}
            />
          }
        />
      </Section>
    </Page>
  );
}

function columns(): readonly Column<AuditRecord>[] {
  return [
    { key: 'seq', title: t('audit.seq'), align: 'end', render: ({ seq }) => seq },
    {
      key: 'time',
      title: t('audit.time'),
      render: ({ atMs }) => <span class="nowrap">{formatMoment(atMs)}</span>,
    },
    { key: 'actor', title: t('audit.actor'), render: ({ actor }) => <Actor name={actor} /> },
    {
      key: 'what',
      title: t('audit.what'),
      render: ({ action, subject }) => (
        <>
          <strong>{subjectText(action, subject)}</strong>{' '}
          <span class="quiet">{said(action.replaceAll('-', ' '))}</span>
        </>
      ),
    },
    { key: 'change', title: t('audit.change'), render: (record) => <Difference record={record} /> },
  ];
}
