// “Authorised numbers”: the lists, for whom they are, the people on them, and whom to look at again.
import { useState } from 'preact/hooks';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Page, Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { Tabs } from '../../components/tabs.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { formatList, formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { regionLabel } from '../barring/names.ts';
import { ListDialog } from './list-dialog.tsx';
import { listPath, premiumLabel, type AuthorisedList, type Outcome } from './lists.ts';
import { People } from './people.tsx';
import { Reports } from './reports.tsx';

/** Names that one cell holds. */
const NAMED_MAX = 4;

const few = (names: readonly string[]) =>
  formatList(names.length > NAMED_MAX ? [...names.slice(0, NAMED_MAX), '…'] : names);

export default function Authorised() {
  const lists = useResource<{ readonly lists: readonly AuthorisedList[] }>('/authorised-lists');
  const [shown, setShown] = useState('');
  const [editing, setEditing] = useState<AuthorisedList | 'new' | null>(null);
  const mayChange = may('system.write');
  const saved = (outcomes: readonly Outcome[]) => {
    setEditing(null);
    for (const outcome of outcomes) toastOutcome(outcome);
    lists.reload();
  };
  const names = (lists.data?.lists ?? []).map(({ name }) => name);
  const newList = (
    <Button kind="primary" icon="add" onClick={() => setEditing('new')}>
      {t('authorised.newList')}
    </Button>
  );
  return (
    <Page title={t('authorised.title')} lead={t('authorised.lead')} actions={mayChange ? newList : undefined}>
      <Tabs
        label={t('authorised.title')}
        tabs={[
          {
            key: 'lists',
            title: t('authorised.tabLists'),
            content: () => (
              <>
                <Section title={t('authorised.lists')} flush>
                  <Loaded of={lists}>
                    {(data) => (
                      <Table
                        label={t('authorised.lists')}
                        rows={data.lists}
                        rowKey={({ name }) => name}
                        columns={columns(mayChange, {
                          edit: setEditing,
                          show: setShown,
                          reload: lists.reload,
                        })}
                        empty={<Empty title={t('authorised.noLists')} text={t('authorised.noListsText')} />}
                      />
                    )}
                  </Loaded>
                </Section>
                <People lists={names} list={shown} onList={setShown} onChanged={lists.reload} />
              </>
            ),
          },
          { key: 'reports', title: t('authorised.reports'), content: () => <Reports lists={names} /> },
        ]}
      />
      {editing === null ? null : (
        <ListDialog
          list={editing === 'new' ? null : editing}
          onDone={saved}
          onClose={() => setEditing(null)}
        />
      )}
    </Page>
  );
}

interface Doing {
  readonly edit: (list: AuthorisedList) => void;
  readonly show: (name: string) => void;
  readonly reload: () => void;
}

function columns(mayChange: boolean, doing: Doing): readonly Column<AuthorisedList>[] {
  return [
    {
      key: 'name',
      title: t('authorised.list'),
      sort: ({ name }) => name,
      render: ({ name }) => (
        <button type="button" class="link" onClick={() => doing.show(name)}>
          {name}
        </button>
      ),
    },
    {
      key: 'people',
      title: t('authorised.people'),
      align: 'end',
      sort: ({ people }) => people,
      render: ({ people }) => formatNumber(people),
    },
    {
      key: 'for',
      title: t('authorised.forWhom'),
      render: ({ extensions, groups }) =>
        extensions.length + groups.length === 0 ? (
          <span class="quiet">{t('authorised.nobodyYet')}</span>
        ) : (
          few([...groups, ...extensions])
        ),
    },
    {
      key: 'opens',
      title: t('authorised.opens'),
      render: ({ countries, premium }) =>
        countries.length + premium.length === 0 ? (
          <span class="quiet">{t('authorised.opensNothing')}</span>
        ) : (
          few([...countries.map(regionLabel), ...premium.map(premiumLabel)])
        ),
    },
    {
      key: 'state',
      title: t('authorised.state'),
      render: ({ enabled, admits }) => (
        <>
          <Badge tone={enabled ? 'good' : 'plain'}>{t(enabled ? 'authorised.on' : 'authorised.off')}</Badge>{' '}
          {admits ? <Badge tone="info">{t('authorised.admits')}</Badge> : null}
        </>
      ),
    },
    ...(mayChange ? [actionColumn(doing)] : []),
  ];
}

const actionColumn = (doing: Doing): Column<AuthorisedList> => ({
  key: 'act',
  title: t('authorised.actions'),
  bare: true,
  align: 'end',
  render: (list) => (
    <div class="actions">
      <IconButton
        icon="edit"
        label={t('authorised.editNamed', { what: list.name })}
        onClick={() => doing.edit(list)}
      />
      <IconButton
        icon="trash"
        label={t('ui.remove', { what: list.name })}
        onClick={() => void removeList(list, doing.reload)}
      />
    </div>
  ),
});

async function removeList({ name, people }: AuthorisedList, reload: () => void): Promise<void> {
  const yes = await confirm({
    title: t('authorised.removeList', { list: name }),
    text: t('authorised.removeListText', { count: people }),
    action: t('authorised.removeAction'),
    danger: true,
  });
  if (!yes) return;
  await attempt(() => api.delete<Outcome>(listPath(name), { ifMatch: '*' }));
  reload();
}
