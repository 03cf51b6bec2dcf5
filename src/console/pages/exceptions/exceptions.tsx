// The page “Exceptions”: who may call what until when, the soonest end first; extended and taken away, one or many.
import { useState } from 'preact/hooks';
import { api, type AskOptions } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { usePages } from '../../api/use-pages.ts';
import { Button } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { SearchField, SelectField } from '../../components/fields.tsx';
import { Page, Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, Toolbar, type Column } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { t } from '../../i18n/t.tsx';
import { useAddress } from '../../shell/address.ts';
import { may } from '../../shell/session.ts';
import type { ListedException } from '../../../http/api/routes/exceptions.ts';
import { targetWords, userHref } from '../users/user-columns.tsx';
import { exceptionActions, exceptionColumns } from './exception-columns.tsx';
import { ExtendExceptions, type Outcome } from './extend-exceptions.tsx';
import { PruneExceptions } from './prune-exceptions.tsx';
import { whoOf } from './who.ts';

type Shown = 'current' | 'soon' | 'expired' | 'all';

const queries: Readonly<Record<Shown, NonNullable<AskOptions['query']>>> = {
  current: { show: 'current' },
  soon: { show: 'current', endsWithinDays: 7 },
  expired: { show: 'expired' },
  all: { show: 'all' },
};

const isShown = (word: string): word is Shown => Object.hasOwn(queries, word);

export default function ExceptionsPage() {
  const [{ show, search }, setFilter] = useAddress({ show: 'current', search: '' });
  const shown = isShown(show) ? show : 'current';
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [extending, setExtending] = useState<readonly ListedException[] | null>(null);
  const [pruning, setPruning] = useState(false);
  const pages = usePages<ListedException>('/exceptions', { ...queries[shown], search, order: 'end' });
  const mayChange = may('users.write', 'system.write');
  const again = (outcome: Outcome) => {
    toastOutcome(outcome);
    setExtending(null);
    setPruning(false);
    setChosen(new Set());
    pages.reload();
  };
  const removal = useAction(async (rows: readonly ListedException[]) => {
    const shownOnes = { ids: rows.map(({ id }) => id), ends: rows.map(({ untilMs }) => untilMs) };
    again(await api.post<Outcome>('/exceptions/remove', shownOnes));
  });
  const remove = async (rows: readonly ListedException[]) => {
    const question = {
      title: t('exceptions.removeTitle', { count: rows.length }),
      changes: rows.map((row) => ({ what: `${whoOf(row)}: ${targetWords(row.target)}` })),
      action: t('users.remove'),
      danger: true,
    };
    if (await confirm(question)) await removal.run(rows);
  };
  const marked = (pages.rows ?? []).filter(({ id }) => chosen.has(String(id)));
  // What stands on another page is not acted on unseen.
  const here = new Set(marked.map(({ id }) => String(id)));
  const bar = (
    <>
      <Button icon="clock" onClick={() => setExtending(marked)}>
        {t('exceptions.extendChosen')}
      </Button>
      <Button icon="trash" onClick={() => void remove(marked)}>
        {t('users.remove')}
      </Button>
    </>
  );
  const doing = {
    extend: (row: ListedException) => setExtending([row]),
    remove: (row: ListedException) => void remove([row]),
  };
  return (
    <Page
      title={t('exceptions.title')}
      lead={t('exceptions.lead')}
      up={{ href: '/users', title: t('users.title') }}
      actions={
        mayChange ? (
          <Button icon="trash" onClick={() => setPruning(true)}>
            {t('exceptions.prune')}
          </Button>
        ) : undefined
      }
    >
      <Section flush>
        <Filters
          shown={shown}
          onShown={(next) => setFilter({ show: next, search })}
          search={search}
          onSearch={(next) => setFilter({ show, search: next })}
        />
        {removal.problem === null ? null : <ProblemNote problem={removal.problem} />}
        {pages.problem === null ? null : <ProblemNote problem={pages.problem} onRetry={pages.reload} />}
        <Table
          label={t('exceptions.title')}
          rows={pages.rows}
          columns={[
            whoColumn(),
            ...exceptionColumns(),
            ...(mayChange ? [exceptionActions(doing, whoOf)] : []),
          ]}
          rowKey={({ id }) => String(id)}
          rowName={(row) => `${whoOf(row)}: ${targetWords(row.target)}`}
          paging={pages.paging}
          {...(mayChange ? { selection: { chosen: here, onChange: setChosen, bar } } : {})}
          empty={<Empty title={t('user.noExceptions')} text={t('exceptions.noneText')} />}
        />
      </Section>
      {extending === null ? null : (
        <ExtendExceptions rows={extending} onDone={again} onClose={() => setExtending(null)} />
      )}
      {pruning ? <PruneExceptions onDone={again} onClose={() => setPruning(false)} /> : null}
    </Page>
  );
}

const whoColumn = (): Column<ListedException> => ({
  key: 'who',
  title: t('exceptions.who'),
  render: (row) => <a href={userHref(row.extension)}>{whoOf(row)}</a>,
});

interface FiltersProps {
  readonly shown: Shown;
  readonly onShown: (shown: Shown) => void;
  readonly search: string;
  readonly onSearch: (search: string) => void;
}

function Filters({ shown, onShown, search, onSearch }: FiltersProps) {
  return (
    <Toolbar>
      <SearchField
        value={search}
        onChange={onSearch}
        label={t('exceptions.search')}
        placeholder={t('exceptions.searchHint')}
      />
      <SelectField
        label={t('exceptions.which')}
        value={shown}
        onChange={onShown}
        options={[
          { value: 'current', label: t('exceptions.current') },
          { value: 'soon', label: t('exceptions.soon') },
          { value: 'expired', label: t('exceptions.expired') },
          { value: 'all', label: t('users.all') },
        ]}
      />
    </Toolbar>
  );
}
