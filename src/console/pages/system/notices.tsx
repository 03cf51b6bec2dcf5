// What the daemon gave notice of: limits, quarantines, signs of fraud, locked PINs.
import { usePages } from '../../api/use-pages.ts';
import { Badge } from '../../components/badge.tsx';
import { Empty } from '../../components/empty.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table } from '../../components/table.tsx';
import { formatMoment } from '../../i18n/format.ts';
import { said } from '../../i18n/said.ts';
import { t, tOr } from '../../i18n/t.tsx';

const ROWS = 10;

interface Notice {
  readonly seq: number;
  readonly atMs: number;
  readonly kind: string;
  readonly extension: string | null;
  readonly text: string;
}

export function Notices() {
  const { rows, paging, problem, reload } = usePages<Notice>('/notices', { limit: ROWS });
  return (
    <Section title={t('system.notices')} lead={t('system.noticesLead')} flush>
      {problem === null ? null : <ProblemNote problem={problem} onRetry={reload} />}
      <Table
        label={t('system.notices')}
        rows={rows}
        rowKey={({ seq }) => String(seq)}
        paging={paging}
        empty={<Empty title={t('system.noNotices')} />}
        columns={[
          { key: 'time', title: t('calls.time'), render: ({ atMs }) => formatMoment(atMs) },
          {
            key: 'kind',
            title: t('system.kind'),
            render: ({ kind }) => <Badge tone="warn">{tOr(`calls.notice-${kind}`, kind)}</Badge>,
          },
          { key: 'extension', title: t('system.about'), render: ({ extension }) => extension ?? '–' },
          { key: 'text', title: t('ui.notice'), render: ({ text }) => said(text) },
        ]}
      />
    </Section>
  );
}
