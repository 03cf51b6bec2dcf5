// The page “Users”: the extensions with their right, level, groups and exceptions; many of them changed at once.
import { useState } from 'preact/hooks';
import type { z } from 'zod';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { usePages } from '../../api/use-pages.ts';
import { useResource } from '../../api/use-resource.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { Page, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { t } from '../../i18n/t.tsx';
import { useAddress } from '../../shell/address.ts';
import { may } from '../../shell/session.ts';
import type { listedForm } from '../../../http/api/routes/extensions.ts';
import type { outcomeForm } from '../../../http/api/forms.ts';
import { AddException } from '../user/add-exception.tsx';
import { AddUsers, ImportUsers } from './add-users.tsx';
import { BulkEdit } from './bulk-edit.tsx';
import { filterOf, noFilter, UserFilters } from './user-filters.tsx';
import { userColumns } from './user-columns.tsx';

export type ListedUser = z.infer<typeof listedForm>;
type Outcome = z.infer<typeof outcomeForm>;

type Dialog = 'add' | 'import' | 'edit' | 'edit-all' | 'exception';

export default function UsersPage() {
  const [filter, setFilter] = useAddress(noFilter);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const query = filterOf(filter);
  const pages = usePages<ListedUser>('/extensions', query);
  const { data: first, reload: recount } = useResource<{ readonly total: number }>('/extensions', {
    ...query,
    limit: 1,
  });
  const total = first?.total ?? 0;
  const maySet = may('users.write');
  const again = (outcome: Outcome) => {
    toastOutcome(outcome);
    setDialog(null);
    setChosen(new Set());
    pages.reload();
    recount();
  };
  const removal = useAction(async (extensions: readonly string[]) => {
    again(await api.post<Outcome>('/extensions/remove', { extensions }));
  });
  const remove = async () => {
    const extensions = [...chosen];
    const title = t('users.removeTitle', { count: extensions.length });
    const question = { title, text: t('users.removeText'), action: t('users.remove'), danger: true };
    if (await confirm(question)) await removal.run(extensions);
  };
  const bar = (
    <>
      <Button icon="edit" onClick={() => setDialog('edit')}>
        {t('users.editChosen')}
      </Button>
      {may('users.write', 'system.write') ? (
        <Button icon="add" onClick={() => setDialog('exception')}>
          {t('user.addException')}
        </Button>
      ) : null}
      <Button icon="trash" onClick={() => void remove()}>
        {t('users.remove')}
      </Button>
    </>
  );
  return (
    <Page
      title={t('users.title')}
      lead={t('users.lead')}
      actions={
        <>
          <a class="button button-plain" href="/exceptions">
            {t('exceptions.title')}
          </a>
          <ExportLink path="/extensions.csv" file="extensions.csv" />
          {maySet ? <Button onClick={() => setDialog('import')}>{t('users.import')}</Button> : null}
          {maySet ? (
            <Button kind="primary" icon="add" onClick={() => setDialog('add')}>
              {t('users.add')}
            </Button>
          ) : null}
        </>
      }
    >
      <Section flush>
        <UserFilters draft={filter} onChange={setFilter} />
        <div class="toolbar">
          <div class="actions">
            <span class="quiet" aria-live="polite">
              {t('users.count', { count: total })}
            </span>
            {maySet && total > 1 ? (
              <Button kind="quiet" onClick={() => setDialog('edit-all')}>
                {t('users.editAll', { count: total })}
              </Button>
            ) : null}
          </div>
        </div>
        {removal.problem === null ? null : <ProblemNote problem={removal.problem} />}
        {pages.problem === null ? null : <ProblemNote problem={pages.problem} onRetry={pages.reload} />}
        <Table
          label={t('users.title')}
          rows={pages.rows}
          columns={userColumns()}
          rowKey={({ extension }) => extension}
          paging={pages.paging}
          {...(maySet ? { selection: { chosen, onChange: setChosen, bar } } : {})}
          empty={<NoUsers filtered={Object.keys(query).length > 0} />}
        />
      </Section>
      {dialog === 'add' ? <AddUsers onDone={again} onClose={() => setDialog(null)} /> : null}
      {dialog === 'import' ? <ImportUsers onDone={again} onClose={() => setDialog(null)} /> : null}
      {dialog === 'edit' || dialog === 'edit-all' ? (
        <BulkEdit
          chosen={
            dialog === 'edit' ? { extensions: [...chosen] } : { filter: filterOf(filter), expected: total }
          }
          count={dialog === 'edit' ? chosen.size : total}
          onDone={again}
          onClose={() => setDialog(null)}
        />
      ) : null}
      {dialog === 'exception' ? (
        <AddException extensions={[...chosen]} onDone={again} onClose={() => setDialog(null)} />
      ) : null}
    </Page>
  );
}

function NoUsers({ filtered }: { readonly filtered: boolean }) {
  return filtered ? (
    <Empty title={t('ui.noMatches')} text={t('users.noMatchesText')} />
  ) : (
    <Empty title={t('users.noneTitle')} text={t('users.noneText')} />
  );
}

/** Abroad or not, in the end. */
export function RightBadge({ on }: { readonly on: boolean }) {
  return <Badge tone={on ? 'good' : 'plain'}>{on ? t('users.mayAbroad') : t('users.mayNotAbroad')}</Badge>;
}
