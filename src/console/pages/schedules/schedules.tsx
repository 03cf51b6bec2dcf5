// Schedules: when calls that cost are open, each with its windows, its closed days, and who keeps to it.
import { useState } from 'preact/hooks';
import type { Schedule } from '../../../http/api/routes/schedules.ts';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { formatMoment } from '../../i18n/format.ts';
import { spoken } from '../../i18n/language.ts';
import { said } from '../../i18n/said.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import './schedules.css';
import { EditSchedule } from './edit-schedule.tsx';
import { windowLabel } from './windows.ts';

/** Users of a schedule that its row names. */
const USERS_SHOWN = 4;

export default function SchedulesPage() {
  const found = useResource<{ readonly schedules: readonly Schedule[] }>('/schedules');
  const [open, setOpen] = useState<string | null>(null);
  const editable = may('system.write');
  const removing = useAction(async (name: string) => {
    await api.get(`/schedules/${encodeURIComponent(name)}`);
    toastOutcome(await api.delete(`/schedules/${encodeURIComponent(name)}`));
    found.reload();
  });
  const remove = async (name: string) => {
    const title = t('schedules.removeTitle', { name });
    if (await confirm({ title, action: t('schedules.remove'), danger: true })) await removing.run(name);
  };
  return (
    <Page
      title={t('schedules.title')}
      lead={t('schedules.lead')}
      up={{ href: '/barring', title: t('barring.title') }}
      actions={
        editable ? (
          <Button kind="primary" icon="add" onClick={() => setOpen('')}>
            {t('schedules.add')}
          </Button>
        ) : null
      }
    >
      {removing.problem === null ? null : <ProblemNote problem={removing.problem} />}
      <Section flush>
        <Loaded of={found}>
          {({ schedules }) => (
            <Table
              label={t('schedules.title')}
              rows={schedules}
              rowKey={(row) => row.name}
              columns={columnsFor(editable ? { edit: setOpen, remove } : null)}
              empty={<Empty title={t('schedules.none')} text={t('schedules.noneText')} />}
            />
          )}
        </Loaded>
      </Section>
      {open === null ? null : (
        <EditSchedule name={open} onClose={() => setOpen(null)} onSaved={found.reload} />
      )}
    </Page>
  );
}

interface Doing {
  readonly edit: (name: string) => void;
  readonly remove: (name: string) => Promise<void>;
}

function columnsFor(doing: Doing | null): readonly Column<Schedule>[] {
  return [
    { key: 'name', title: t('schedules.name'), sort: (row) => row.name, render: (row) => row.name },
    { key: 'state', title: t('schedules.now'), render: (row) => <State row={row} /> },
    {
      key: 'open',
      title: t('schedules.open'),
      render: (row) => (
        <>
          {row.open.map((text) => (
            <div key={text}>{windowLabel(text, spoken.value.locale)}</div>
          ))}
          <div class="quiet">{row.timeZone}</div>
        </>
      ),
    },
    {
      key: 'holidays',
      title: t('schedules.holidays'),
      render: (row) => row.holidays.join(', ') || '–',
    },
    { key: 'users', title: t('schedules.users'), render: (row) => usersText(row.users) },
    ...(doing === null
      ? []
      : [
          {
            key: 'actions',
            title: t('barring.change'),
            bare: true,
            render: ({ name }: Schedule) => (
              <span class="actions">
                <IconButton
                  icon="edit"
                  label={`${t('schedules.edit')} ${name}`}
                  onClick={() => doing.edit(name)}
                />
                <IconButton
                  icon="trash"
                  label={`${t('schedules.remove')} ${name}`}
                  onClick={() => void doing.remove(name)}
                />
              </span>
            ),
          },
        ]),
  ];
}

function State({ row }: { readonly row: Schedule }) {
  return (
    <>
      <Badge tone={row.isOpen ? 'good' : 'plain'}>
        {row.isOpen ? t('schedules.isOpen') : t('schedules.isClosed')}
      </Badge>
      {row.nextChangeMs === null ? null : (
        <div class="quiet">{t('schedules.until', { when: formatMoment(row.nextChangeMs) })}</div>
      )}
    </>
  );
}

function usersText(users: readonly string[]): string {
  if (users.length === 0) return t('schedules.unused');
  const more = users.length - USERS_SHOWN;
  const told = users.slice(0, USERS_SHOWN).map(said).join(', ');
  return more > 0 ? `${told} ${t('ui.andMore', { count: more })}` : told;
}
