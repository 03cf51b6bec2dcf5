// The people of the lists: searched, filtered, added, changed, taken off, imported and exported.
import { useState } from 'preact/hooks';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { usePages } from '../../api/use-pages.ts';
import { Badge } from '../../components/badge.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Empty } from '../../components/empty.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { SearchField, SelectField } from '../../components/fields.tsx';
import { Section } from '../../components/page.tsx';
import { ProblemNote } from '../../components/problem-note.tsx';
import { Table, Toolbar, type Column } from '../../components/table.tsx';
import { toast, toastOutcome } from '../../components/toast.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { ImportDialog } from './import-dialog.tsx';
import {
  listPath,
  personName,
  personPath,
  stateLabel,
  states,
  stateTones,
  validityText,
  type Outcome,
  type Person,
  type State,
} from './lists.ts';
import { PersonDialog } from './person-dialog.tsx';

interface PeopleProps {
  readonly lists: readonly string[];
  /** '' for all. */
  readonly list: string;
  readonly onList: (list: string) => void;
  readonly onChanged: () => void;
}

export function People({ lists, list, onList, onChanged }: PeopleProps) {
  const [search, setSearch] = useState('');
  const [state, setState] = useState<State | ''>('');
  const [open, setOpen] = useState<Person | 'new' | 'import' | null>(null);
  const pages = usePages<Person>('/authorised-numbers', { list, search, state });
  const mayChange = may('system.write');
  const changed = () => {
    setOpen(null);
    pages.reload();
    onChanged();
  };
  return (
    <Section
      title={t('authorised.people')}
      flush
      actions={
        mayChange && lists.length > 0 ? (
          <>
            <Button onClick={() => setOpen('import')}>{t('authorised.import')}</Button>
            <Button icon="add" onClick={() => setOpen('new')}>
              {t('authorised.addPerson')}
            </Button>
          </>
        ) : undefined
      }
    >
      <Filters {...{ search, setSearch, state, setState, lists, list, onList }} />
      {pages.problem === null ? null : <ProblemNote problem={pages.problem} onRetry={pages.reload} />}
      <Table
        label={t('authorised.people')}
        rows={pages.problem === null ? pages.rows : (pages.rows ?? [])}
        rowKey={({ id }) => String(id)}
        rowName={personName}
        columns={columns(mayChange, setOpen, changed)}
        paging={pages.paging}
        empty={<Empty title={t('authorised.noPeople')} text={t('authorised.noPeopleText')} />}
      />
      {open === 'import' ? (
        <ImportDialog
          lists={lists}
          list={list}
          onDone={() => {
            toast(t('authorised.importDone'));
            changed();
          }}
          onClose={() => setOpen(null)}
        />
      ) : open === null ? null : (
        <PersonDialog
          person={open === 'new' ? null : open}
          lists={lists}
          list={list}
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

interface FilterProps extends Pick<PeopleProps, 'lists' | 'list' | 'onList'> {
  readonly search: string;
  readonly setSearch: (search: string) => void;
  readonly state: State | '';
  readonly setState: (state: State | '') => void;
}

function Filters({ search, setSearch, state, setState, lists, list, onList }: FilterProps) {
  return (
    <Toolbar>
      <SearchField value={search} onChange={setSearch} label={t('authorised.searchPeople')} />
      <SelectField
        label={t('authorised.list')}
        bare
        value={list}
        options={['', ...lists].map((value) => ({ value, label: value || t('authorised.allLists') }))}
        onChange={onList}
      />
      <SelectField<State | ''>
        label={t('authorised.state')}
        bare
        value={state}
        options={[
          { value: '', label: t('authorised.anyState') },
          ...states.map((value) => ({ value, label: stateLabel(value) })),
        ]}
        onChange={setState}
      />
      {list === '' ? null : <ExportLink path={`${listPath(list)}/people.csv`} file={`${list}.csv`} />}
    </Toolbar>
  );
}

function columns(
  mayChange: boolean,
  edit: (person: Person) => void,
  changed: () => void,
): readonly Column<Person>[] {
  return [
    { key: 'first', title: t('authorised.first'), render: ({ firstName }) => firstName },
    { key: 'last', title: t('authorised.last'), render: ({ lastName }) => lastName },
    numberColumn(),
    {
      key: 'state',
      title: t('authorised.state'),
      render: ({ state }) => <Badge tone={stateTones[state]}>{stateLabel(state)}</Badge>,
    },
    { key: 'list', title: t('authorised.list'), render: ({ list }) => list },
    ...lastColumns(mayChange, edit, changed),
  ];
}

interface PersonActionsProps {
  readonly person: Person;
  readonly onEdit: (person: Person) => void;
  readonly onChanged: () => void;
}

export const numberColumn = (): Column<Person> => ({
  key: 'number',
  title: t('authorised.number'),
  render: ({ number }) => <span class="number">{number}</span>,
});

/** How long somebody counts and how often he was called, and the buttons: changed, or taken off the list. */
export const lastColumns = (
  mayChange: boolean,
  edit: (person: Person) => void,
  changed: () => void,
): readonly Column<Person>[] => [
  { key: 'validity', title: t('authorised.validity'), render: validityText },
  { key: 'uses', title: t('authorised.uses'), align: 'end', render: ({ uses }) => formatNumber(uses) },
  ...(mayChange
    ? [
        {
          key: 'act',
          title: t('authorised.actions'),
          bare: true,
          align: 'end' as const,
          render: (person: Person) => <PersonActions person={person} onEdit={edit} onChanged={changed} />,
        },
      ]
    : []),
];

function PersonActions({ person, onEdit, onChanged }: PersonActionsProps) {
  const name = personName(person);
  const remove = async () => {
    const title = t('authorised.removePerson', { name, list: person.list });
    if (!(await confirm({ title, action: t('authorised.removeAction'), danger: true }))) return;
    await attempt(() => api.delete<Outcome>(personPath(person), { ifMatch: '*' }));
    onChanged();
  };
  return (
    <div class="actions">
      <IconButton
        icon="edit"
        label={t('authorised.editNamed', { what: name })}
        onClick={() => onEdit(person)}
      />
      <IconButton icon="trash" label={t('ui.remove', { what: name })} onClick={() => void remove()} />
    </div>
  );
}
