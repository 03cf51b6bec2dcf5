// Whom one looks at again: people whose number nobody calls, and people whose time runs out; as a file, too.
import { useState } from 'preact/hooks';
import { useResource } from '../../api/use-resource.ts';
import { Empty } from '../../components/empty.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/page.tsx';
import { ReportFilter, usualReport } from '../../components/report-filter.tsx';
import { Table, Toolbar, type Column } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { formatDate } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { personName, type Person } from './lists.ts';
import { lastColumns, numberColumn } from './people.tsx';
import { PersonDialog } from './person-dialog.tsx';

/** More of them are in the file. */
const ROWS_MAX = 200;

export function Reports({ lists }: { readonly lists: readonly string[] }) {
  const [choice, setChoice] = useState(() => usualReport('unused'));
  const [open, setOpen] = useState<Person | null>(null);
  const path = `/authorised-numbers/${choice.kind}`;
  const report = useResource<{ readonly rows: readonly Person[]; readonly count: number }>(path, {
    days: choice.days,
    limit: ROWS_MAX,
  });
  const changed = () => {
    setOpen(null);
    report.reload();
  };
  return (
    <Section title={t('authorised.reports')} lead={t('authorised.reportsLead')} flush>
      <Toolbar>
        <ReportFilter choice={choice} onChange={setChoice} />
        <ExportLink
          path={`${path}.csv`}
          query={{ days: choice.days }}
          file={`authorised-${choice.kind}.csv`}
        />
      </Toolbar>
      <Loaded of={report}>
        {({ rows, count }) => (
          <>
            <Table
              label={t('authorised.reports')}
              rows={rows}
              rowKey={({ id }) => String(id)}
              columns={columns(may('system.write'), setOpen, changed)}
              empty={<Empty title={t('authorised.nobodyReported')} />}
            />
            {count > rows.length ? (
              <p class="toolbar quiet">{t('ui.andMore', { count: count - rows.length })}</p>
            ) : null}
          </>
        )}
      </Loaded>
      {open === null ? null : (
        <PersonDialog
          person={open}
          lists={lists}
          list={open.list}
          onDone={(outcome) => {
            toastOutcome(outcome);
            changed();
          }}
          onClose={() => setOpen(null)}
        />
      )}
    </Section>
  );
}

function columns(
  mayChange: boolean,
  edit: (person: Person) => void,
  changed: () => void,
): readonly Column<Person>[] {
  return [
    { key: 'name', title: t('authorised.name'), sort: personName, render: personName },
    numberColumn(),
    { key: 'list', title: t('authorised.list'), sort: ({ list }) => list, render: ({ list }) => list },
    {
      key: 'last',
      title: t('authorised.lastUsed'),
      render: ({ lastUsedMs, addedMs }) =>
        lastUsedMs === null
          ? t('authorised.neverSince', { day: formatDate(addedMs) })
          : formatDate(lastUsedMs),
    },
    ...lastColumns(mayChange, edit, changed),
  ];
}
