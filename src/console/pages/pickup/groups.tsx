// The pickup groups: made, opened, taken away.
import { useState } from 'preact/hooks';
import { attempt } from '../../api/attempt.ts';
import { api } from '../../api/client.ts';
import { useAction } from '../../api/use-action.ts';
import { useResource } from '../../api/use-resource.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { confirm } from '../../components/confirm.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Empty } from '../../components/empty.tsx';
import { ExportLink } from '../../components/export-link.tsx';
import { TextField } from '../../components/fields.tsx';
import { Form } from '../../components/form.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Section } from '../../components/page.tsx';
import { Table, type Column } from '../../components/table.tsx';
import { toastOutcome } from '../../components/toast.tsx';
import { formatNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/t.tsx';
import { may } from '../../shell/session.ts';
import { GroupDialog } from './group-dialog.tsx';
import { ImportGroups } from './import-groups.tsx';
import { groupPath, type ListedPickupGroup, type Outcome } from './parties.ts';

export function Groups() {
  const groups = useResource<{ readonly groups: readonly ListedPickupGroup[] }>('/pickup/groups');
  const [open, setOpen] = useState<string | null>(null);
  const [isNew, setNew] = useState(false);
  const [importing, setImporting] = useState(false);
  const mayChange = may('system.write');
  return (
    <Section
      title={t('pickup.groups')}
      flush
      actions={
        <>
          <ExportLink path="/pickup/groups.csv" file="pickup-groups.csv" />
          {mayChange ? <Button onClick={() => setImporting(true)}>{t('users.import')}</Button> : null}
          {mayChange ? (
            <Button kind="primary" icon="add" onClick={() => setNew(true)}>
              {t('pickup.newGroup')}
            </Button>
          ) : null}
        </>
      }
    >
      <Loaded of={groups}>
        {(data) => (
          <Table
            label={t('pickup.groups')}
            rows={data.groups}
            rowKey={({ name }) => name}
            columns={columns(mayChange, setOpen, groups.reload)}
            empty={<Empty title={t('pickup.noGroups')} text={t('pickup.noGroupsText')} />}
          />
        )}
      </Loaded>
      {importing ? (
        <ImportGroups
          onDone={(outcome) => {
            toastOutcome(outcome);
            setImporting(false);
            groups.reload();
          }}
          onClose={() => setImporting(false)}
        />
      ) : null}
      {isNew ? (
        <NewGroup
          onDone={(name) => {
            setNew(false);
            setOpen(name);
            groups.reload();
          }}
          onClose={() => setNew(false)}
        />
      ) : null}
      {open === null ? null : (
        <GroupDialog
          name={open}
          others={(groups.data?.groups ?? []).map(({ name }) => name).filter((name) => name !== open)}
          onClose={() => {
            setOpen(null);
            groups.reload();
          }}
        />
      )}
    </Section>
  );
}

function columns(
  mayChange: boolean,
  open: (name: string) => void,
  changed: () => void,
): readonly Column<ListedPickupGroup>[] {
  const remove = async (group: string) => {
    const title = t('pickup.removeGroup', { group });
    const question = { title, text: t('pickup.removeGroupText'), action: t('pickup.remove'), danger: true };
    if (!(await confirm(question))) return;
    await attempt(() => api.delete<Outcome>(groupPath(group), { ifMatch: '*' }));
    changed();
  };
  const count = (key: 'members' | 'memberGroups' | 'interceptors' | 'targets', title: string) => ({
    key,
    title,
    align: 'end' as const,
    render: (group: ListedPickupGroup) => formatNumber(group[key]),
  });
  return [
    {
      key: 'name',
      title: t('pickup.group'),
      sort: ({ name }) => name,
      render: ({ name }) => (
        <button type="button" class="link" onClick={() => open(name)}>
          {name}
        </button>
      ),
    },
    {
      key: 'number',
      title: t('pickup.number'),
      render: ({ number }) => number ?? <span class="quiet">{t('pickup.noNumber')}</span>,
    },
    count('members', t('pickup.members')),
    count('memberGroups', t('pickup.memberGroups')),
    count('interceptors', t('pickup.mayTake')),
    count('targets', t('pickup.mayBeTaken')),
    {
      key: 'act',
      title: t('pickup.actions'),
      bare: true,
      align: 'end',
      render: ({ name }) =>
        mayChange ? (
          <IconButton icon="trash" label={t('ui.remove', { what: name })} onClick={() => void remove(name)} />
        ) : null,
    },
  ];
}

interface NewGroupProps {
  readonly onDone: (name: string) => void;
  readonly onClose: () => void;
}

function NewGroup({ onDone, onClose }: NewGroupProps) {
  const [name, setName] = useState('');
  const [number, setNumber] = useState('');
  const save = useAction(async () => {
    const terms = { name, number: number === '' ? null : number };
    toastOutcome(await api.post<Outcome>('/pickup/groups', terms));
    onDone(name);
  });
  return (
    <Dialog title={t('pickup.newGroup')} onClose={onClose}>
      <Form action={save} submit={t('ui.add')} unchanged={name === ''} onCancel={onClose}>
        <TextField
          label={t('pickup.groupName')}
          value={name}
          onChange={setName}
          maxLength={40}
          required
          autofocus
        />
        <TextField
          label={t('pickup.groupNumber')}
          hint={t('pickup.groupNumberHint')}
          value={number}
          onChange={setNumber}
          inputmode="numeric"
          maxLength={8}
        />
      </Form>
    </Dialog>
  );
}
